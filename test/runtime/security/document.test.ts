/** What a document says of tokens, browsers and audits, from its text to the wire. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SecurityEvent } from "@kontract/runtime";
import { jwt } from "@kontract/runtime/jwt";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putFiles } from "../../generator/temporary-folder.js";
import { serveDocument } from "../../service.js";
import { recordingLogger, type Running } from "../fixture/serve.js";

const APP = "https://app.example.com";
const ISSUER = "https://auth.example.com";
const empty = { description: "Nothing" };
const ok = {
  description: "Fine",
  content: { "application/json": { schema: { type: "object" } } },
};

const document = {
  openapi: "3.1.0",
  info: { title: "Vault", version: "1" },
  "x-cors": {
    origins: [APP],
    credentials: true,
    maxAge: 60,
    requestHeaders: ["X-More"],
  },
  components: {
    securitySchemes: {
      token: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        "x-jwt": {
          issuer: "{ISSUER}",
          audience: ["vault"],
          jwksUri: "{ISSUER}/keys",
          algorithms: ["ES256"],
        },
      },
      key: { type: "apiKey", in: "header", name: "X-Key" },
      sid: { type: "apiKey", in: "cookie", name: "sid" },
      certificate: { type: "mutualTLS" },
    },
  },
  paths: {
    "/items": {
      get: {
        operationId: "listItems",
        security: [{ token: ["reader"] }],
        parameters: [
          { name: "X-Trace", in: "header", schema: { type: "string" } },
          { name: "q", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "200": {
            ...ok,
            headers: { "X-Total": { schema: { type: "integer" } } },
          },
        },
      },
      post: {
        operationId: "addItem",
        security: [{ sid: [] }],
        "x-audit": { event: "item.added" },
        requestBody: {
          content: { "application/json": { schema: { type: "object" } } },
        },
        responses: { "204": empty },
      },
    },
    "/mixed": {
      get: {
        operationId: "mixed",
        "x-audit": true,
        security: [{ token: [], key: [] }, { sid: [] }, {}],
        responses: { "200": ok },
      },
    },
    "/either": {
      get: {
        operationId: "either",
        security: [{ key: [] }, { sid: [] }],
        responses: { "200": ok },
      },
    },
    "/signed": {
      get: {
        operationId: "signed",
        security: [{ certificate: [] }],
        responses: { "204": empty },
      },
    },
    "/open": { get: { operationId: "open", responses: { "204": empty } } },
  },
};

describe("a document with x-cors, x-jwt and x-audit", () => {
  let running: Running;
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  const events: SecurityEvent[] = [];

  beforeAll(async () => {
    pair = await generateKeyPair("ES256", { extractable: true });
    const keys = [await exportJWK(pair.publicKey)];
    const principal = ({ principal }: { principal?: unknown }) => ({
      status: 200,
      body: { is: principal ?? null },
    });
    running = await serveDocument(
      "security-document",
      document,
      {
        root: {
          listItems: () => ({
            status: 200,
            body: {},
            headers: { "x-total": 3 },
          }),
          addItem: () => ({ status: 204 }),
          mixed: principal,
          either: principal,
          signed: () => ({ status: 204 }),
          open: () => ({ status: 204 }),
        },
      },
      {
        security: {
          token: jwt({
            config: { ISSUER },
            fetch: (url) => {
              expect(url).toBe(`${ISSUER}/keys`);
              return Promise.resolve(Response.json({ keys }));
            },
          }),
          key: (key: string) => (key === "k" ? { id: "key" } : null),
          sid: (id: string) => (id === "s" ? { id: "ann" } : null),
          certificate: () => null,
        },
        onSecurityEvent: (event: SecurityEvent) => events.push(event),
        logger: recordingLogger().logger,
      },
    );
  });
  afterAll(() => running.close());

  const token = (claims: object = {}) =>
    new SignJWT({ sub: "bob", scope: "reader", ...claims })
      .setProtectedHeader({ alg: "ES256" })
      .setIssuer(ISSUER)
      .setAudience("vault")
      .setExpirationTime("5m")
      .sign(pair.privateKey);

  async function ask(
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ) {
    const response = await fetch(running.url + path, { method, headers });
    const text = await response.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }

  it("verifies tokens by what the document says", async () => {
    const good = { authorization: `Bearer ${await token()}` };
    expect((await ask("/items", good)).status).toBe(200);
    const low = { authorization: `Bearer ${await token({ scope: "x" })}` };
    const refused = await ask("/items", low);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("www-authenticate")).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="reader"',
    );
    expect((await ask("/items")).status).toBe(401);
  });

  it("asks and tells pages what the operations declare", async () => {
    const { status, headers } = await ask(
      "/items",
      { origin: APP, "access-control-request-method": "POST" },
      "OPTIONS",
    );
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-methods")).toBe("GET, HEAD, POST");
    expect(headers.get("access-control-allow-headers")).toBe(
      "x-trace, authorization, content-type, x-more",
    );
    expect(headers.get("access-control-max-age")).toBe("60");
    const read = await ask("/items", {
      origin: APP,
      authorization: `Bearer ${await token()}`,
    });
    expect(read.headers.get("access-control-allow-credentials")).toBe("true");
    expect(read.headers.get("access-control-expose-headers")).toBe(
      "x-total, www-authenticate, retry-after",
    );
  });

  it("lets its own pages and those of x-cors use cookies, and no others", async () => {
    const cookie = { cookie: "sid=s", "sec-fetch-site": "cross-site" };
    const from = (origin: string) =>
      ask("/items", { ...cookie, origin }, "POST");
    expect((await from(APP)).status).toBe(204);
    expect((await from("https://evil.example")).status).toBe(403);
  });

  it("combines schemes by AND, OR and anonymously", async () => {
    const authorization = `Bearer ${await token()}`;
    const is = async (path: string, headers: Record<string, string>) => {
      const { status, body } = await ask(path, headers);
      return status === 200 ? body : status;
    };
    const bob = expect.objectContaining({ id: "bob" });
    expect(await is("/mixed", { authorization, "x-key": "k" })).toEqual({
      is: { token: bob, key: { id: "key" } },
    });
    expect(await is("/mixed", { cookie: "sid=s" })).toEqual({
      is: { id: "ann" },
    });
    expect(await is("/mixed", { authorization, cookie: "sid=s" })).toEqual({
      is: { id: "ann" },
    });
    expect(await is("/mixed", {})).toEqual({ is: null });
    expect(await is("/mixed", { authorization })).toEqual({ is: null });
    expect(
      await is("/mixed", { authorization: "Bearer x", "x-key": "k" }),
    ).toBe(401);
    expect(await is("/mixed", { cookie: "sid=x" })).toBe(401);
    expect(await is("/either", { "x-key": "k" })).toEqual({
      is: { id: "key" },
    });
    expect(await is("/either", { "x-key": "x", cookie: "sid=s" })).toEqual({
      is: { id: "ann" },
    });
    expect(await is("/either", {})).toBe(401);
    expect(await is("/open", {})).toBe(204);
  });

  it("audits each call of the operations that ask for it, by who made it", async () => {
    events.length = 0;
    await ask("/items", { cookie: "sid=s" }, "POST");
    await ask("/items", {}, "POST");
    await ask("/mixed", {
      authorization: `Bearer ${await token()}`,
      "x-key": "k",
    });
    await ask("/open");
    const audits = events.filter(({ event }) => event === "audit");
    expect(audits).toMatchObject([
      {
        action: "item.added",
        operationId: "addItem",
        status: 204,
        principal: "ann",
        method: "POST",
        address: "127.0.0.1",
      },
      { action: "item.added", status: 401, principal: undefined },
      { action: "mixed", status: 200, principal: { token: "bob", key: "key" } },
    ]);
  });

  it("does not start without its authenticators, by name", async () => {
    await expect(
      serveDocument(
        "security-missing",
        document,
        { root: {} },
        {
          security: { key: () => null },
        },
      ),
    ).rejects.toThrow(
      "missing authenticators in `security`: token, sid, certificate",
    );
  });

  it("gives handlers the principals that the document makes possible, as types", () => {
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    const folder = join(root, ".cache/services/security-document");
    putFiles(folder, {
      "use.ts": `import type { ClientCertificate } from "@kontract/runtime";
import { jwt, type JwtPrincipal } from "@kontract/runtime/jwt";
import { apiKeys } from "@kontract/runtime";
import type { RootHandlers, Security } from "./generated/index.js";

declare module "@kontract/runtime" {
  interface Principals {
    token: JwtPrincipal;
    sid: { id: string; name: string };
  }
}
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type PrincipalOf<Name extends keyof RootHandlers> = Parameters<RootHandlers[Name]>[0] extends { principal: infer P } ? P : "none";
type Sid = { id: string; name: string };
export const types: [
  Equal<PrincipalOf<"listItems">, JwtPrincipal>,
  Equal<PrincipalOf<"either">, { id: string } | Sid>,
  Equal<PrincipalOf<"mixed">, { token: JwtPrincipal; key: { id: string } } | Sid | undefined>,
  Equal<PrincipalOf<"open">, "none">,
] = [true, true, true, true];
export const security: Security = {
  token: jwt({ algorithms: ["ES256"] }),
  key: apiKeys({ find: () => ({ hash: "", principal: { id: "1" } }) }),
  sid: (id: string) => ({ id, name: "Ann" }),
  certificate: ({ subject }: ClientCertificate) => ({ id: subject.CN }),
};
`,
    });
    const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
      ts.sys.readFile(path),
    );
    const { options } = ts.parseJsonConfigFileContent(
      config.config,
      ts.sys,
      root,
      { noEmit: true },
    );
    const program = ts.createProgram([join(folder, "use.ts")], options);
    const faults = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) =>
        ts.flattenDiagnosticMessageText(messageText, "\n"),
      );
    expect(faults).toEqual([]);
  });
});
