/** Envelopes around the data of answers, from the document to the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "@kontract/runtime";
import { generateService } from "../../service.js";
import { build } from "../../generator/model/build.js";
import { type Running, serve } from "../fixture/serve.js";

const envelope = (data: object, meta: object = {}) => ({
  type: "object",
  required: ["data", "meta"],
  properties: {
    api: { type: "string", const: "books" },
    data,
    meta: {
      type: "object",
      required: ["requestId", "timestamp", ...Object.keys(meta)],
      properties: {
        requestId: { type: "string" },
        timestamp: { type: "string", format: "date-time" },
        ...meta,
      },
    },
  },
});
const book = {
  type: "object",
  required: ["title"],
  properties: { title: { type: "string" } },
};
const answer = (schema: object, more: object = {}) => ({
  "200": {
    description: "Fine",
    content: { "application/json": { schema } },
    ...more,
  },
});
const tagged = { headers: { ETag: { schema: { type: "string" } } } };

const document = {
  openapi: "3.1.0",
  info: { title: "Books", version: "1" },
  "x-envelope": { data: "data", meta: "meta" },
  paths: {
    "/book": {
      get: {
        operationId: "getBook",
        parameters: [
          { name: "title", in: "query", schema: { type: "string" } },
        ],
        responses: answer(envelope(book), tagged),
      },
    },
    "/kept": {
      get: {
        operationId: "getKept",
        "x-caching": { ttl: "60s", scope: "public" },
        responses: answer(envelope(book), tagged),
      },
    },
    "/books": {
      get: {
        operationId: "listBooks",
        "x-pagination": "page",
        parameters: [
          { name: "page", in: "query", schema: { type: "integer" } },
          { name: "limit", in: "query", schema: { type: "integer" } },
        ],
        responses: answer(
          envelope(
            { type: "array", items: book },
            { total: { type: "integer" } },
          ),
        ),
      },
    },
    "/plain": {
      get: {
        operationId: "getPlain",
        "x-envelope": false,
        responses: answer(book),
      },
    },
  },
};

const TIME = Date.parse("2024-02-29T23:59:59.999Z");

describe("an envelope", () => {
  let running: Running;
  let now = TIME;
  let calls = 0;
  beforeAll(async () => {
    const { createRouter } = await generateService("envelope", document);
    const app = createApp();
    app.use(
      createRouter(
        {
          root: {
            getBook: ({ query }: { query: { title?: string } }) => ({
              status: 200,
              body: { title: query.title ?? "Emma" },
            }),
            getKept: () => {
              calls++;
              return { status: 200, body: { title: "Emma" } };
            },
            listBooks: () => ({
              status: 200,
              body: [{ title: "Emma" }],
              total: 41,
            }),
            getPlain: () => ({ status: 200, body: { title: "Emma" } }),
          },
        },
        { now: () => now, requestIds: true },
      ).routes(),
    );
    running = await serve(app);
  });
  afterAll(() => running.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(running.url + path, { headers });

  it("is written around what the handler gives", async () => {
    const response = await get("/book", { "X-Request-Id": "id-of-mine" });
    expect(await response.json()).toEqual({
      data: { title: "Emma" },
      meta: {
        requestId: "id-of-mine",
        timestamp: "2024-02-29T23:59:59.999Z",
      },
    });
    expect(response.headers.get("x-kontract-slots")).toBeNull();
    expect(response.headers.get("content-length")).toBe(
      String(
        (await (await get("/book", { "X-Request-Id": "id-of-mine" })).text())
          .length,
      ),
    );
  });

  it("takes the items of a page for data, and tells of the page in meta", async () => {
    const response = await get("/books?limit=10", {
      "X-Request-Id": "id-of-mine",
    });
    expect(await response.json()).toEqual({
      data: [{ title: "Emma" }],
      meta: {
        requestId: "id-of-mine",
        timestamp: "2024-02-29T23:59:59.999Z",
        total: 41,
      },
    });
    expect(response.headers.get("link")).toContain('rel="next"');
  });

  it("is left out where that is said", async () => {
    expect(await (await get("/plain")).json()).toEqual({ title: "Emma" });
  });

  it("has an id and a time of its own around bytes that were kept", async () => {
    const first = await get("/kept", { "X-Request-Id": "id-number-one" });
    now = TIME + 1000;
    const second = await get("/kept", { "X-Request-Id": 'id-number-"two' });
    const third = await get("/kept", { "X-Request-Id": "id-number-three" });
    expect(calls).toBe(1);
    expect(third.headers.get("cache-status")).toContain("hit");
    expect(await first.json()).toMatchObject({
      meta: {
        requestId: "id-number-one",
        timestamp: "2024-02-29T23:59:59.999Z",
      },
    });
    expect(await second.json()).toMatchObject({
      meta: { requestId: second.headers.get("x-request-id") },
    });
    expect(await third.json()).toMatchObject({
      data: { title: "Emma" },
      meta: {
        requestId: "id-number-three",
        timestamp: "2024-03-01T00:00:00.999Z",
      },
    });
  });

  it("has a weak tag that id and time do not change", async () => {
    const first = await get("/book");
    now += 5000;
    const second = await get("/book");
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"/);
    expect(second.headers.get("etag")).toBe(tag);
    const same = await get("/book", { "If-None-Match": tag });
    expect(same.status).toBe(304);
    expect(same.headers.get("x-kontract-slots")).toBeNull();
    const other = await get("/book?title=Persuasion");
    expect(other.headers.get("etag")).not.toBe(tag);
  });
});

describe("a document whose answers have no room", () => {
  it("is told where", async () => {
    const { diagnostics, operation } = await build({
      openapi: "3.1.0",
      info: { title: "Books", version: "1" },
      "x-envelope": true,
      paths: {
        "/a": { get: { operationId: "a", responses: answer(book) } },
        "/b": {
          get: {
            operationId: "b",
            responses: answer({
              allOf: [envelope(book)],
              required: ["odd"],
              properties: { odd: { type: "string" } },
            }),
          },
        },
        "/c": {
          get: {
            operationId: "c",
            "x-envelope": 7,
            responses: answer(envelope(book)),
          },
        },
      },
    });
    expect(
      diagnostics
        .filter(({ code }) => code === "KT2301")
        .map(({ origin, message }) => [origin.pointer, message]),
    ).toEqual([
      [
        "/paths/~1a/get/responses/200",
        "`x-envelope` is not applied: the 200 answer declares no member `data`",
      ],
      [
        "/paths/~1b/get/responses/200",
        "`x-envelope` is not applied: nothing is known that could be written to the required member `odd`",
      ],
      [
        "/paths/~1c/get/x-envelope",
        "`x-envelope` is not applied: it names no member for the data",
      ],
    ]);
    expect(operation("a").policies.envelope).toBeUndefined();
  });
});
