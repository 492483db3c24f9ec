/** Tokens that no issuer of ours has signed, or not for us. */
import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { createApp } from "@kontract/runtime";
import { jwt } from "@kontract/runtime/jwt";
import { exportJWK, exportSPKI } from "jose";
import { serve } from "../runtime/fixture/serve.js";
import { generateService } from "../service.js";
import { seededRandom } from "../random.js";
import { ask, hangUp } from "./load.js";
import { demand, type Figures, type Proof, sized } from "./proof.js";

const ISSUER = "https://login.example.com";
const AUDIENCE = "shop";

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Guarded", version: "1" },
  components: {
    securitySchemes: {
      token: {
        type: "http",
        scheme: "bearer",
        "x-jwt": {
          issuer: ISSUER,
          audience: AUDIENCE,
          jwksUri: `${ISSUER}/jwks`,
          algorithms: ["RS256"],
        },
      },
    },
  },
  paths: {
    "/guarded": {
      get: {
        operationId: "guarded",
        security: [{ token: [] }],
        responses: { "204": { description: "In" } },
      },
    },
  },
};

type Part = Record<string, unknown>;
const encoded = (part: Part): string =>
  Buffer.from(JSON.stringify(part)).toString("base64url");

export const forgedTokens: Proof = {
  claim:
    "tokens with a forged algorithm, key, claim, header or signature: none of them is accepted, and the good one is",
  async prove(scale) {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
    });
    const thief = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = { ...(await exportJWK(publicKey)), kid: "1", alg: "RS256" };
    const pem = await exportSPKI(publicKey);
    const { createRouter } = await generateService(
      "proof-forged-tokens",
      DOCUMENT,
    );
    const app = createApp();
    app.use(
      createRouter(
        { root: { guarded: () => ({ status: 204 }) } },
        {
          security: { token: jwt({ keys: [key], typ: "at+jwt" }) },
          onSecurityEvent() {},
        },
      ).routes(),
    );
    const running = await serve(app);
    const now = Math.floor(Date.now() / 1000);
    const claims: Part = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: "reader",
      client_id: "app",
      iat: now,
      exp: now + 300,
      jti: "1",
    };
    const header: Part = { alg: "RS256", typ: "at+jwt", kid: "1" };
    const signed = (
      head: Part,
      body: Part,
      by: KeyObject = privateKey,
    ): string => {
      const text = `${encoded(head)}.${encoded(body)}`;
      return `${text}.${sign("sha256", Buffer.from(text), by).toString("base64url")}`;
    };
    const hashed = (head: Part, secret: string | Buffer): string => {
      const text = `${encoded(head)}.${encoded(claims)}`;
      return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
    };
    const good = signed(header, claims);
    const status = async (token: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await ask({ url: `${running.url}/guarded`, headers })).status;
    };
    const [head = "", body = "", signature = ""] = good.split(".");
    const thiefKey = await exportJWK(thief.publicKey);
    const forged: string[] = [
      // No algorithm, in every spelling (RFC 8725, section 3.1).
      ...["none", "None", "NONE", "nOnE", ""].flatMap((alg) => [
        `${encoded({ ...header, alg })}.${body}.`,
        `${encoded({ ...header, alg })}.${body}.${signature}`,
      ]),
      // The public key taken for a secret.
      ...["HS256", "HS384", "HS512"].flatMap((alg) => [
        hashed({ ...header, alg }, pem),
        hashed({ ...header, alg }, pem.trim()),
        hashed({ ...header, alg }, Buffer.from(String(key.n), "base64url")),
        hashed({ ...header, alg }, ""),
      ]),
      hashed(header, pem),
      // Keys that the token brings along or names.
      signed({ ...header, jwk: thiefKey }, claims, thief.privateKey),
      signed(
        { ...header, jku: "http://127.0.0.1:1/jwks" },
        claims,
        thief.privateKey,
      ),
      signed(
        { ...header, x5u: "http://127.0.0.1:1/x" },
        claims,
        thief.privateKey,
      ),
      signed({ ...header, x5c: [pem] }, claims, thief.privateKey),
      ...["1", "2", "", "../../dev/null", "1' or '1'='1", "__proto__"].map(
        (kid) => signed({ ...header, kid }, claims, thief.privateKey),
      ),
      signed({ ...header, crit: ["exp"] }, claims),
      signed({ ...header, crit: ["b64"], b64: false }, claims),
      // Another kind of token, and of algorithm.
      ...["JWT", "at", "dpop+jwt", undefined].map((typ) =>
        signed({ ...header, typ }, claims),
      ),
      ...["RS384", "PS256", "ES256", "EdDSA", "rs256"].map((alg) =>
        signed({ ...header, alg }, claims),
      ),
      // Claims of others, of another time, or of no time.
      ...[
        { iss: "https://evil.example.com" },
        { iss: `${ISSUER}/` },
        { iss: undefined },
        { iss: [ISSUER] },
        { aud: "another" },
        { aud: ["another"] },
        { aud: undefined },
        { aud: [] },
        { exp: now - 60 },
        { exp: undefined },
        { exp: String(now + 300) },
        { exp: null },
        { nbf: now + 600 },
        { iat: undefined },
        { jti: undefined },
        { client_id: undefined },
        { sub: undefined },
      ].map((wrong) => signed(header, { ...claims, ...wrong })),
      // What is left of a good one.
      `${head}.${body}`,
      `${head}.${body}.`,
      `.${body}.${signature}`,
      `${head}..${signature}`,
      `${head}.${encoded({ ...claims, sub: "admin" })}.${signature}`,
      `${good}.${signature}`,
      `${good}x`,
    ];
    const figures: Figures = {
      forged: 0,
      accepted: 0,
      mutated: 0,
      mutatedAccepted: 0,
    };
    try {
      figures["goodStatus"] = await status(good);
      for (const token of forged) {
        figures["forged"] = Number(figures["forged"]) + 1;
        if ((await status(token)) !== 401) {
          figures["accepted"] = Number(figures["accepted"]) + 1;
        }
      }
      const { below: next } = seededRandom(3);
      const alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
      // The last character of a signature has bits that say nothing.
      const changeable = good.length - 1;
      for (let count = sized(10_000, scale); count > 0; count--) {
        const at = next(changeable);
        const other = alphabet[next(alphabet.length)] ?? "";
        if (other === good[at]) continue;
        figures["mutated"] = Number(figures["mutated"]) + 1;
        const token = good.slice(0, at) + other + good.slice(at + 1);
        if ((await status(token)) !== 401) {
          figures["mutatedAccepted"] = Number(figures["mutatedAccepted"]) + 1;
        }
      }
    } finally {
      hangUp();
      await running.close();
    }
    demand(figures, { goodStatus: 204, accepted: 0, mutatedAccepted: 0 });
    return figures;
  },
};
