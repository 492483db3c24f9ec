/** A document served before a handler is written: real requests to a mock in a process of its own. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../generator/temporary-folder.js";
import { runKontract } from "../generator/commands/run-kontract.js";
import { type StartedMock, startMock } from "./start-mock.js";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const problem = {
  description: "a problem",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        required: ["status", "title"],
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          detail: { type: "string" },
        },
      },
    },
  },
};

const book = {
  type: "object",
  required: ["id", "title"],
  properties: {
    id: { type: "integer", minimum: 7 },
    title: { type: "string", minLength: 3 },
    secret: { type: "string", writeOnly: true },
  },
};

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Mocked", version: "1" },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "x-key" },
      token: { type: "http", scheme: "bearer" },
    },
  },
  paths: {
    "/books/{id}": {
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "integer" } },
      ],
      get: {
        operationId: "getBook",
        responses: {
          "200": {
            description: "a book",
            headers: {
              "X-Count": { required: true, schema: { type: "integer" } },
            },
            content: {
              "application/json": {
                schema: book,
                examples: {
                  broken: { value: { id: 1, title: "no" } },
                  dune: { value: { id: 10, title: "Dune" } },
                  emma: { value: { id: 11, title: "Emma" } },
                },
              },
              "text/plain": { schema: { type: "string", example: "Dune" } },
            },
          },
          "404": problem,
          "4XX": problem,
        },
      },
      put: {
        operationId: "putBook",
        requestBody: {
          required: true,
          content: { "application/json": { schema: book } },
        },
        responses: { "204": { description: "done" }, "422": problem },
      },
    },
    "/secured": {
      get: {
        operationId: "secured",
        security: [{ key: [], token: [] }],
        responses: { "200": { description: "in", content: json(book) } },
      },
    },
    "/impossible": {
      get: {
        operationId: "impossible",
        responses: {
          "200": {
            description: "none",
            content: json({ type: "string", minLength: 3, maxLength: 2 }),
          },
        },
      },
    },
    "/picture": {
      get: {
        operationId: "picture",
        responses: {
          "200": { description: "a picture", content: { "image/png": {} } },
        },
      },
    },
    "/events": {
      get: {
        operationId: "events",
        responses: {
          "200": {
            description: "news",
            content: { "text/event-stream": { schema: { const: "news" } } },
          },
        },
      },
    },
    "/rows": {
      get: {
        operationId: "rows",
        responses: {
          "200": {
            description: "rows",
            content: { "application/x-ndjson": { "x-item-schema": book } },
          },
        },
      },
    },
    "/guarded": {
      put: {
        operationId: "guarded",
        responses: {
          "204": { description: "done" },
          "412": problem,
          "428": problem,
        },
      },
    },
    "/broken": {
      get: {
        operationId: "broken",
        responses: { "503": problem, default: problem },
      },
    },
  },
};

function json(schema: object) {
  return { "application/json": { schema } };
}

describe("kontract mock", () => {
  let mock: StartedMock;
  const folder = mkdtempSync(join(tmpdir(), "kontract-mock-test-"));
  beforeAll(async () => {
    writeFileSync(join(folder, "api.json"), JSON.stringify(DOCUMENT));
    mock = await startMock("api.json", "--cwd", folder);
  });
  afterAll(async () => {
    await mock.stop();
    rmSync(folder, { recursive: true });
  });

  async function get(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(mock.url + path, { headers });
    const text = await response.text();
    const type = response.headers.get("content-type");
    const body: unknown = /[/+]json/.test(type ?? "") ? JSON.parse(text) : text;
    const preference = response.headers.get("preference-applied");
    const { status } = response;
    return { status, body, type, preference, headers: response.headers };
  }

  it("answers from the first example that is valid", async () => {
    const { status, body, headers } = await get("/books/1");
    expect([status, body]).toEqual([200, { id: 10, title: "Dune" }]);
    expect(Number(headers.get("x-count"))).toBe(1);
  });

  it("gives the example that is preferred, and says so", async () => {
    const found = await get("/books/1", { prefer: 'example="emma"' });
    expect(found.body).toEqual({ id: 11, title: "Emma" });
    expect(found.preference).toBe("example=emma");
    const unknown = await get("/books/1", { prefer: "example=none" });
    expect([unknown.status, unknown.preference]).toEqual([200, null]);
  });

  it("gives the status that is preferred, of a range as well", async () => {
    const missing = await get("/books/1", { prefer: "wait=10, code=404" });
    expect(missing.body).toMatchObject({ status: 404, title: "Not Found" });
    expect(missing.preference).toBe("code=404");
    const teapot = await get("/books/1", { prefer: "code=418" });
    expect(teapot.status).toBe(418);
    const undeclared = await get("/books/1", { prefer: "code=302" });
    expect([undeclared.status, undeclared.preference]).toEqual([200, null]);
  });

  it("lets the client choose the media type", async () => {
    const { type, body } = await get("/books/1", { accept: "text/*" });
    expect([type, body]).toEqual(["text/plain; charset=utf-8", "Dune"]);
    const { status } = await get("/books/1", { accept: "image/png" });
    expect(status).toBe(406);
  });

  it("makes what has no example, without what is write-only", async () => {
    const credentials = { "x-key": "k", authorization: "Bearer t" };
    const { body } = await get("/secured", credentials);
    expect(body).toEqual({ id: 7, title: "text" });
  });

  it("takes any credential, but not none", async () => {
    expect((await get("/secured")).status).toBe(401);
    expect((await get("/secured", { "x-key": "k" })).status).toBe(401);
    const basic = { "x-key": "k", authorization: "Basic x" };
    expect((await get("/secured", basic)).status).toBe(401);
  });

  it("validates requests as the service will", async () => {
    expect((await get("/books/first")).status).toBe(400);
    const put = (body: string) =>
      fetch(`${mock.url}/books/1`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body,
      });
    expect((await put('{"id":1}')).status).toBe(422);
    expect((await put("{")).status).toBe(400);
    expect((await put('{"id":7,"title":"Dune"}')).status).toBe(204);
    expect((await get("/nowhere")).status).toBe(404);
  });

  it("takes the version that a client has for the current one", async () => {
    const put = async (headers: Record<string, string>) => {
      const answer = await fetch(`${mock.url}/guarded`, {
        method: "PUT",
        headers,
      });
      return answer.status;
    };
    expect(await put({})).toBe(428);
    expect(await put({ "if-match": '"7"' })).toBe(204);
    expect(await put({ "if-match": "*" })).toBe(204);
    expect(await put({ "if-match": '"7"', prefer: "code=412" })).toBe(412);
    expect(await put({ "if-none-match": "*" })).toBe(204);
    expect(mock.stderr()).toBe("");
  });

  it("sends bytes, and streams that end", async () => {
    const picture = await fetch(`${mock.url}/picture`);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
    const { body } = await get("/events");
    expect(String(body).match(/^data: news$/gm)).toHaveLength(3);
    const rows = await get("/rows");
    expect(rows.body).toBe('{"id":7,"title":"text"}\n'.repeat(3));
  });

  it("answers with what is declared where there is no success", async () => {
    const { status, body } = await get("/broken");
    expect([status, body]).toMatchObject([200, { title: expect.anything() }]);
    const preferred = await get("/broken", { prefer: "code=503" });
    expect(preferred.status).toBe(503);
  });

  it("says of a schema that allows nothing that it does", async () => {
    const { status, body } = await get("/impossible");
    expect(status).toBe(501);
    expect(body).toMatchObject({ detail: expect.stringMatching(/no value/) });
  });

  it("lets pages of any origin in where the document names none", async () => {
    const { headers } = await get("/books/1", { origin: "https://a.example" });
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  it("prints one line, and ends in good order", async () => {
    const other = await startMock("api.json", "--cwd", folder);
    expect(other.stdout()).toBe(`listening on ${other.url}\n`);
    expect(await other.stop("SIGINT")).toBe(0);
    expect(other.stderr()).toBe("");
  });
});

describe("a project with types of its own", () => {
  it("is served with values as they are on the wire, by code in any suffix", async () => {
    const value = {
      type: "object",
      required: ["at", "many", "price"],
      properties: {
        at: { type: "string", format: "date-time" },
        many: { type: "integer", "x-ts-type": "bigint" },
        price: { type: "string", format: "money" },
      },
    };
    const folder = temporaryFolder({
      "api.json": JSON.stringify({
        openapi: "3.1.0",
        info: { title: "Typed", version: "1" },
        paths: {
          "/echo": {
            post: {
              operationId: "echo",
              requestBody: { required: true, content: json(value) },
              responses: { "200": { description: "ok", content: json(value) } },
            },
          },
        },
      }),
      "kontract.config.json": JSON.stringify({
        spec: "api.json",
        importExtension: ".ts",
        formats: { "date-time": "Date", money: "money" },
        types: {
          money: {
            type: "Money",
            module: "./absent.ts",
            parse: "read",
            serialize: "write",
          },
        },
      }),
    });
    const mock = await startMock("api.json", "--cwd", folder);
    const response = await fetch(`${mock.url}/echo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"at":"2024-01-01T00:00:00Z","many":1,"price":"5"}',
    });
    const body: unknown = await response.json();
    expect(mock.stderr()).toBe("");
    expect(await mock.stop()).toBe(0);
    expect([response.status, body]).toEqual([
      200,
      { at: expect.stringMatching(/^20/), many: 1, price: "text" },
    ]);
  });
});

describe("a command line that cannot be", () => {
  it("is refused, and so is a document that cannot be served", async () => {
    const folder = temporaryFolder({
      "api.json": JSON.stringify(DOCUMENT),
      "bad.json": '{"openapi":"3.1.0"',
    });
    const port = await runKontract(folder, "mock", "api.json", "--port", "x");
    expect(port.exit).toBe(2);
    expect((await runKontract(folder, "mock", "bad.json")).exit).toBe(3);
    const host = ["--port", "0", "--host", "192.0.2.77"];
    const away = await runKontract(folder, "mock", "api.json", ...host);
    expect([away.exit, away.stderr]).toEqual([
      2,
      expect.stringMatching(/cannot listen/),
    ]);
  });
});
