/** Tokens judged by an authorization server of the test's own, over real HTTP. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  introspection,
  type IntrospectionOptions,
  protectedResource,
  resourceMetadataUrl,
} from "@kontract/runtime/oauth";
import Koa from "koa";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

let server: Server;
let issuer: string;
let answers: Record<string, object> = {};
let seen: { url: string; authorization: string; body: string }[] = [];
let broken = false;

beforeAll(async () => {
  server = createServer(async (req, res) => {
    const body = await text(req);
    const { url = "", headers } = req;
    seen.push({ url, authorization: headers.authorization ?? "", body });
    if (broken) {
      res.writeHead(503).end();
      return;
    }
    res.setHeader("Content-Type", "application/json");
    if (url.startsWith("/.well-known/oauth-authorization-server")) {
      const endpoint = `${issuer}/introspect`;
      res.end(JSON.stringify({ issuer, introspection_endpoint: endpoint }));
      return;
    }
    const token = new URLSearchParams(body).get("token") ?? "";
    res.end(JSON.stringify(answers[token] ?? { active: false }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
  broken = false;
});

let time = 1_900_000_000_000;
const seconds = () => Math.floor(time / 1_000);

async function start(more: Partial<IntrospectionOptions<never>> = {}) {
  answers = {};
  seen = [];
  time = 1_900_000_000_000;
  const app = new Koa();
  app.use(
    lab(
      [
        {
          security: [{ oauth: ["read"] }],
          handle: ({ principal }) => ({ status: 200, body: principal }),
        },
      ],
      {
        schemes: { oauth: { kind: "oauth2" } },
        security: {
          oauth: introspection({
            issuer,
            client: { id: "api", secret: "p:w %" },
            now: () => time,
            ...more,
          }),
        },
        logger: recordingLogger().logger,
      },
    ).routes(),
  );
  running = await serve(app);
  const { url } = running;
  return async (token: string) => {
    const response = await fetch(`${url}/thing`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return {
      status: response.status,
      challenge: response.headers.get("www-authenticate") ?? "",
      body: (await response.json()) as Record<string, unknown>,
    };
  };
}

describe("introspection() (RFC 7662)", () => {
  it("finds the endpoint, makes itself known, and asks once for each token", async () => {
    const ask = await start();
    answers["good"] = { active: true, sub: "ann", scope: "read write" };
    for (let each = 0; each < 3; each++) {
      const { status, body } = await ask("good");
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: "ann", scopes: ["read", "write"] });
    }
    expect(seen.map(({ url }) => url)).toEqual([
      "/.well-known/oauth-authorization-server",
      "/introspect",
    ]);
    expect(seen[1]?.body).toContain("token_type_hint=access_token");
    const [, credentials = ""] = seen[1]?.authorization.split(" ") ?? [];
    // Both parts are form-encoded first (RFC 6749 2.3.1).
    expect(Buffer.from(credentials, "base64").toString()).toBe("api:p%3Aw+%25");
  });

  it("sends the secret in the form where that is asked for", async () => {
    const ask = await start({
      endpoint: `${issuer}/introspect`,
      client: { id: "api", secret: "s", method: "client_secret_post" },
    });
    answers["good"] = { active: true, client_id: "app", scope: "read" };
    expect((await ask("good")).body["id"]).toBe("app");
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toContain("client_id=api&client_secret=s");
  });

  it.each<[string, object]>([
    ["inactive", { active: false }],
    ["expired", { active: true, sub: "a", exp: 1 }],
    ["not yet valid", { active: true, sub: "a", nbf: 4_000_000_000 }],
    ["of another issuer", { active: true, sub: "a", iss: "https://x" }],
    [
      "a refresh token",
      { active: true, sub: "a", token_type: "refresh_token" },
    ],
    ["for nobody", { active: true, scope: "read" }],
    ["for another audience", { active: true, sub: "a", aud: ["web"] }],
  ])("refuses a token that is %s", async (_name, answer) => {
    const ask = await start({ audience: "api" });
    answers["t"] = { scope: "read", aud: "api", ...answer };
    const { status, challenge } = await ask("t");
    expect(status).toBe(401);
    expect(challenge).toContain('error="invalid_token", scope="read"');
  });

  it("tells the scope that is missing", async () => {
    const ask = await start();
    answers["low"] = { active: true, sub: "ann", scope: "write" };
    const { status, challenge } = await ask("low");
    expect(status).toBe(403);
    expect(challenge).toContain('error="insufficient_scope", scope="read"');
  });

  it("keeps answers for half a minute, never beyond `exp`", async () => {
    const ask = await start();
    answers["long"] = { active: true, sub: "ann", scope: "read" };
    answers["short"] = { ...answers["long"], exp: seconds() + 10 };
    expect((await ask("long")).status).toBe(200);
    expect((await ask("short")).status).toBe(200);
    answers = {};
    time += 9_000;
    expect((await ask("short")).status).toBe(200);
    time += 1_000;
    expect((await ask("short")).status).toBe(401);
    time += 19_000;
    expect((await ask("long")).status).toBe(200);
    time += 1_000;
    expect((await ask("long")).status).toBe(401);
  });

  it("does not ask again at once about a token that was refused", async () => {
    const ask = await start({ endpoint: `${issuer}/introspect` });
    for (let each = 0; each < 5; each++) {
      expect((await ask("bad")).status).toBe(401);
    }
    expect(seen).toHaveLength(1);
    time += 5_000;
    await ask("bad");
    expect(seen).toHaveLength(2);
  });

  it("keeps no more answers than it may", async () => {
    const ask = await start({
      endpoint: `${issuer}/introspect`,
      cache: { entries: 2 },
    });
    for (const token of ["a", "b", "c", "b", "c", "a"]) await ask(token);
    expect(
      seen.map(({ body }) => new URLSearchParams(body).get("token")),
    ).toEqual(["a", "b", "c", "a"]);
  });

  it("fails closed, with 503, while the server cannot be asked", async () => {
    const ask = await start();
    answers["good"] = { active: true, sub: "ann", scope: "read" };
    broken = true;
    expect((await ask("good")).status).toBe(503);
    broken = false;
    time += 5_000;
    expect((await ask("good")).status).toBe(200);
  });

  it("is not made for a server without TLS", () => {
    expect(() =>
      introspection({
        issuer: "http://auth.example.com",
        client: { id: "a", secret: "b" },
      }),
    ).toThrow("https URL");
  });
});

describe("protectedResource() (RFC 9728)", () => {
  it("serves the document where clients look for it, and nothing else", async () => {
    const described = {
      resource: "https://api.example.com/v1",
      authorizationServers: ["https://auth.example.com"],
      scopes: ["read"],
    };
    expect(resourceMetadataUrl(described)).toBe(
      "https://api.example.com/.well-known/oauth-protected-resource/v1",
    );
    expect(resourceMetadataUrl({ resource: "https://a.example/" })).toBe(
      "https://a.example/.well-known/oauth-protected-resource",
    );
    const app = new Koa();
    app.use(protectedResource(described));
    running = await serve(app);
    const path = "/.well-known/oauth-protected-resource";
    const found = await fetch(`${running.url}${path}/v1`);
    expect(found.status).toBe(200);
    expect(found.headers.get("content-type")).toContain("application/json");
    expect(await found.json()).toEqual({
      resource: "https://api.example.com/v1",
      authorization_servers: ["https://auth.example.com"],
      scopes_supported: ["read"],
      bearer_methods_supported: ["header"],
    });
    expect((await fetch(`${running.url}${path}`)).status).toBe(404);
    const posted = await fetch(`${running.url}${path}/v1`, { method: "POST" });
    expect(posted.status).toBe(404);
  });
});
