/** Bearer tokens against a key server of the test's own, over real HTTP. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { problem } from "@kontract/runtime";
import type {
  SecurityRequirement,
  SecurityScheme,
} from "@kontract/runtime/codegen1";
import { jwt, type JwtOptions } from "@kontract/runtime/jwt";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import Koa from "koa";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

const SECRET = new TextEncoder().encode("0123456789abcdef0123456789abcdef");

let issuerServer: Server;
let issuer: string;
/** What the issuer serves, and how often it was asked. */
let keys: JWK[] = [];
let asked = 0;
let down = false;
let first: Pair;
let second: Pair;
let elliptic: Pair;

async function publicKey(pair: Pair, kid: string, alg = "RS256") {
  return { ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig" };
}

beforeAll(async () => {
  [first, second, elliptic] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("ES256", { extractable: true }),
  ]);
  issuerServer = createServer((req, res) => {
    asked += 1;
    if (down) {
      res.writeHead(500).end();
      return;
    }
    res.setHeader("Content-Type", "application/json");
    res.end(
      req.url === "/.well-known/openid-configuration"
        ? JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` })
        : JSON.stringify({ keys }),
    );
  }).listen(0, "127.0.0.1");
  await once(issuerServer, "listening");
  issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;
});
afterAll(() => {
  issuerServer.closeAllConnections();
  issuerServer.close();
});

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
  down = false;
});

let time = 1_900_000_000_000;
const seconds = () => Math.floor(time / 1_000);

async function start(
  more: Partial<JwtOptions<{ id: string }>> = {},
  {
    scheme = { kind: "http", scheme: "bearer" },
    security = [{ token: [] }],
    ...options
  }: {
    scheme?: SecurityScheme;
    security?: readonly SecurityRequirement[];
    [option: string]: unknown;
  } = {},
) {
  keys = [await publicKey(first, "1")];
  asked = 0;
  time = 1_900_000_000_000;
  const app = new Koa();
  const { logger, lines } = recordingLogger();
  app.use(
    lab(
      [
        {
          security,
          handle: ({ principal }) => ({ status: 200, body: principal }),
        },
      ],
      {
        schemes: { token: scheme },
        security: {
          token: jwt({
            issuer,
            audience: "api",
            jwksUri: `${issuer}/keys`,
            algorithms: ["RS256"],
            now: () => time,
            ...more,
          } as JwtOptions<{ id: string }>),
        },
        logger,
        ...options,
      },
    ).routes(),
  );
  running = await serve(app);
  const { url } = running;
  return {
    lines,
    async ask(token: string) {
      const response = await fetch(`${url}/thing`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return {
        status: response.status,
        challenge: response.headers.get("www-authenticate") ?? "",
        retry: response.headers.get("retry-after"),
        body: (await response.json()) as Record<string, unknown>,
      };
    },
  };
}

function token(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: Parameters<SignJWT["sign"]>[0] = first.privateKey,
): Promise<string> {
  const all: Record<string, unknown> = {
    sub: "ann",
    iss: issuer,
    aud: "api",
    iat: seconds(),
    exp: seconds() + 600,
    ...claims,
  };
  for (const name of Object.keys(all)) {
    if (all[name] === undefined) delete all[name];
  }
  return new SignJWT(all)
    .setProtectedHeader({ alg: "RS256", kid: "1", ...header })
    .sign(key, { crit: { secret: true } });
}

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

describe("jwt()", () => {
  it("takes a good token, and asks for keys once", async () => {
    const { ask } = await start();
    for (let each = 0; each < 5; each++) {
      const { status, body } = await ask(await token({ jti: String(each) }));
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: "ann", claims: { sub: "ann" } });
    }
    expect(asked).toBe(1);
  });

  it.each<[string, () => Promise<string>, string]>([
    ["no token at all", async () => "x", "cannot be verified"],
    ["one that has expired", () => token({ exp: seconds() - 6 }), "expired"],
    ["one without exp", () => token({ exp: undefined }), "exp"],
    ["one of tomorrow", () => token({ nbf: seconds() + 60 }), "nbf"],
    ["one of another issuer", () => token({ iss: "https://other" }), "iss"],
    ["one for another audience", () => token({ aud: ["web"] }), "aud"],
    ["one without audience", () => token({ aud: undefined }), "aud"],
    ["one without subject", () => token({ sub: undefined }), ""],
    [
      "an unsigned one (RFC 8725 2.1)",
      async () =>
        `${encode({ alg: "none" })}.${encode({ sub: "ann", iss: issuer, aud: "api", exp: seconds() + 60 })}.`,
      "cannot be verified",
    ],
    [
      "one signed with the public key as a secret (RFC 8725 2.1)",
      async () => {
        const pem = createHash("sha256").update(JSON.stringify(keys[0]));
        return token({}, { alg: "HS256" }, pem.digest());
      },
      "cannot be verified",
    ],
    [
      "one of an algorithm that was not chosen",
      () => token({}, { alg: "PS256" }, second.privateKey).catch(() => "a.b.c"),
      "cannot be verified",
    ],
    [
      "one with an unknown critical extension (RFC 7515 4.1.11)",
      () => token({}, { crit: ["secret"], secret: 1 }),
      "cannot be verified",
    ],
    [
      "one signed by somebody else",
      () => token({}, {}, second.privateKey),
      "cannot be verified",
    ],
    [
      "one whose claims were changed",
      async () => {
        const [head, , signature] = (await token()).split(".");
        return `${head}.${encode({ sub: "eve", iss: issuer, aud: "api", exp: seconds() + 60 })}.${signature}`;
      },
      "cannot be verified",
    ],
  ])("refuses %s", async (_name, make, why) => {
    const { ask } = await start();
    const { status, challenge } = await ask(await make());
    expect(status).toBe(401);
    expect(challenge).toContain('Bearer realm="api", error="invalid_token"');
    expect(challenge).toContain(why);
  });

  it("allows clocks to differ by five seconds", async () => {
    const { ask } = await start();
    expect((await ask(await token({ exp: seconds() - 4 }))).status).toBe(200);
  });

  it("takes access tokens only where `typ` says so (RFC 9068)", async () => {
    const { ask } = await start({ typ: "at+jwt" });
    const claims = { client_id: "app", jti: "1" };
    expect((await ask(await token(claims, { typ: "at+jwt" }))).status).toBe(
      200,
    );
    expect(
      (await ask(await token(claims, { typ: "application/at+jwt" }))).status,
    ).toBe(200);
    expect((await ask(await token(claims, { typ: "JWT" }))).status).toBe(401);
    expect((await ask(await token(claims))).status).toBe(401);
    expect((await ask(await token({}, { typ: "at+jwt" }))).status).toBe(401);
  });

  it("follows a rotation of keys, not more often than the cooldown allows", async () => {
    const { ask } = await start();
    expect((await ask(await token())).status).toBe(200);
    keys = [await publicKey(second, "2")];
    const rotated = () => token({}, { kid: "2" }, second.privateKey);
    expect((await ask(await rotated())).status).toBe(401);
    expect(asked).toBe(1);
    time += 30_000;
    expect((await ask(await rotated())).status).toBe(200);
    expect(asked).toBe(2);
    for (const kid of ["x", "y", "z"]) {
      expect((await ask(await token({}, { kid }))).status).toBe(401);
    }
    expect(asked).toBe(2);
  });

  it("forgets a key that was withdrawn", async () => {
    const { ask } = await start();
    const old = await token({ exp: seconds() + 86_400 });
    expect((await ask(old)).status).toBe(200);
    keys = [await publicKey(second, "2")];
    time += 601_000;
    // The first request after ten minutes is answered by what is known, and has it fetched again.
    expect((await ask(old)).status).toBe(200);
    await expect.poll(() => asked).toBe(2);
    time += 61_000;
    expect((await ask(old)).status).toBe(401);
  });

  it("goes on with known keys while the issuer is down, for an hour", async () => {
    const { ask } = await start();
    const long = () => token({ exp: seconds() + 86_400 });
    expect((await ask(await long())).status).toBe(200);
    down = true;
    time += 1_800_000;
    expect((await ask(await long())).status).toBe(200);
    time += 3_600_000;
    const late = await ask(await long());
    expect(late.status).toBe(503);
    expect(late.retry).toBe("5");
    down = false;
    time += 5_000;
    expect((await ask(await long())).status).toBe(200);
  });

  it("answers 503 while no key is known, and tries again after five seconds", async () => {
    const { ask, lines } = await start();
    down = true;
    expect((await ask(await token())).status).toBe(503);
    expect((await ask(await token())).status).toBe(503);
    expect(asked).toBe(1);
    expect(lines.some(({ level }) => level === "error")).toBe(true);
    down = false;
    time += 5_001;
    expect((await ask(await token())).status).toBe(200);
  });

  it("asks once for many first tokens", async () => {
    const { ask } = await start();
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, jti) =>
        ask(await token({ jti: String(jti) })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(asked).toBe(1);
  });

  it("keeps verdicts of whole tokens, never beyond `exp` nor beyond a minute", async () => {
    const { ask } = await start({ maxStale: 10 * 3_600_000 });
    const good = await token({ exp: seconds() + 30 });
    expect((await ask(good)).status).toBe(200);
    // The same token with another signature is another token.
    const forged = `${good.slice(0, -6)}AAAAAA`;
    expect((await ask(forged)).status).toBe(401);
    time += 36_000;
    expect((await ask(good)).status).toBe(401);
    const long = await token({ exp: seconds() + 86_400 });
    expect((await ask(long)).status).toBe(200);
    keys = [await publicKey(second, "1")];
    time += 59_000;
    expect((await ask(long)).status).toBe(200);
    time += 2_000 + 600_000;
    expect((await ask(long)).status).toBe(200);
    await expect.poll(() => asked).toBe(2);
    time += 61_000;
    expect((await ask(long)).status).toBe(401);
  });

  it("gives no request a way to change the claims of the next", async () => {
    const { ask } = await start({
      principal(claims) {
        expect(Object.isFrozen(claims)).toBe(true);
        expect(Object.isFrozen(claims["roles"])).toBe(true);
        return { id: String(claims.sub) };
      },
    });
    const good = await token({ roles: ["reader"] });
    expect((await ask(good)).status).toBe(200);
    expect((await ask(good)).status).toBe(200);
  });

  it("tries all keys of its kind for a token without `kid`", async () => {
    const { ask } = await start();
    keys = [await publicKey(second, "2"), await publicKey(first, "1")];
    expect((await ask(await token({}, { kid: undefined }))).status).toBe(200);
  });
});

describe("scopes", () => {
  const security = [{ token: ["read", "write"] }];

  it.each([
    ["scope as words", { scope: "write read x" }],
    ["scp as a list", { scp: ["read", "write"] }],
    ["scp as words", { scp: "read write" }],
  ])("are read from %s", async (_name, claims) => {
    const { ask } = await start({}, { security });
    expect((await ask(await token(claims))).status).toBe(200);
  });

  it("that are missing are 403 with all that are wanted (RFC 6750 3.1)", async () => {
    const { ask } = await start(
      {},
      {
        security,
        resourceMetadata: "https://api.example.com/.well-known/x",
      },
    );
    const { status, challenge, body } = await ask(
      await token({ scope: "read" }),
    );
    expect(status).toBe(403);
    expect(challenge).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="read write", resource_metadata="https://api.example.com/.well-known/x"',
    );
    expect(body["detail"]).toContain("write");
  });

  it("are left to `principal` when it forbids", async () => {
    const { ask } = await start({
      principal() {
        throw problem.forbidden({ detail: "blocked" });
      },
    });
    expect((await ask(await token())).status).toBe(403);
  });
});

describe("keys", () => {
  it("may be given: public ones, or a secret for HS256", async () => {
    const given = await start({
      jwksUri: undefined,
      keys: [await publicKey(elliptic, "e", "ES256")],
      algorithms: ["ES256"],
    } as object);
    const signed = () =>
      token({}, { alg: "ES256", kid: "e" }, elliptic.privateKey);
    expect((await given.ask(await signed())).status).toBe(200);
    await running?.close();
    const secret = await start({ secret: SECRET, algorithms: ["HS256"] });
    const shared = token({}, { alg: "HS256" }, SECRET);
    expect((await secret.ask(await shared)).status).toBe(200);
    expect((await secret.ask(await signed())).status).toBe(401);
    expect(asked).toBe(0);
  });
});

describe("the document", () => {
  it("gives what options leave out, with values of the configuration", async () => {
    const bare = {
      issuer: undefined,
      audience: undefined,
      jwksUri: undefined,
      algorithms: undefined,
      config: { ISSUER: issuer },
    } as object;
    const { ask } = await start(bare, {
      scheme: {
        kind: "http",
        scheme: "bearer",
        jwt: {
          issuer: "{ISSUER}",
          audience: "api",
          jwksUri: "{ISSUER}/keys",
          algorithms: ["RS256"],
        },
      },
    });
    expect((await ask(await token())).status).toBe(200);
  });

  it("names the provider of openIdConnect, which names its keys", async () => {
    const scheme = {
      kind: "openIdConnect",
      url: `${issuer}/.well-known/openid-configuration`,
    } as const;
    const { ask } = await start(
      { issuer: undefined, jwksUri: undefined } as object,
      { scheme },
    );
    expect((await ask(await token())).status).toBe(200);
    expect((await ask(await token({ iss: "https://x" }))).status).toBe(401);
    expect(asked).toBe(2);
    await running?.close();
    const other = await start(
      { issuer: "http://127.0.0.1:1", jwksUri: undefined } as object,
      { scheme },
    );
    // A provider that calls itself otherwise than expected is not believed.
    expect((await other.ask(await token())).status).toBe(503);
  });
});

describe("a service does not start", () => {
  it.each<[string, Partial<JwtOptions<never>>, string]>([
    ["without algorithms", { algorithms: [] }, "no `algorithms`"],
    ["with alg none", { algorithms: ["none"] }, "no such algorithm: none"],
    [
      "with a secret's algorithm for keys",
      { algorithms: ["RS256", "HS256"] },
      "HS256 needs a `secret`",
    ],
    [
      "with a secret for a signature",
      { secret: SECRET },
      "RS256 needs public keys",
    ],
    [
      "with a short secret",
      { secret: SECRET.subarray(1), algorithms: ["HS256"] },
      "32 bytes",
    ],
    ["without audience", { audience: [] }, "no `audience`"],
    [
      "with keys over plain HTTP",
      { jwksUri: "http://keys.example.com/" },
      "https URL",
    ],
  ])("%s", async (_name, options, message) => {
    await expect(start(options as object)).rejects.toThrow(
      `jwt for token: ${message}`.slice(0, 15),
    );
    await expect(start(options as object)).rejects.toThrow(message);
  });

  it("with a key of the configuration that nobody gives", async () => {
    await expect(
      start({ issuer: undefined } as object, {
        scheme: { kind: "http", scheme: "bearer", jwt: { issuer: "{TENANT}" } },
      }),
    ).rejects.toThrow("jwt for token: x-jwt names {TENANT}");
  });
});
