/** The CORS protocol on the wire; what browsers make of it is in `browser.test.ts`. */
import {
  createApp,
  type CorsOptions,
  type SecurityEvent,
} from "@kontract/runtime";
import { Router } from "@koa/router";
import Koa from "koa";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const APP = "https://app.example.com";
const schemes = {
  key: { kind: "apiKey", in: "header", parameter: "X-Key" },
  token: { kind: "http", scheme: "bearer" },
  sid: { kind: "apiKey", in: "cookie", parameter: "sid" },
} as const;

function routes(cors: CorsOptions, more: object = {}) {
  return lab(
    [
      {
        id: "read",
        requestHeaders: ["x-trace", "no token\r\n"],
        responseHeaders: ["etag", "content-type", "é"],
        security: [{}, { key: [] }],
      },
      {
        id: "write",
        method: "PUT",
        requestHeaders: ["content-type"],
        security: [{}, { token: [] }],
        handle: () => ({ status: 200, body: {}, headers: { vary: "X" } }),
      },
      {
        id: "broken",
        path: "/broken",
        handle() {
          throw new Error("inside");
        },
      },
      { id: "secured", path: "/secured", security: [{ key: [] }] },
    ],
    {
      schemes,
      security: { key: () => ({ id: "1" }), token: () => ({ id: "1" }) },
      logger: recordingLogger().logger,
      cors,
      ...more,
    },
  );
}

async function start(cors: CorsOptions, more: object = {}) {
  const app = createApp({ logger: recordingLogger().logger });
  app.use(routes(cors, more).routes());
  running = await serve(app);
}

async function ask(
  path: string,
  headers: Record<string, string>,
  method = "GET",
) {
  const response = await fetch(`${running?.url}${path}`, { method, headers });
  await response.text();
  const fields: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    if (/^(access-control|vary|allow$)/.test(name)) fields[name] = value;
  }
  return { status: response.status, fields };
}

const preflight = (path: string, origin = APP) =>
  ask(path, { origin, "access-control-request-method": "PUT" }, "OPTIONS");

describe("cors with a list of origins", () => {
  it("lets a page read what the operations of the path declare", async () => {
    await start({ origins: [APP], credentials: true });
    expect(await ask("/thing", { origin: APP })).toEqual({
      status: 200,
      fields: {
        "access-control-allow-origin": APP,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "etag, www-authenticate, retry-after",
        vary: "Origin",
      },
    });
  });

  it("answers preflights with the methods and fields of the path, before credentials", async () => {
    await start({ origins: [APP], maxAge: 60, requestHeaders: ["X-More"] });
    expect(await preflight("/thing")).toEqual({
      status: 204,
      fields: {
        allow: "GET, HEAD, PUT, OPTIONS",
        "access-control-allow-origin": APP,
        "access-control-allow-methods": "GET, HEAD, PUT",
        "access-control-allow-headers":
          "x-trace, if-match, if-none-match, x-key, content-type, authorization, x-more",
        "access-control-max-age": "60",
        vary: "Origin",
      },
    });
    const other = await preflight("/secured");
    expect(other.status).toBe(204);
    expect(other.fields["access-control-allow-methods"]).toBe("GET, HEAD");
    expect(other.fields["access-control-allow-headers"]).toBe("x-key, x-more");
  });

  it.each([
    "https://evil.example",
    "https://app.example.com.evil.example",
    "https://app.example.com:8443",
    "http://app.example.com",
    "HTTPS://APP.EXAMPLE.COM",
    "null",
  ])(
    "says nothing to %s, but that answers depend on the origin",
    async (origin) => {
      const events: SecurityEvent[] = [];
      await start(
        { origins: [APP], credentials: true },
        { onSecurityEvent: (event: SecurityEvent) => events.push(event) },
      );
      expect((await ask("/thing", { origin })).fields).toEqual({
        vary: "Origin",
      });
      const { fields } = await preflight("/thing", origin);
      expect(fields).toEqual({
        allow: "GET, HEAD, PUT, OPTIONS",
        vary: "Origin",
      });
      expect(events.map(({ event }) => event)).toEqual([
        "malicious_cors",
        "malicious_cors",
      ]);
    },
  );

  it("is on errors too, and on answers without a page", async () => {
    await start({ origins: [APP] });
    for (const [path, status] of [
      ["/broken", 500],
      ["/secured", 401],
      ["/nowhere", 404],
    ] as const) {
      const answer = await ask(path, { origin: APP });
      expect(answer.status).toBe(status);
      expect(answer.fields["access-control-allow-origin"]).toBe(APP);
    }
    expect(
      (await ask("/thing", { origin: APP }, "DELETE")).fields,
    ).toMatchObject({ "access-control-allow-origin": APP });
    expect((await ask("/thing", {})).fields).toEqual({ vary: "Origin" });
  });

  it("keeps `Vary` beside one that the operation sets", async () => {
    await start({ origins: [APP] });
    const { fields } = await ask("/thing", { origin: APP }, "PUT");
    expect(fields["vary"]).toBe("Origin, X");
  });

  it("leaves OPTIONS that is no preflight as it is", async () => {
    await start({ origins: [APP] });
    const { status, fields } = await ask("/thing", { origin: APP }, "OPTIONS");
    expect(status).toBe(204);
    expect(fields["access-control-allow-methods"]).toBeUndefined();
  });

  it("is the same in a plain Koa, and nested in another router", async () => {
    const plain = new Koa();
    plain.use(routes({ origins: [APP] }).routes());
    running = await serve(plain);
    const expected = (await preflight("/thing")).fields;
    expect(expected["access-control-allow-methods"]).toBe("GET, HEAD, PUT");
    const put = await ask("/thing", { origin: APP }, "PUT");
    expect(put.fields["vary"]).toBe("Origin, X");
    await running.close();
    const outer = new Router();
    outer.use("/v1", routes({ origins: [APP] }).routes());
    const nesting = new Koa();
    nesting.use(outer.routes());
    running = await serve(nesting);
    expect((await preflight("/v1/thing")).fields).toEqual(expected);
    const read = await ask("/v1/thing", { origin: APP });
    expect(read.fields["access-control-allow-origin"]).toBe(APP);
  });
});

describe("cors for every origin", () => {
  it("is one answer for all", async () => {
    await start({ origins: "*" });
    expect((await ask("/thing", {})).fields).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "etag, www-authenticate, retry-after",
    });
    expect((await preflight("/thing")).fields).toMatchObject({
      "access-control-allow-origin": "*",
    });
  });

  it("is never with credentials", async () => {
    expect(() => routes({ origins: "*", credentials: true })).toThrow(
      "`credentials` needs a list of `origins`",
    );
  });
});

it.each([
  "https://app.example.com/",
  "app.example.com",
  "https://*.example.com",
])("does not start with %s for an origin", (origin) => {
  expect(() => routes({ origins: [origin] })).toThrow("is no origin like");
});

it("says nothing at all without origins", async () => {
  await start({ origins: [] });
  expect((await ask("/thing", { origin: APP })).fields).toEqual({});
});
