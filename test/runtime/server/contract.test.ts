/** What the bookstore answers, row by row of the HTTP rules, in both kinds of application. */
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handlers, knownId, missingId } from "../fixture/handlers-in-memory.js";
import { createRouter } from "../fixture/router.js";
import {
  kinds,
  type Line,
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";
import { processorTime } from "../../processor-time.js";

describe.each(kinds)("%s", (_kind, make) => {
  let running: Running;
  let lines: Line[];

  beforeAll(async () => {
    const recorded = recordingLogger();
    lines = recorded.lines;
    const app = make();
    const books = createRouter(handlers, {
      logger: recorded.logger,
      security: {
        shelfKey: (key) => (key === "secret" ? { id: "owner" } : null),
        shelfOauth: (token) =>
          token === "reader" || token === "writer" ? { id: token } : null,
      },
    });
    app.use(books.routes());
    running = await serve(app);
  });
  afterAll(() => running.close());

  const ask = (path: string, init?: RequestInit) =>
    fetch(running.url + path, init);
  const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
    ask("/books", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
  async function problemOf(response: Response) {
    expect(response.headers.get("content-type")).toBe(
      "application/problem+json",
    );
    const body = (await response.json()) as Record<string, unknown>;
    expect(body["status"]).toBe(response.status);
    return body;
  }

  describe("routing", () => {
    it("answers a declared operation with its declared fields only", async () => {
      const response = await ask(`/books/${knownId}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(response.headers.get("etag")).toBe('"1"');
      const book = (await response.json()) as object;
      expect(Object.keys(book)).toEqual([
        "id",
        "title",
        "pages",
        "tags",
        "author",
      ]);
    });

    it("refuses an undocumented method with 405 and Allow (RFC 9110 15.5.6)", async () => {
      const response = await ask(`/books/${knownId}`, { method: "PUT" });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, DELETE, OPTIONS");
      await problemOf(response);
    });

    it("answers OPTIONS with 204 and Allow (RFC 9110 9.3.7)", async () => {
      const response = await ask("/books", { method: "OPTIONS" });
      expect(response.status).toBe(204);
      expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    });

    it("answers HEAD with the fields of GET and no body (RFC 9110 9.3.2)", async () => {
      const get = await ask(`/books/${knownId}`);
      const body = await get.text();
      const raw = await talk(running.port);
      raw.send(
        `HEAD /books/${knownId} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      await raw.closed();
      const text = raw.received();
      expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(text.toLowerCase()).toContain(
        `content-length: ${Buffer.byteLength(body)}\r\n`,
      );
      expect(text.toLowerCase()).toContain('etag: "1"\r\n');
      expect(text.endsWith("\r\n\r\n")).toBe(true);
    });

    it.each([
      "/nothing",
      "/Books",
      "/books/",
      "//books",
      `/books/${knownId}/`,
      "/books//",
      "/",
      "/%zz",
    ])("does not know %s", async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(404);
      await problemOf(response);
    });

    it.each(["/books/%zz", "/books/%00", "/books/%ff", "/books/a%80b"])(
      "refuses the bad escape in %s with 400 (RFC 3986 2.1)",
      async (path) => {
        const raw = await talk(running.port);
        raw.send(
          `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
        );
        await raw.closed();
        expect(raw.received()).toMatch(/^HTTP\/1\.1 400 /);
      },
    );

    it.each(["?limit=%zz", "?other=%ff", "?other=%00", "?%zz"])(
      "refuses the bad escape in the query %s with 400",
      async (query) => {
        const raw = await talk(running.port);
        raw.send(
          `GET /books${query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
        );
        await raw.closed();
        expect(raw.received()).toMatch(/^HTTP\/1\.1 400 /);
      },
    );

    it("refuses an invalid path parameter with 400", async () => {
      const response = await ask("/books/no-uuid");
      expect(response.status).toBe(400);
      expect((await problemOf(response))["errors"]).toEqual([
        {
          in: "path",
          parameter: "bookId",
          code: "format",
          limit: "uuid",
          detail: "must have the format uuid",
        },
      ]);
    });

    it("serves the absolute form of the target (RFC 9112 3.2.2)", async () => {
      const raw = await talk(running.port);
      raw.send(
        `GET http://elsewhere.example/books/${knownId}?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      await raw.closed();
      expect(raw.received()).toMatch(/^HTTP\/1\.1 200 /);
    });
  });

  describe("answers", () => {
    it("fills in a problem that the handler left empty", async () => {
      const response = await ask(`/books/${missingId}`);
      expect(response.status).toBe(404);
      expect(await problemOf(response)).toEqual({
        type: "about:blank",
        title: "Not Found",
        status: 404,
      });
    });

    it("chooses the representation that the client accepts", async () => {
      const csv = await ask(`/books/${knownId}.export`, {
        headers: { accept: "text/csv" },
      });
      expect(csv.headers.get("content-type")).toBe("text/csv");
      expect(csv.headers.get("vary")).toBe("Accept");
      expect(await csv.text()).toContain(knownId);
      const json = await ask(`/books/${knownId}.export`);
      expect(json.headers.get("content-type")).toBe("application/json");
    });

    it("refuses what it cannot produce with 406, before the handler runs", async () => {
      const response = await ask(`/books/${knownId}`, {
        headers: { accept: "text/html, application/*;q=0" },
      });
      expect(response.status).toBe(406);
      expect((await problemOf(response))["detail"]).toBe(
        "available: application/json",
      );
    });
  });

  describe("request bodies", () => {
    it.each([
      "application/json",
      "APPLICATION/JSON",
      "application/json; charset=utf-8",
      'application/json;charset="UTF-8"',
      "application/json ; charset=utf-8",
      "application/json;",
      "\tapplication/json\t",
    ])("accepts the media type %j", async (type) => {
      const raw = await talk(running.port);
      raw.send(
        `POST /books HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type:${type}\r\nContent-Length: 13\r\n\r\n{"title":"x"}`,
      );
      await raw.closed();
      expect(raw.received()).toMatch(/^HTTP\/1\.1 201 /);
    });

    it.each([
      "text/plain",
      "application/problem+json",
      "application/jsonx",
      "application/json, text/plain",
      "application/json; charset=latin1",
      "application/json; charset=utf-16",
      "application/json; charset=utf-8; charset=utf-8",
      "application/json; =x",
      "application/json; charset",
      "\u00a0application/json",
      "/json",
      "application",
    ])("refuses the media type %j with 415 and Accept-Post", async (type) => {
      const raw = await talk(running.port);
      raw.send(
        `POST /books HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 13\r\n\r\n{"title":"x"}`,
      );
      await raw.closed();
      expect(raw.received()).toMatch(/^HTTP\/1\.1 415 /);
      expect(raw.received()).toMatch(/\r\naccept-post: application\/json\r\n/i);
    });

    it("refuses a second Content-Type and a missing one", async () => {
      const raw = await talk(running.port);
      raw.send(
        'POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"title":"x"}',
      );
      await raw.until(/HTTP\/1\.1 415 .*\r\n\r\n\{.*\}/s);
      raw.send(
        'POST /books HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 13\r\n\r\n{"title":"x"}',
      );
      await raw.closed();
      expect(raw.received().match(/HTTP\/1\.1 415/g)).toHaveLength(2);
    });

    it("refuses a content coding with 415 and Accept-Encoding (RFC 9110 12.5.3)", async () => {
      const response = await send("x", { "content-encoding": "gzip" });
      expect(response.status).toBe(415);
      expect(response.headers.get("accept-encoding")).toBe("identity");
    });

    it("refuses a missing body with 400", async () => {
      expect((await send("")).status).toBe(400);
      const response = await ask("/books", { method: "POST" });
      expect(response.status).toBe(400);
      expect((await problemOf(response))["detail"]).toBe(
        "the request body is required",
      );
    });

    it.each([
      ["broken text", "{"],
      ["NaN", '{"title":"x","pages":NaN}'],
      ["trailing text", '{"title":"x"} x'],
      ["single quotes", "{'title':'x'}"],
      ["a number out of range", '{"title":"x","pages":1e999}'],
      ["too many levels", `${"[".repeat(65)}${"]".repeat(65)}`],
      ["very many levels", `${"[".repeat(400_000)}${"]".repeat(400_000)}`],
      ["half of very many levels", "[".repeat(900_000)],
    ])("refuses %s with 400", async (_name, body) => {
      const start = processorTime();
      const response = await send(body);
      expect(response.status).toBe(400);
      expect(processorTime() - start).toBeLessThan(1_000);
      await problemOf(response);
    });

    it("refuses invalid UTF-8, and accepts a byte order mark (RFC 8259 8.1)", async () => {
      const bad = await send(Buffer.from('{"title":"\xff"}', "latin1"));
      expect(bad.status).toBe(400);
      const marked = await send(Buffer.from('\ufeff{"title":"x"}'));
      expect(marked.status).toBe(201);
    });

    it("keeps __proto__ as data", async () => {
      const response = await send('{"title":"x","__proto__":{"pages":0}}');
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ id: knownId, title: "x" });
      expect(({} as { pages?: number }).pages).toBeUndefined();
    });

    it("names every fault of a parsed body, with the declared status, and no value", async () => {
      const response = await send(
        '{"pages":0,"tags":["x",5],"author":{"name":"secret-value","x":1}}',
      );
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem["errors"]).toEqual([
        {
          in: "body",
          pointer: "#/title",
          code: "required",
          detail: "is required",
        },
        {
          in: "body",
          pointer: "#/pages",
          code: "minimum",
          limit: 1,
          detail: "must be at least 1",
        },
        {
          in: "body",
          pointer: "#/tags/1",
          code: "type",
          limit: "string",
          detail: "must be of type string",
        },
      ]);
      expect(JSON.stringify(problem)).not.toContain("secret-value");
    });

    it("lists twenty faults at most", async () => {
      const tags = Array.from({ length: 1_000 }, (_, index) => index);
      const response = await send(JSON.stringify({ title: "x", tags }));
      const problem = await problemOf(response);
      expect(problem["errors"]).toHaveLength(20);
      expect(problem["truncated"]).toBe(true);
    });

    it("refuses a body that declares too much at once, without reading it", async () => {
      const raw = await talk(running.port);
      raw.send(
        "POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{",
      );
      await raw.until(/^HTTP\/1\.1 413 .*\r\n\r\n\{.*\}/s, 1_000);
    });

    it("refuses a body that turns out to be too much, and cuts a client that goes on", async () => {
      const raw = await talk(running.port);
      raw.send(
        "POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      const timer = setInterval(() => raw.send(chunk), 2);
      try {
        await raw.until(/^HTTP\/1\.1 413 /, 3_000);
        await raw.closed(3_000);
      } finally {
        clearInterval(timer);
      }
    });

    it("reads a body in pieces", async () => {
      const raw = await talk(running.port);
      raw.send(
        "POST /books HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      for (const piece of ['{"ti', 'tle":', '"x"}']) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        raw.send(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      }
      raw.send("0\r\n\r\n");
      await raw.closed();
      expect(raw.received()).toMatch(/^HTTP\/1\.1 201 /);
    });

    it("never takes an unread body for the next request (CWE-444)", async () => {
      const raw = await talk(running.port);
      const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
      raw.send(
        `POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}` +
          `GET /books/${knownId} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      await raw.closed();
      const statuses = raw.received().match(/HTTP\/1\.1 \d+/g);
      expect(statuses).toEqual(["HTTP/1.1 415", "HTTP/1.1 200"]);
    });

    it("keeps the order of pipelined requests", async () => {
      const raw = await talk(running.port);
      const get = (path: string, last = "") =>
        `GET ${path} HTTP/1.1\r\nHost: a\r\n${last}\r\n`;
      raw.send(
        get(`/books/${knownId}`) +
          get("/nothing") +
          get("/books?limit=2") +
          get(`/books/${missingId}`, "Connection: close\r\n"),
      );
      await raw.closed();
      expect(raw.received().match(/HTTP\/1\.1 \d+/g)).toEqual([
        "HTTP/1.1 200",
        "HTTP/1.1 404",
        "HTTP/1.1 200",
        "HTTP/1.1 404",
      ]);
    });

    it("survives a client that leaves in the middle of its body", async () => {
      const before = lines.length;
      const request = httpRequest(`${running.url}/books`, {
        method: "POST",
        headers: { "content-type": "application/json", "content-length": 100 },
      });
      request.on("error", () => {});
      request.write("{");
      await new Promise((resolve) => setTimeout(resolve, 50));
      const gone = new Promise((resolve) => request.on("close", resolve));
      request.destroy();
      await gone;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await ask("/books?limit=1")).status).toBe(200);
      expect(lines.slice(before)).toEqual([]);
    });
  });

  describe("security", () => {
    const remove = (headers: Record<string, string> = {}) =>
      ask(`/books/${knownId}`, { method: "DELETE", headers });

    it("asks for credentials with every challenge (RFC 9110 11.6.1)", async () => {
      const response = await remove();
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe(
        'ApiKey realm="api", in="header", name="X-Api-Key", Bearer realm="api", scope="books:write"',
      );
      await problemOf(response);
    });

    it("lets any alternative in", async () => {
      expect((await remove({ "x-api-key": "secret" })).status).toBe(204);
      const bearer = await remove({ authorization: "bearer writer" });
      expect(bearer.status).toBe(204);
      const second = await remove({
        "x-api-key": "wrong",
        authorization: "Bearer writer",
      });
      expect(second.status).toBe(204);
    });

    it("says that a token was wrong (RFC 6750 3.1)", async () => {
      const response = await remove({ authorization: "Bearer nobody" });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain(
        'error="invalid_token"',
      );
    });

    it("refuses without reading the body", async () => {
      const raw = await talk(running.port);
      raw.send(
        `DELETE /books/${knownId} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n`,
      );
      await raw.until(/^HTTP\/1\.1 401 /, 1_000);
      raw.socket.destroy();
    });
  });

  describe("faults", () => {
    it("answers an unknown error with a fixed text and an id, and logs the rest (CWE-209)", async () => {
      const before = lines.length;
      const response = await send('{"title":"boom"}');
      expect(response.status).toBe(500);
      const problem = await problemOf(response);
      expect(JSON.stringify(problem)).not.toContain("secret detail");
      const [line] = lines.slice(before);
      expect(line?.fields["requestId"]).toBe(problem["requestId"]);
      expect(line?.fields["operationId"]).toBe("createBook");
      expect(line?.fields["error"]).toMatchObject({ message: "secret detail" });
    });

    it("reports a thrown status that the contract does not declare", async () => {
      const before = lines.length;
      const response = await ask(`/books/${missingId}`, {
        method: "DELETE",
        headers: { "x-api-key": "secret" },
      });
      expect(response.status).toBe(410);
      expect(lines.slice(before).map((line) => line.message)).toEqual([
        "the handler of deleteBook threw status 410, which its contract does not declare",
      ]);
    });
  });
});
