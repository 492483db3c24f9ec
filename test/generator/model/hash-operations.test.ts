import { describe, expect, it } from "vitest";
import { build } from "./build.js";

interface Parts {
  operation?: object;
  parameters?: object[];
  answer?: object;
  book?: object;
  schemas?: object;
}

/** An operation that sees `Book`, which sees `Author`, which sees `Book`. */
async function hashOf({
  operation,
  parameters,
  answer,
  book,
  schemas,
}: Parts = {}) {
  const built = await build({
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: {
      "/books": {
        get: {
          operationId: "listBooks",
          summary: "Books",
          parameters: parameters ?? [
            { name: "limit", in: "query", schema: { type: "integer" } },
          ],
          responses: {
            "200": {
              description: "ok",
              content: {
                "application/json": {
                  schema: { $ref: "#/components/schemas/Book" },
                },
              },
              ...answer,
            },
          },
          ...operation,
        },
      },
    },
    components: {
      schemas: {
        Book: {
          type: "object",
          required: ["id", "title"],
          properties: {
            id: { type: "string" },
            title: { type: "string" },
            author: { $ref: "#/components/schemas/Author" },
          },
          ...book,
        },
        Author: {
          properties: {
            books: { items: { $ref: "#/components/schemas/Book" } },
          },
        },
        ...schemas,
      },
      securitySchemes: { key: { type: "apiKey", in: "header", name: "k" } },
    },
  });
  return built.operation("listBooks").hash;
}

it("a hash is 16 hexadecimal digits, the same each time", async () => {
  expect(await hashOf()).toMatch(/^[0-9a-f]{16}$/);
  expect(await hashOf()).toBe(await hashOf());
});

describe("it does not change with", () => {
  const rows: [name: string, parts: Parts][] = [
    ["summaries", { operation: { summary: "All books" } }],
    ["descriptions of answers", { answer: { description: "fine" } }],
    [
      "descriptions and examples of schemas",
      { book: { description: "A book", examples: [{}] } },
    ],
    ["schemas that nothing refers to", { schemas: { Shelf: {} } }],
    [
      "the order of fields",
      {
        book: {
          required: ["title", "id"],
          properties: {
            title: { type: "string" },
            author: { $ref: "#/components/schemas/Author" },
            id: { type: "string" },
          },
        },
      },
    ],
  ];
  it.each(rows)("%s", async (_, parts) => {
    expect(await hashOf(parts)).toBe(await hashOf());
  });
});

describe("it changes with", () => {
  const rows: [name: string, parts: Parts][] = [
    ["a parameter more", { parameters: [] }],
    [
      "the type of a parameter",
      {
        parameters: [
          { name: "limit", in: "query", schema: { type: "number" } },
        ],
      },
    ],
    [
      "a default",
      {
        parameters: [
          {
            name: "limit",
            in: "query",
            schema: { type: "integer", default: 5 },
          },
        ],
      },
    ],
    [
      "a header of an answer",
      { answer: { headers: { etag: { schema: { type: "string" } } } } },
    ],
    ["a media type", { answer: { content: { "text/csv": {} } } }],
    [
      "a body",
      { operation: { requestBody: { content: { "application/json": {} } } } },
    ],
    ["security", { operation: { security: [{ key: [] }] } }],
    ["a policy", { operation: { "x-caching": { ttl: 60 } } }],
    ["deprecation", { operation: { deprecated: true } }],
    ["a schema that it sees", { book: { minProperties: 1 } }],
    [
      "a schema that it sees through others, in a circle",
      {
        schemas: {
          Author: {
            properties: {
              name: {},
              books: { items: { $ref: "#/components/schemas/Book" } },
            },
          },
        },
      },
    ],
  ];
  it.each(rows)("%s", async (_, parts) => {
    expect(await hashOf(parts)).not.toBe(await hashOf());
  });
});
