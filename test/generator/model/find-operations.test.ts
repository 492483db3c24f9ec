import { describe, expect, it } from "vitest";
import { build } from "./build.js";

const responses = { "200": { description: "ok" } };

function withPaths(paths: object, openapi = "3.1.0"): object {
  return { openapi, info: { title: "t", version: "1" }, paths };
}

async function idsOf(paths: object): Promise<string[]> {
  const { api } = await build(withPaths(paths));
  return api.groups.flatMap(({ operations }) => operations.map(({ id }) => id));
}

describe("operations", () => {
  it("stand in document order, with method, path and segments", async () => {
    const { operation } = await build(
      withPaths({
        "/files/{name}.{ext}/%20/": {
          put: { operationId: "put", responses },
          get: { operationId: "get", responses },
        },
        "x-paths": { get: { operationId: "no", responses } },
      }),
    );
    expect(operation("get")).toMatchObject({
      method: "GET",
      path: "/files/{name}.{ext}/%20/",
      segments: [
        { parts: ["files"] },
        { parts: [{ variable: "name" }, ".", { variable: "ext" }] },
        { parts: [" "] },
        { parts: [] },
      ],
      routed: true,
    });
    expect(operation("put").method).toBe("PUT");
  });

  it("of 3.2 may have any method", async () => {
    const paths = {
      "/a": {
        query: { operationId: "q", responses },
        additionalOperations: { COPY: { operationId: "c", responses } },
      },
    };
    const latest = await build(withPaths(paths, "3.2.0"));
    expect(latest.operation("q").method).toBe("QUERY");
    expect(latest.operation("c").method).toBe("COPY");
    const earlier = await build(withPaths(paths, "3.1.0"));
    expect(earlier.api.groups).toEqual([]);
  });

  it("of a path item elsewhere count, and its neighbours win", async () => {
    const { operation } = await build({
      ...withPaths({
        "/a": {
          $ref: "#/components/pathItems/shared",
          post: { operationId: "near", responses },
          parameters: [{ name: "q", in: "query", required: true, schema: {} }],
        },
      }),
      components: {
        pathItems: {
          shared: {
            get: { operationId: "far", responses },
            post: { operationId: "hidden", responses },
            parameters: [
              { name: "q", in: "query", schema: {} },
              { name: "r", in: "query", schema: {} },
            ],
          },
        },
      },
    });
    const { params } = operation("far");
    expect(params.map(({ name, required }) => [name, required])).toEqual([
      ["q", true],
      ["r", false],
    ]);
    expect(operation("near").method).toBe("POST");
  });
});

describe("ids", () => {
  it("are derived from method and path where none is written", async () => {
    const get = { get: { responses } };
    expect(
      await idsOf({
        "/users/{user-id}/posts": get,
        "/": get,
        "/v1.0/a_b": { get: { operationId: "  ", responses } },
      }),
    ).toEqual(["getUsersByUserIdPosts", "getRoot", "getV10AB"]);
  });

  it("do not change when something unrelated is added", async () => {
    const get = { get: { responses } };
    const before = await idsOf({ "/a/b": get, "/a-b": get, "/a.b": get });
    const after = await idsOf({
      "/0": get,
      "/a/b": get,
      "/z": get,
      "/a-b": get,
      "/a.b": get,
    });
    expect(new Set(before).size).toBe(3);
    expect(after.filter((id) => before.includes(id))).toEqual(before);
  });

  it("that are written keep their names, wherever they stand", async () => {
    const [derived, written] = await idsOf({
      "/a": { get: { responses } },
      "/b": { get: { operationId: "getA", responses } },
    });
    expect(written).toBe("getA");
    expect(derived).toMatch(/^getA_[0-9a-f]{6}$/);
  });
});

describe("routes", () => {
  it("go to the first when a dropped query makes paths equal", async () => {
    const { operation, diagnostics } = await build(
      withPaths({
        "/a?beta=true": { get: { operationId: "first", responses } },
        "/a": {
          get: { operationId: "second", responses },
          put: { operationId: "third", responses },
        },
      }),
    );
    const routed = ["first", "second", "third"].map(
      (id) => operation(id).routed,
    );
    expect(routed).toEqual([true, false, true]);
    expect(operation("first").path).toBe("/a");
    expect(diagnostics).toMatchObject([
      {
        code: "KT2103",
        severity: "warning",
        origin: { pointer: "/paths/~1a/get" },
        related: [{ pointer: "/paths/~1a?beta=true/get" }],
      },
    ]);
  });

  it("go to the first when paths differ in the names of variables, which the linter refuses", async () => {
    const { operation, diagnostics } = await build(
      withPaths({
        "/{a}": { get: { operationId: "a", responses } },
        "/{b}": { get: { operationId: "b", responses } },
      }),
    );
    expect([operation("a").routed, operation("b").routed]).toEqual([
      true,
      false,
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("are equal when their decoded texts are", async () => {
    const { operation } = await build(
      withPaths({
        "/a b": { get: { operationId: "a", responses } },
        "/a%20b": { get: { operationId: "b", responses } },
        "/a%2520b": { get: { operationId: "c", responses } },
      }),
    );
    expect(["a", "b", "c"].map((id) => operation(id).routed)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("groups", () => {
  it("come from the extension, else the first tag, else are root", async () => {
    const { api } = await build({
      ...withPaths({
        "/a": {
          get: { operationId: "a", tags: ["Pets", "x"], responses },
          put: {
            operationId: "b",
            tags: ["Pets"],
            "x-handler-group": "special",
            responses,
          },
          post: { operationId: "c", responses },
          patch: {
            operationId: "d",
            "x-openapi-router-controller": "special",
            responses,
          },
        },
      }),
      tags: [{ name: "Pets", description: "All about pets" }],
    });
    expect(
      api.groups.map(({ title, operations }) => [
        title,
        operations.map(({ id }) => id),
      ]),
    ).toEqual([
      ["Pets", ["a"]],
      ["special", ["b", "d"]],
      ["root", ["c"]],
    ]);
    expect(api.groups[0]?.doc.description).toBe("All about pets");
  });
});

it("webhooks and callbacks are what the service sends: they have no route, and names of their own", async () => {
  const { api, diagnostics } = await build({
    ...withPaths({
      "/a": {
        post: {
          operationId: "a",
          responses,
          callbacks: {
            done: { "{$request.body#/url}": { post: { responses } } },
          },
        },
      },
    }),
    security: [{ key: [] }],
    webhooks: {
      news: { post: { responses }, put: { operationId: "a", responses } },
      sport: { post: { responses, security: [{ key: [] }] } },
    },
  });
  expect(api.groups.flatMap(({ operations }) => operations)).toHaveLength(1);
  expect(diagnostics).toEqual([]);
  expect(
    api.outgoing.map(({ operation, of }) => [
      operation.id,
      operation.path,
      operation.security.length,
      of?.id,
    ]),
  ).toEqual([
    ["postNews", "news", 0, undefined],
    ["putNews", "news", 0, undefined],
    ["sport", "sport", 1, undefined],
    ["a done", "{$request.body#/url}", 0, "a"],
  ]);
});
