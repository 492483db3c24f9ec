/** What the builders of policies make of a document, and where they look. */
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Policies as RuntimePolicies } from "../../../runtime/src/contract/policies.js";
import type { Policies } from "../../../generator/src/model/policies/policies.js";
import { build } from "./build.js";

describe("policies", () => {
  it("have the shapes that the runtime knows", () => {
    expectTypeOf<Policies>().toExtend<RuntimePolicies>();
    expectTypeOf<keyof RuntimePolicies>().toEqualTypeOf<keyof Policies>();
  });

  const nested = (extra: object) => ({
    openapi: "3.1.0",
    info: { title: "test", version: "1" },
    "x-sunset": "2030-01-01",
    tags: [
      { name: "plain" },
      { name: "ending", "x-sunset": "2029-01-01" },
      { name: "later", "x-sunset": "2028-01-01" },
    ],
    paths: {
      "/a": {
        "x-sunset": "2027-01-01",
        get: {
          operationId: "own",
          "x-kontract-sunset": "2026-01-01",
          ...extra,
        },
        put: { operationId: "ofPath", tags: ["ending"] },
      },
      "/b": {
        get: { operationId: "ofTag", tags: ["plain", "ending", "later"] },
        put: { operationId: "ofRoot", tags: ["plain", "unknown"] },
      },
    },
  });

  it.each([
    ["own", "2026-01-01"],
    ["ofPath", "2027-01-01"],
    ["ofTag", "2029-01-01"],
    ["ofRoot", "2030-01-01"],
  ])("are those of the nearest place: %s", async (id, day) => {
    const { operation } = await build(nested({}));
    expect(operation(id).policies.deprecation?.sunset).toBe(
      Date.parse(day) / 1000,
    );
  });

  it("are an error under our own prefix when they are not understood", async () => {
    const { diagnostics } = await build(
      nested({ "x-kontract-sunset": "soon", "x-deprecated-since": 7 }),
    );
    expect(
      diagnostics
        .filter(({ code }) => code === "KT2301")
        .map(({ severity, origin }) => [severity, origin.pointer]),
    ).toEqual([
      ["warning", "/paths/~1a/get/x-deprecated-since"],
      ["error", "/paths/~1a/get/x-kontract-sunset"],
    ]);
  });

  it("change the hash of the operations that have them", async () => {
    const before = await build(nested({}));
    const after = await build({ ...nested({}), "x-sunset": "2031-01-01" });
    for (const id of ["own", "ofPath", "ofTag"]) {
      expect(after.operation(id).hash).toBe(before.operation(id).hash);
    }
    expect(after.operation("ofRoot").hash).not.toBe(
      before.operation("ofRoot").hash,
    );
  });
});

describe("pagination", () => {
  const list = { type: "array", items: { type: "string" } };
  const object = (properties: object, required: string[] = []) => ({
    type: "object",
    required,
    properties,
  });
  const text = { type: "string" };
  const whole = { type: "integer" };
  const paged = async (extension: object, names: string[], schema: object) => {
    const { operation, diagnostics } = await build({
      openapi: "3.1.0",
      info: { title: "test", version: "1" },
      paths: {
        "/list": {
          get: {
            operationId: "list",
            ...extension,
            parameters: names.map((name) => ({
              name,
              in: "query",
              schema: /limit|size|top/i.test(name) ? whole : text,
            })),
            responses: {
              "200": {
                description: "",
                content: { "application/json": { schema } },
              },
            },
          },
        },
      },
    });
    const said = diagnostics
      .filter(({ code }) => code === "KT2301")
      .map(({ message }) => message);
    return { policy: operation("list").policies.pagination, said };
  };

  it.each<[string, object, string[], object, object]>([
    [
      "x-speakeasy-pagination",
      {
        type: "cursor",
        inputs: [{ name: "after", in: "query", type: "cursor" }],
        outputs: { results: "$.data.rows", nextCursor: "$.data.more" },
      },
      ["after", "limit"],
      object({ data: object({ rows: list, more: text }) }),
      {
        style: "cursor",
        inputs: { cursor: "after", limit: "limit" },
        items: ["data", "rows"],
        members: [{ at: ["data", "more"], fact: "nextCursor" }],
      },
    ],
    [
      "x-fern-pagination",
      {
        cursor: "$request.token",
        next_cursor: "$response.next",
        results: "$response.things",
      },
      ["token"],
      object({ things: list, others: list, next: text }),
      {
        style: "cursor",
        inputs: { cursor: "token" },
        items: ["things"],
        members: [{ at: ["next"], fact: "nextCursor" }],
      },
    ],
    [
      "x-ms-pageable",
      { nextLinkName: "nextLink" },
      ["$skip", "$top"],
      object({ value: list, nextLink: text }),
      {
        style: "offset",
        inputs: { offset: "$skip", limit: "$top" },
        items: ["value"],
        members: [{ at: ["nextLink"], fact: "nextUrl" }],
      },
    ],
    [
      "x-pagination",
      { outputs: { items: "$response.body#/a~1b" } },
      ["page[number]", "page[size]"],
      object({ "a/b": list }),
      {
        style: "page",
        inputs: { page: "page[number]", limit: "page[size]" },
        items: ["a/b"],
      },
    ],
  ])("is read from %s", async (name, value, names, schema, expected) => {
    const { policy, said } = await paged({ [name]: value }, names, schema);
    expect(said).toEqual([]);
    expect(policy).toMatchObject(expected);
  });

  it.each<[string, unknown, string[], object]>([
    ["no query parameter says which page", true, ["limit"], list],
    ["there is no query parameter `p`", { inputs: { page: "p" } }, [], list],
    ["has a list of items", true, ["page"], object({ a: text })],
    [
      "written to the required member `owner`",
      true,
      ["page"],
      object({ items: list, owner: text }, ["owner"]),
    ],
    ["`style` is none of", { style: "scroll" }, ["page"], list],
    ["`maxLimit` is no whole number", { maxLimit: 0 }, ["page"], list],
    ["it is no object", 7, ["page"], list],
  ])("says why it is not applied: %s", async (why, value, names, schema) => {
    const { policy, said } = await paged(
      { "x-pagination": value },
      names,
      schema,
    );
    expect(policy).toBeUndefined();
    expect(said).toEqual([expect.stringContaining(why)]);
  });

  it("is switched off by false", async () => {
    const { policy, said } = await paged(
      { "x-pagination": false },
      ["page"],
      list,
    );
    expect([policy, said]).toEqual([undefined, []]);
  });
});
