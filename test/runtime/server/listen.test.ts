/** What the server of `createApp()` does before and around routing. */
import { once } from "node:events";
import { createApp } from "@kontract/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import {
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";

const json = { required: true, media: { "application/json": "json" } } as const;

function routes() {
  return lab(
    [
      { id: "get", path: "/thing" },
      { id: "post", path: "/thing", method: "POST", body: json },
      {
        id: "secured",
        path: "/secured",
        method: "POST",
        body: json,
        security: [{ key: [] }],
      },
      {
        id: "slow",
        path: "/slow",
        async handle() {
          await new Promise((resolve) => setTimeout(resolve, 200));
          return { status: 200, body: "slow" };
        },
      },
    ],
    {
      schemes: { key: { kind: "apiKey", in: "header", parameter: "X-Key" } },
      security: { key: () => ({ id: "1" }) },
    },
  ).routes();
}

describe("createApp().listen()", () => {
  let running: Running;
  beforeAll(async () => {
    const app = createApp({
      logger: recordingLogger().logger,
      server: { headersTimeout: 1_000, requestTimeout: 1_000 },
    });
    app.use(routes());
    running = await serve(app);
  });
  afterAll(() => running.close());

  async function answerTo(text: string, time = 3_000): Promise<string> {
    const raw = await talk(running.port);
    raw.send(text);
    await raw.closed(time);
    return raw.received();
  }

  it("opens no tunnel, and says so", async () => {
    const host = "Host: a\r\n\r\n";
    for (const target of ["/thing", "example.com:443"]) {
      const text = await answerTo(`CONNECT ${target} HTTP/1.1\r\n${host}`);
      expect(text).toMatch(/^HTTP\/1\.1 405 .*\r\nAllow: \r\n/);
      expect(text).toMatch(/application\/problem\+json[^]*"status":405/);
    }
  });

  it("has the limits of the HTTP rules by default", async () => {
    const plain = await serve(createApp());
    try {
      expect(plain.server.headersTimeout).toBe(10_000);
      expect(plain.server.requestTimeout).toBe(30_000);
    } finally {
      await plain.close();
    }
  });

  it.each([
    ["no Host", "GET /thing HTTP/1.1\r\n\r\n"],
    ["two Hosts", "GET /thing HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"],
    ["a Host with a path", "GET /thing HTTP/1.1\r\nHost: a/b\r\n\r\n"],
    ["a Host with user info", "GET /thing HTTP/1.1\r\nHost: u@a\r\n\r\n"],
    ["a Host with a space", "GET /thing HTTP/1.1\r\nHost: a b\r\n\r\n"],
    [
      "Content-Length with Transfer-Encoding",
      "POST /thing HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "two lengths",
      "POST /thing HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    ],
    [
      "a length that is no number",
      "POST /thing HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
    ],
    [
      "a bad chunk",
      "POST /thing HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    [
      "a method that HTTP does not know",
      "FROB /thing HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    [
      "a field name with a space",
      "GET /thing HTTP/1.1\r\nHost: a\r\nA b: c\r\n\r\n",
    ],
  ])("answers %s with 400 as a problem, and closes", async (_name, text) => {
    const answer = await answerTo(text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/i);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toContain('"status":400');
  });

  it.each([
    [
      "a",
      "a:80",
      "A.example",
      "[::1]:8080",
      "xn--bcher-kva.example",
      "a_b",
      "",
    ],
  ])("accepts the Host %s", async (host) => {
    const answer = await answerTo(
      `GET /thing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it("does not ask HTTP/1.0 for a Host", async () => {
    const answer = await answerTo("GET /thing HTTP/1.0\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it("answers a header section that is too large or has too many fields with 431 (RFC 6585 5)", async () => {
    const large = await answerTo(
      `GET /thing HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
    );
    expect(large).toMatch(/^HTTP\/1\.1 431 /);
    const many = Array.from({ length: 200 }, (_, i) => `X${i}: 1\r\n`).join("");
    const fields = await answerTo(
      `GET /thing HTTP/1.1\r\nHost: a\r\n${many}\r\n`,
    );
    expect(fields).toMatch(/^HTTP\/1\.1 431 /);
  });

  it("answers a target that is too long with 414", async () => {
    const answer = await answerTo(
      `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 414 URI Too Long\r\n/);
  });

  it("answers slow headers and slow bodies with 408", async () => {
    const headers = await answerTo("GET /thing HTTP/1.1\r\nHost:", 6_000);
    expect(headers).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    const body = await answerTo(
      "POST /thing HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
      6_000,
    );
    expect(body).toMatch(/^HTTP\/1\.1 408 /);
  });

  describe("Expect (RFC 9110 10.1.1)", () => {
    const head = (path: string, more: string) =>
      `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n${more}Expect: 100-continue\r\n\r\n`;

    it("asks for the body once type and credentials are fine", async () => {
      const raw = await talk(running.port);
      raw.send(
        head("/secured", "Content-Type: application/json\r\nX-Key: 1\r\n"),
      );
      await raw.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
      raw.send("{}");
      await raw.closed();
      expect(raw.received()).toMatch(/\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    });

    it.each([
      [
        "a missing credential",
        "/secured",
        "Content-Type: application/json\r\n",
        401,
      ],
      ["a wrong type", "/thing", "Content-Type: text/plain\r\n", 415],
    ])("does not ask for it with %s", async (_name, path, more, status) => {
      const answer = await answerTo(head(path, more));
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).not.toContain("100 Continue");
    });

    it("fails other expectations with 417", async () => {
      const answer = await answerTo(
        "GET /thing HTTP/1.1\r\nHost: a\r\nExpect: the-best\r\n\r\n",
      );
      expect(answer).toMatch(/^HTTP\/1\.1 417 /);
    });
  });
});

describe("closing a server of createApp()", () => {
  it("finishes what is in flight and lets the connection go", async () => {
    const app = createApp({ logger: recordingLogger().logger });
    app.use(routes());
    const { server, port } = await serve(app);
    const raw = await talk(port);
    raw.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    server.close();
    await once(server, "close");
    expect(performance.now() - start).toBeLessThan(2_000);
    await raw.closed();
    expect(raw.received()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(raw.received()).toMatch(/\r\nconnection: close\r\n/i);
    expect(raw.received()).toContain('"slow"');
  });
});
