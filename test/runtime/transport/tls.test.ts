/** A real TLS listener: client certificates, HSTS, and what plain HTTP gets. */
import { once } from "node:events";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { createApp, httpsOnly, securityHeaders } from "@kontract/runtime";
import type { ClientCertificate } from "@kontract/runtime";
import Koa from "koa";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Certificates,
  makeCertificates,
} from "../fixture/certificates.js";
import { lab } from "../fixture/lab.js";
import {
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

async function ask(
  port: number,
  options: RequestOptions = {},
): Promise<Answer> {
  const request = httpsRequest({
    host: "127.0.0.1",
    port,
    path: "/thing",
    ca: certificates.ca,
    agent: false,
    ...options,
  });
  request.end();
  const [response] = await once(request, "response");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}

const HSTS = "max-age=31536000; includeSubDomains";

describe("createApp({ server: { tls } })", () => {
  it("knows clients by their certificates (mutualTLS)", async () => {
    const { ca, server, client, stranger } = certificates;
    const app = createApp({
      logger: recordingLogger().logger,
      server: {
        tls: { ...server, ca, requestCert: true, rejectUnauthorized: false },
      },
    });
    app.use(
      lab(
        [
          {
            security: [{ certificate: [] }],
            handle: ({ principal }) => ({ status: 200, body: principal }),
          },
        ],
        {
          schemes: { certificate: { kind: "mutualTLS" } },
          security: {
            certificate: ({ subject, fingerprint256 }: ClientCertificate) =>
              subject.CN === "client"
                ? { id: subject.CN, print: fingerprint256.length }
                : null,
          },
        },
      ).routes(),
    );
    running = await serve(app);
    const { port } = running;
    expect((await ask(port, client)).text).toBe('{"id":"client","print":95}');
    // A good certificate of the wrong name, one of an unknown authority, and none.
    expect((await ask(port, server)).status).toBe(401);
    expect((await ask(port, stranger)).status).toBe(401);
    const none = await ask(port);
    expect(none.status).toBe(401);
    expect(none.headers["strict-transport-security"]).toBe(HSTS);
  });

  it("has the limits of the plain one, and problems in its own headers", async () => {
    const app = createApp({
      logger: recordingLogger().logger,
      server: { tls: certificates.server, headersTimeout: 7_000 },
    });
    app.use(lab([{}]).routes());
    running = await serve(app);
    expect(running.server.headersTimeout).toBe(7_000);
    const { status, headers } = await ask(running.port, {
      headers: { Expect: "much" },
    });
    expect(status).toBe(417);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(headers["strict-transport-security"]).toBe(HSTS);
  });
});

const SETTINGS = [
  ["createApp({ httpsOnly })", true],
  ["new Koa() with middleware", false],
] as const;

describe.each(SETTINGS)("%s", (_name, own) => {
  async function start() {
    const origin = "https://api.example.com";
    const app = own ? createApp({ httpsOnly: { origin } }) : new Koa();
    if (!own) app.use(httpsOnly({ origin }));
    const post = { id: "post", method: "POST" };
    app.use(lab([{ id: "get" }, post]).routes());
    running = await serve(app);
    return running.url;
  }

  it("sends GET and HEAD to the configured origin, whatever Host says", async () => {
    const url = await start();
    for (const method of ["GET", "HEAD"]) {
      const { status, headers } = await fetch(`${url}/thing?a=%2F&b`, {
        method,
        redirect: "manual",
        headers: { "X-Forwarded-Proto": "https", Forwarded: "proto=https" },
      });
      expect(status).toBe(308);
      expect(headers.get("location")).toBe(
        "https://api.example.com/thing?a=%2F&b",
      );
      expect(headers.get("strict-transport-security")).toBeNull();
    }
  });

  it("never leads elsewhere", async () => {
    await start();
    const targets = [
      ["//evil.example/x", "https://api.example.com//evil.example/x"],
      ["http://evil.example/x?y", "https://api.example.com/x?y"],
      ["http://evil.example", "https://api.example.com/"],
    ];
    for (const [target, location] of targets) {
      const raw = await talk(running?.port ?? 0);
      raw.send(
        `GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      );
      await raw.closed();
      expect(raw.received()).toMatch(/^HTTP\/1\.1 308 /);
      expect(raw.received()).toContain(`\r\nLocation: ${location}\r\n`);
    }
  });

  it("refuses what carries something with a problem", async () => {
    const url = await start();
    const response = await fetch(`${url}/thing`, {
      method: "POST",
      body: "secret",
      headers: { authorization: "Bearer secret" },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toContain("problem+json");
    expect(response.headers.get("location")).toBeNull();
    expect(await response.json()).toMatchObject({
      title: "Forbidden",
      status: 403,
    });
  });
});

describe("httpsOnly", () => {
  it("believes a trusted proxy that TLS ended there", async () => {
    const app = createApp({
      httpsOnly: { origin: "https://api.example.com" },
      trustProxy: ["127.0.0.1"],
    });
    app.use(lab([{}]).routes());
    running = await serve(app);
    const response = await fetch(`${running.url}/thing`, {
      headers: { "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https" },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("strict-transport-security")).toBe(HSTS);
  });

  it.each([
    "http://api.example.com",
    "https://api.example.com/v1",
    "api.example.com",
    "https://a@b.example",
  ])("does not start with %s", (origin) => {
    expect(() => createApp({ httpsOnly: { origin } })).toThrow("origin");
  });
});

const PRESET = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

describe("security headers", () => {
  const operations = [
    { id: "json" },
    {
      id: "own",
      path: "/own",
      handle: () => ({
        status: 200,
        body: {},
        headers: { "content-security-policy": "sandbox", Vary: "X" },
      }),
    },
    {
      id: "text",
      path: "/text",
      write: () => ({
        status: 200,
        type: "text/plain",
        body: "späß",
        headers: undefined,
      }),
    },
    {
      id: "stream",
      path: "/stream",
      write: () => ({
        status: 200,
        type: "text/plain",
        body: (async function* () {
          yield "a";
        })(),
        headers: undefined,
      }),
    },
    {
      id: "broken",
      path: "/broken",
      handle() {
        throw new Error("inside");
      },
    },
  ];

  async function headersOf(app: Koa, path: string) {
    app.silent = true;
    app.use(lab(operations, { logger: recordingLogger().logger }).routes());
    running = await serve(app);
    const response = await fetch(running.url + path);
    await response.text();
    const { headers } = response;
    await running.close();
    running = undefined;
    return headers;
  }

  const apps: [string, () => Koa][] = [
    ["createApp()", () => createApp({ logger: recordingLogger().logger })],
    [
      "createApp() with middleware",
      () => {
        const app = createApp({ logger: recordingLogger().logger });
        app.use((_ctx, next) => next());
        return app;
      },
    ],
    [
      "new Koa() with securityHeaders()",
      () => {
        const app = new Koa();
        app.use(securityHeaders());
        return app;
      },
    ],
  ];

  describe.each(apps)("of %s", (_name, make) => {
    it.each(["/thing", "/text", "/stream", "/broken", "/nowhere"])(
      "are on the answer to %s, once",
      async (path) => {
        const headers = await headersOf(make(), path);
        for (const [name, value] of Object.entries(PRESET)) {
          expect(headers.get(name)).toBe(value);
        }
        expect(headers.get("strict-transport-security")).toBeNull();
        expect(headers.get("x-powered-by")).toBeNull();
      },
    );

    it("give way to the operation's own", async () => {
      const headers = await headersOf(make(), "/own");
      expect(headers.get("content-security-policy")).toBe("sandbox");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("vary")).toBe("X");
    });
  });

  it("are on what the parser refuses", async () => {
    const app = createApp({ logger: recordingLogger().logger });
    running = await serve(app);
    const raw = await talk(running.port);
    raw.send("GET / HTTP/1.1\r\n\r\n");
    await raw.closed();
    expect(raw.received()).toMatch(/^HTTP\/1\.1 400 /);
    expect(raw.received()).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/i);
  });

  it("can be chosen, and left out", async () => {
    const chosen = createApp({
      securityHeaders: {
        crossOriginResourcePolicy: "cross-origin",
        referrerPolicy: false,
      },
    });
    const some = await headersOf(chosen, "/thing");
    expect(some.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(some.get("referrer-policy")).toBeNull();
    expect(some.get("content-security-policy")).not.toBeNull();
    const none = await headersOf(
      createApp({ securityHeaders: false }),
      "/text",
    );
    expect(none.get("x-content-type-options")).toBeNull();
    expect(() =>
      createApp({ securityHeaders: { referrerPolicy: "a\r\nb: c" } }),
    ).toThrow("Referrer-Policy");
  });
});
