/** A client that knows one path, and finds every GET operation by links. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiCatalog, createApp } from "@kontract/runtime";
import { generateService } from "../../service.js";
import { type Running, serve } from "../fixture/serve.js";

const list = (operationId: string, item: string) => ({
  operationId,
  "x-links": {
    item: {
      operationId: item,
      parameters: { id: "$response.body#/*/id" },
    },
  },
  responses: {
    "200": {
      description: "All",
      content: {
        "application/json": {
          schema: {
            type: "array",
            items: {
              type: "object",
              properties: {
                id: { type: "string" },
                links: {
                  type: "object",
                  additionalProperties: { type: "string" },
                },
              },
            },
          },
        },
      },
    },
  },
});
const one = (operationId: string, links: object) => ({
  parameters: [
    { name: "id", in: "path", required: true, schema: { type: "string" } },
  ],
  get: {
    operationId,
    responses: { "204": { description: "It", links } },
  },
});
const document = {
  openapi: "3.1.0",
  info: { title: "Library", version: "1" },
  paths: {
    "/books": {
      get: list("listBooks", "getBook"),
      post: {
        operationId: "makeBook",
        responses: { "204": { description: "Made" } },
      },
    },
    "/books/{id}": one("getBook", { cover: { operationId: "getCover" } }),
    "/books/{id}/cover": one("getCover", { up: { operationId: "getBook" } }),
    "/authors": { get: list("listAuthors", "getAuthor") },
    "/authors/{id}": one("getAuthor", {}),
  },
};

describe("the catalogue of a service", () => {
  let running: Running;
  const called = new Set<string>();
  beforeAll(async () => {
    const { createRouter } = await generateService("api-catalog", document);
    const at =
      (name: string, answer: object = { status: 204 }) =>
      () => {
        called.add(name);
        return answer;
      };
    const all = { status: 200, body: [{ id: "a" }, { id: "b c" }] };
    const router = createRouter(
      {
        root: {
          listBooks: at("listBooks", all),
          makeBook: at("makeBook"),
          getBook: at("getBook"),
          getCover: at("getCover"),
          listAuthors: at("listAuthors", all),
          getAuthor: at("getAuthor"),
        },
      },
      { prefix: "/v1" },
    );
    const app = createApp();
    const entry = {
      router,
      serviceDesc: "/openapi.json",
      serviceDoc: "/docs",
    };
    app.use(
      Reflect.apply(apiCatalog, undefined, [[entry], { advertise: true }]),
    );
    app.use(router.routes());
    running = await serve(app);
  });
  afterAll(() => running.close());

  it("is a linkset with its profile", async () => {
    const response = await fetch(`${running.url}/.well-known/api-catalog`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(
      'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
    );
    expect(await response.json()).toEqual({
      linkset: [
        { anchor: "/.well-known/api-catalog", item: [{ href: "/v1" }] },
        {
          anchor: "/v1",
          "service-desc": [
            { href: "/openapi.json", type: "application/openapi+json" },
          ],
          "service-doc": [{ href: "/docs", type: "text/html" }],
          item: [{ href: "/v1/books" }, { href: "/v1/authors" }],
        },
      ],
    });
  });

  it("is named by every answer, with the descriptions of its service", async () => {
    const ours = await fetch(`${running.url}/v1/authors`);
    expect(ours.headers.get("link")).toBe(
      '</.well-known/api-catalog>; rel="api-catalog", </openapi.json>; rel="service-desc", </docs>; rel="service-doc"',
    );
    const other = await fetch(`${running.url}/elsewhere`);
    expect(other.headers.get("link")).toBe(
      '</.well-known/api-catalog>; rel="api-catalog"',
    );
  });

  it("leads to every GET operation", async () => {
    called.clear();
    const seen = new Set<string>();
    const pending = ["/.well-known/api-catalog"];
    for (
      let next = pending.shift();
      next !== undefined;
      next = pending.shift()
    ) {
      if (seen.has(next)) continue;
      seen.add(next);
      const response = await fetch(running.url + next);
      const text = await response.text();
      const field = response.headers.get("link") ?? "";
      for (const pattern of [/<([^>]*)>/g, /"(\/v1\/[^"]*)"/g]) {
        for (const [, href = ""] of `${field} ${text}`.matchAll(pattern)) {
          pending.push(href);
        }
      }
    }
    expect([...called].toSorted()).toEqual([
      "getAuthor",
      "getBook",
      "getCover",
      "listAuthors",
      "listBooks",
    ]);
  });
});
