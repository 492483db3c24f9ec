/** Lists in pages, from the document to the wire: what handlers are given, what clients see, where links lead. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingLogger, type Running } from "../fixture/serve.js";
import { serveDocument } from "../../service.js";

const DAY = 24 * 60 * 60 * 1000;
const number = { type: "integer", minimum: 0 };
const limit = {
  name: "limit",
  in: "query",
  schema: { type: "integer", minimum: 1, maximum: 100, default: 10 },
};
const list = { type: "array", items: { type: "integer" } };
const answer = (schema: object) => ({
  "200": {
    description: "A page",
    content: { "application/json": { schema } },
  },
});
const inQuery = (name: string, schema: object = { type: "string" }) => ({
  name,
  in: "query",
  schema,
});

const document = {
  openapi: "3.1.0",
  info: { title: "Lists", version: "1" },
  paths: {
    "/pages": {
      get: {
        operationId: "pages",
        "x-pagination": { style: "page" },
        parameters: [
          inQuery("page", { type: "integer", minimum: 1, default: 1 }),
          limit,
          inQuery("q"),
        ],
        responses: answer({
          type: "object",
          required: ["data", "meta", "object"],
          properties: {
            object: { const: "list" },
            data: list,
            meta: {
              type: "object",
              required: ["total", "page", "per_page", "total_pages"],
              properties: {
                total: number,
                page: number,
                per_page: number,
                total_pages: number,
              },
            },
            links: {
              type: "object",
              properties: {
                next: { type: ["string", "null"] },
                prev: { type: "string" },
              },
            },
          },
        }),
      },
    },
    "/offsets": {
      get: {
        operationId: "offsets",
        "x-pagination": {
          style: "offset",
          inputs: { offset: "$request.query.skip" },
          defaultLimit: 5,
          maxLimit: 7,
        },
        parameters: [
          inQuery("skip", { ...number, default: 0 }),
          inQuery("limit", { type: "integer", minimum: 1 }),
        ],
        responses: answer(list),
      },
    },
    "/cursors": {
      get: {
        operationId: "cursors",
        "x-pagination": true,
        parameters: [inQuery("cursor"), limit, inQuery("status")],
        responses: answer({
          type: "object",
          required: ["items", "next_cursor"],
          properties: {
            items: list,
            next_cursor: { type: ["string", "null"] },
            has_more: { type: "boolean" },
          },
        }),
      },
    },
  },
};

interface Input {
  page: { number: number; offset: number; limit: number; cursor?: number };
  query: Record<string, string>;
  reply: { ok(items: unknown, extra?: object): unknown };
}

const ALL = Array.from({ length: 45 }, (_, index) => index);

describe("a list in pages", () => {
  let running: Running;
  let clock = Date.UTC(2026, 0, 1);
  const { logger, lines } = recordingLogger();
  const given: unknown[] = [];

  beforeAll(async () => {
    const root = {
      pages({ page, query, reply }: Input) {
        given.push(page);
        const all = query["q"] === "none" ? [] : ALL;
        const items = all.slice(page.offset, page.offset + page.limit);
        return reply.ok(items, { total: all.length });
      },
      offsets({ page, reply }: Input) {
        given.push(page);
        return reply.ok(ALL.slice(page.offset, page.offset + page.limit));
      },
      cursors({ page, reply }: Input) {
        const from = page.cursor ?? 0;
        const to = from + page.limit;
        const next = to < ALL.length ? { next: to } : undefined;
        return reply.ok(ALL.slice(from, to), next);
      },
    };
    running = await serveDocument(
      "pagination",
      document,
      { root },
      {
        logger,
        now: () => clock,
        cursors: { keys: { k1: "0123456789abcdef" }, ttl: DAY },
      },
    );
  });
  afterAll(() => running.close());

  async function ask(path: string) {
    const response = await fetch(running.url + path);
    const body: unknown = await response.json();
    return { status: response.status, body, links: linksOf(response) };
  }

  describe("by number", () => {
    it("has the default size, its place, and links to its neighbours", async () => {
      given.length = 0;
      const { body, links } = await ask("/pages?page=2&q=a%20b");
      expect(given).toEqual([{ number: 2, limit: 10, offset: 10 }]);
      expect(body).toEqual({
        object: "list",
        data: ALL.slice(10, 20),
        meta: { total: 45, page: 2, per_page: 10, total_pages: 5 },
        links: {
          next: "/pages?q=a%20b&page=3",
          prev: "/pages?q=a%20b&page=1",
        },
      });
      expect(links).toEqual({
        first: "/pages?q=a%20b&page=1",
        prev: "/pages?q=a%20b&page=1",
        next: "/pages?q=a%20b&page=3",
        last: "/pages?q=a%20b&page=5",
      });
    });

    it.each([
      ["/pages?page=5", { first: 1, prev: 4, last: 5 }, 5],
      ["/pages", { first: 1, next: 2, last: 5 }, 10],
      // Beyond the end: empty, and the way back.
      ["/pages?page=9", { first: 1, prev: 5, last: 5 }, 0],
      // Nothing at all is one empty page.
      ["/pages?q=none", { first: 1, last: 1 }, 0],
    ])("%s", async (path, expected, count) => {
      const { body, links } = await ask(path);
      const numbers = Object.entries(links).map(([rel, href]) => [
        rel,
        Number(new URL(href, "http://x").searchParams.get("page")),
      ]);
      expect(Object.fromEntries(numbers)).toEqual(expected);
      expect(Reflect.get(body as object, "data")).toHaveLength(count);
    });

    it("writes null where a link does not apply and null is declared, and nothing otherwise", async () => {
      const { body } = await ask("/pages?page=5");
      expect(Reflect.get(body as object, "links")).toEqual({
        next: null,
        prev: "/pages?page=4",
      });
    });

    it.each([
      "limit=0",
      "limit=101",
      "limit=",
      "limit=1e2",
      "page=0",
      "limit=1&limit=2",
    ])("refuses %s", async (query) => {
      const { status, body } = await ask(`/pages?${query}`);
      expect(status).toBe(400);
      expect(Reflect.get(body as object, "errors")).toEqual([
        expect.objectContaining({
          in: "query",
          parameter: query.split("=")[0],
        }),
      ]);
    });

    it("leads through the whole list by links alone", async () => {
      expect(await walk("/pages?limit=7", "data")).toEqual(ALL);
    });
  });

  describe("by offset", () => {
    it("takes its limits from the extension where the parameter has none", async () => {
      given.length = 0;
      const { body } = await ask("/offsets?skip=3");
      expect(given).toEqual([{ offset: 3, limit: 5 }]);
      expect(body).toEqual([3, 4, 5, 6, 7]);
      expect((await ask("/offsets?limit=8")).status).toBe(400);
    });

    it("links to a next page as long as pages are full", async () => {
      expect(await ask("/offsets?skip=3")).toMatchObject({
        links: {
          first: "/offsets?skip=0",
          prev: "/offsets?skip=0",
          next: "/offsets?skip=8",
        },
      });
      expect((await ask("/offsets?skip=44")).links).not.toHaveProperty("next");
      expect(await walk("/offsets", undefined)).toEqual(ALL);
    });
  });

  describe("by cursor", () => {
    it("leads through the whole list, and says where it ends", async () => {
      expect(await walk("/cursors?limit=7", "items")).toEqual(ALL);
      const { body } = await ask("/cursors?limit=100");
      expect(body).toEqual({ items: ALL, next_cursor: null, has_more: false });
    });

    it("is opaque, and gives the handler what it gave", async () => {
      const { body } = await ask("/cursors");
      const cursor = String(Reflect.get(body as object, "next_cursor"));
      expect(cursor).toMatch(/^[\w-]+\.k1\.[\w-]{24}$/);
      expect((await ask(`/cursors?cursor=${cursor}`)).body).toMatchObject({
        items: ALL.slice(10, 20),
      });
    });

    it.each([
      ["another filter", (cursor: string) => `status=new&cursor=${cursor}`],
      ["a changed value", (cursor: string) => `cursor=x${cursor}`],
      [
        "a changed signature",
        (cursor: string) =>
          `cursor=${cursor.slice(0, -1)}${cursor.endsWith("A") ? "B" : "A"}`,
      ],
      [
        "another key",
        (cursor: string) => `cursor=${cursor.replace(".k1.", ".k2.")}`,
      ],
      ["no cursor at all", () => "cursor=abc"],
      ["no JSON", () => "cursor=e30.k1."],
      ["endless text", () => `cursor=${"a".repeat(5000)}`],
    ])("is refused with %s", async (_what, query) => {
      const first = await ask("/cursors");
      const cursor = String(Reflect.get(first.body as object, "next_cursor"));
      const { status, body } = await ask(`/cursors?${query(cursor)}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({
        status: 400,
        errors: [{ in: "query", parameter: "cursor", code: "cursor" }],
      });
    });

    it("goes on with another page size, and is good for a while", async () => {
      const first = await ask("/cursors");
      const cursor = String(Reflect.get(first.body as object, "next_cursor"));
      const again = `/cursors?limit=3&cursor=${cursor}`;
      expect((await ask(again)).body).toMatchObject({ items: [10, 11, 12] });
      clock += DAY + 2000;
      expect((await ask(again)).status).toBe(400);
      clock -= DAY + 2000;
    });
  });

  it("leaves nothing in the log", () => {
    expect(lines).toEqual([]);
  });

  /** Follows `next` from page to page. */
  async function walk(start: string, member: string | undefined) {
    const items: unknown[] = [];
    let path: string | undefined = start;
    for (let pages = 0; path !== undefined; pages++) {
      expect(pages).toBeLessThan(50);
      const { body, links } = await ask(path);
      const page: unknown =
        member === undefined ? body : Reflect.get(body as object, member);
      expect(Array.isArray(page)).toBe(true);
      items.push(...(page as unknown[]));
      path = links["next"];
    }
    return items;
  }
});

function linksOf(response: Response): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, href = "", rel = ""] of (
    response.headers.get("link") ?? ""
  ).matchAll(/<([^>]*)>; rel="(\w+)"/g)) {
    found[rel] = href;
  }
  return found;
}
