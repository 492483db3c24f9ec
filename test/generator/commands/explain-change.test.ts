import { describe, expect, it } from "vitest";
import { explainChanges } from "../../../generator/src/commands/explain-change.js";
import type { Json } from "../../../generator/src/load/document.js";

function operation(method: string, path: string, hash = "1") {
  const id = `${method} ${path}`;
  return { id, method, path, group: "g", handler: `g.${id}`, file: "", hash };
}

function bundle(paths: Json, components: Json = {}): Json {
  return { openapi: "3.1.0", paths, components };
}

describe("why an operation has changed", () => {
  const cases: [string, Json, Json, string[]][] = [
    [
      "its own members",
      bundle({ "/a": { get: { summary: "x", deprecated: true } } }),
      bundle({ "/a": { get: { summary: "y", tags: [] } } }),
      [
        "/paths/~1a/get/summary",
        "/paths/~1a/get/deprecated",
        "/paths/~1a/get/tags",
      ],
    ],
    [
      "parameters of its path, not other operations of it",
      bundle({ "/a": { get: {}, put: { summary: "x" }, parameters: [1] } }),
      bundle({ "/a": { get: {}, put: { summary: "y" }, parameters: [2] } }),
      ["/paths/~1a/parameters/0"],
    ],
    [
      "what it refers to, by whatever way, and nothing else",
      bundle(
        { "/a": { get: { schema: { $ref: "#/components/schemas/A" } } } },
        {
          schemas: {
            A: { items: { $ref: "#/components/schemas/B~1%20C" } },
            "B/ C": { max: 1 },
            D: 1,
          },
        },
      ),
      bundle(
        { "/a": { get: { schema: { $ref: "#/components/schemas/A" } } } },
        {
          schemas: {
            A: { items: { $ref: "#/components/schemas/B~1%20C" } },
            "B/ C": { max: 2 },
            D: 2,
          },
        },
      ),
      ["/components/schemas/B~1 C/max"],
    ],
    [
      "a document that cannot be compared",
      "not a document",
      bundle({ "/a": { get: {} } }),
      [""],
    ],
  ];
  it.each(cases)("%s", (_, before, after, at) => {
    const changes = explainChanges(
      { operations: [operation("GET", "/a")], bundle: before },
      { operations: [operation("GET", "/a", "2")], bundle: after },
    );
    expect(changes).toEqual([
      { operation: "GET /a", handler: "g.GET /a", what: "changed", at },
    ]);
  });

  it("lists what came and went, and keeps quiet about the rest", () => {
    const changes = explainChanges(
      {
        operations: [operation("GET", "/a"), operation("GET", "/b")],
        bundle: undefined,
      },
      {
        operations: [operation("GET", "/b"), operation("PUT", "/b")],
        bundle: undefined,
      },
    );
    expect(
      changes.map(({ operation, what }) => `${operation} ${what}`),
    ).toEqual(["PUT /b added", "GET /a removed"]);
  });

  it("tells operations apart that share a route, and follows a new id", () => {
    const first = { ...operation("GET", "/a"), id: "one" };
    const second = { ...operation("GET", "/a", "2"), id: "two" };
    const other = { ...operation("GET", "/b"), id: "old" };
    const renamed = { ...operation("GET", "/b"), id: "new", handler: "g.new" };
    const changes = explainChanges(
      { operations: [first, second, other], bundle: undefined },
      { operations: [first, second, renamed], bundle: undefined },
    );
    expect(changes).toEqual([
      { operation: "GET /b", handler: "g.new", what: "changed", at: [] },
    ]);
  });

  it("does not follow a document into the depth for ever", () => {
    let before: Json = 1;
    let after: Json = 2;
    for (let i = 0; i < 50_000; i++) {
      before = { a: before };
      after = { a: after };
    }
    const changes = explainChanges(
      {
        operations: [operation("GET", "/a")],
        bundle: { paths: { "/a": { get: before } } },
      },
      {
        operations: [operation("GET", "/a", "2")],
        bundle: { paths: { "/a": { get: after } } },
      },
    );
    expect(changes[0]?.at).toHaveLength(1);
  });

  it("is not misled by names of prototypes", () => {
    const changes = explainChanges(
      {
        operations: [operation("GET", "/a")],
        bundle: bundle({
          "/a": { get: { schema: { $ref: "#/constructor/name" } } },
        }),
      },
      {
        operations: [operation("GET", "/a", "2")],
        bundle: JSON.parse(
          '{"openapi":"3.1.0","components":{},"paths":{"/a":{"get":{"__proto__":{"x":1},"schema":{"$ref":"#/constructor/name"}}}}}',
        ) as Json,
      },
    );
    expect(changes[0]?.at).toEqual(["/paths/~1a/get/__proto__"]);
  });
});
