/** Entity tags, dates, preconditions and cache headers, from the document to the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingLogger, type Running } from "../fixture/serve.js";
import { serveDocument } from "../../service.js";

const book = {
  type: "object",
  required: ["id", "version", "updatedAt"],
  properties: {
    id: { type: "string" },
    version: { type: "integer" },
    updatedAt: { type: "string", format: "date-time" },
  },
};
const content = { "application/json": { schema: book } };
const text = { schema: { type: "string" } };
const param = { name: "id", in: "path", required: true, ...text };
const nothing = { description: "Nothing" };

const document = {
  openapi: "3.1.0",
  info: { title: "Shelf", version: "1" },
  paths: {
    "/computed/{id}": {
      parameters: [param, { name: "X-Branch", in: "header", ...text }],
      get: {
        operationId: "computed",
        responses: {
          "200": {
            description: "A book",
            headers: {
              ETag: { required: true, ...text },
              "Cache-Control": { schema: { const: "max-age=60" } },
              "CDN-Cache-Control": { schema: { const: "max-age=600" } },
            },
            content,
          },
          "304": nothing,
        },
      },
    },
    "/taken/{id}": {
      parameters: [param],
      get: {
        operationId: "taken",
        "x-etag": { from: "$response.body#/version" },
        "x-last-modified": { from: "$response.body#/updatedAt" },
        responses: { "200": { description: "A book", content } },
      },
      put: {
        operationId: "guarded",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { type: "object" } } },
        },
        responses: {
          "200": { description: "A book", content },
          "412": nothing,
          "428": nothing,
        },
      },
      patch: {
        operationId: "careless",
        responses: { "204": nothing, "412": nothing },
      },
    },
  },
};

interface Input {
  params: { id: string };
  preconditions: {
    check(current: object | undefined): void;
    ifMatch: readonly string[] | "*" | undefined;
  };
  reply: { ok(body: unknown, extra?: object): unknown; noContent(): unknown };
}

describe("HTTP caching", () => {
  let running: Running;
  const books = new Map([
    ["1", { id: "1", version: 3, updatedAt: "2026-01-01T00:00:00.500Z" }],
  ]);
  const { logger, lines } = recordingLogger();

  beforeAll(async () => {
    const root = {
      computed: ({ params, reply }: Input) => {
        if (params.id === "boom") throw new Error("boom");
        return reply.ok({ ...books.get("1"), id: params.id });
      },
      taken: ({ reply }: Input) => reply.ok(books.get("1")),
      guarded({ params, preconditions, reply }: Input) {
        const now = books.get(params.id);
        preconditions.check(
          now && { etag: String(now.version), lastModified: now.updatedAt },
        );
        const next = {
          id: params.id,
          version: (now?.version ?? 0) + 1,
          updatedAt: "2026-01-02T00:00:00Z",
        };
        return reply.ok(next);
      },
      careless: ({ reply }: Input) => reply.noContent(),
    };
    running = await serveDocument(
      "http-caching",
      document,
      { root },
      {
        logger,
        now: () => Date.parse("2026-02-01T00:00:00Z"),
      },
    );
  });
  afterAll(() => running.close());

  const ask = (
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ) =>
    fetch(running.url + path, {
      method,
      headers:
        method === "PUT"
          ? { "content-type": "application/json", ...headers }
          : headers,
      ...(method === "PUT" ? { body: "{}" } : {}),
    });

  it("computes a strong tag from the bytes, equal for equal ones only", async () => {
    const one = await ask("/computed/1");
    const same = await ask("/computed/1");
    const other = await ask("/computed/2");
    expect(one.headers.get("etag")).toMatch(/^"[\w-]{22}"$/);
    expect(same.headers.get("etag")).toBe(one.headers.get("etag"));
    expect(other.headers.get("etag")).not.toBe(one.headers.get("etag"));
  });

  it("sends the declared Cache-Control, what the answer varies by, and stores no errors", async () => {
    const fine = await ask("/computed/1");
    expect(fine.headers.get("cache-control")).toBe("max-age=60");
    expect(fine.headers.get("cdn-cache-control")).toBe("max-age=600");
    expect(fine.headers.get("vary")).toBe("X-Branch");
    for (const failed of [await ask("/computed/boom")]) {
      expect(failed.status).toBe(500);
      expect(failed.headers.get("cache-control")).toBe("no-store");
      expect(failed.headers.get("cdn-cache-control")).toBeNull();
      expect(failed.headers.get("etag")).toBeNull();
    }
  });

  it.each(["GET", "HEAD"])(
    "answers 304 to %s with all that a cache needs, and no body",
    async (method) => {
      const { headers } = await ask("/computed/1");
      const tag = headers.get("etag") ?? "";
      const again = await ask(
        "/computed/1",
        { "if-none-match": `"x", W/${tag}` },
        method,
      );
      expect(again.status).toBe(304);
      expect(await again.text()).toBe("");
      expect(again.headers.get("etag")).toBe(tag);
      expect(again.headers.get("cache-control")).toBe("max-age=60");
      expect(again.headers.get("vary")).toBe("X-Branch");
      expect(again.headers.get("date")).not.toBeNull();
      expect(again.headers.get("content-type")).toBeNull();
      expect(again.headers.get("content-length")).toBeNull();
    },
  );

  it("takes tag and date from the body where the document says so", async () => {
    const response = await ask("/taken/1");
    expect(response.headers.get("etag")).toBe('"3"');
    expect(response.headers.get("last-modified")).toBe(
      "Thu, 01 Jan 2026 00:00:00 GMT",
    );
    expect(
      (
        await ask("/taken/1", {
          "if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT",
        })
      ).status,
    ).toBe(304);
    expect((await ask("/taken/1", { "if-match": '"2"' })).status).toBe(412);
    const future = books.get("1");
    books.set("1", { id: "1", version: 4, updatedAt: "2027-01-01T00:00:00Z" });
    // RFC 9110 8.8.2.1: never later than the answer.
    expect((await ask("/taken/1")).headers.get("last-modified")).toBe(
      "Sun, 01 Feb 2026 00:00:00 GMT",
    );
    if (future) books.set("1", future);
  });

  it.each<[string, Record<string, string>, number]>([
    ["1", {}, 428],
    ["1", { "if-match": '"3"' }, 200],
    ["1", { "if-match": '"2"' }, 412],
    ["1", { "if-match": "*" }, 200],
    ["1", { "if-none-match": "*" }, 412],
    ["1", { "if-unmodified-since": "Thu, 01 Jan 2026 00:00:00 GMT" }, 200],
    ["9", { "if-none-match": "*" }, 200],
    ["9", { "if-match": "*" }, 412],
  ])("guards a write: %s %j", async (id, headers, status) => {
    const response = await ask(`/taken/${id}`, headers, "PUT");
    expect(response.status).toBe(status);
  });

  it("says so when a handler does not look", async () => {
    lines.length = 0;
    expect((await ask("/taken/1", {}, "PATCH")).status).toBe(204);
    expect(lines).toEqual([]);
    expect((await ask("/taken/1", { "if-match": '"0"' }, "PATCH")).status).toBe(
      204,
    );
    expect(lines.map(({ message }) => message)).toEqual([
      expect.stringContaining("careless did not look at the preconditions"),
    ]);
  });
});
