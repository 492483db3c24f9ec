/** What is no change, however different it looks. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import { shared, sharedAvailable } from "../../shared.js";
import { load } from "../model/build.js";
import { documentOf, requestOf, responseOf, told } from "./compare.js";

const SCHEMAS: JsonObject = {
  Book: {
    type: "object",
    required: ["id", "title"],
    properties: {
      id: { type: "string" },
      title: { type: "string" },
      author: { $ref: "#/components/schemas/Author" },
    },
  },
  Author: {
    type: "object",
    properties: {
      name: { type: "string" },
      books: { type: "array", items: { $ref: "#/components/schemas/Book" } },
    },
  },
};
const BOOK = { $ref: "#/components/schemas/Book" };

async function expectSame(before: object, after: object): Promise<void> {
  expect(await told(before, after)).toEqual([]);
  expect(await told(after, before)).toEqual([]);
}

describe("two spellings of one schema", () => {
  const cases: [string, Json, Json][] = [
    [
      "members in another order",
      { type: "object", properties: { a: {}, b: {} }, required: ["a", "b"] },
      { required: ["b", "a"], properties: { b: {}, a: {} }, type: "object" },
    ],
    [
      "prose",
      { type: "string", description: "a", title: "b", example: "c" },
      { type: "string", description: "d", examples: ["e"] },
    ],
    [
      "types in another order",
      { type: ["string", "null"] },
      { type: ["null", "string"] },
    ],
    ["values in another order", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
    ["a constant and an enum", { const: "a" }, { enum: ["a"] }],
    [
      "an integer among numbers",
      { type: ["number", "integer"] },
      { type: "number" },
    ],
    [
      "allOf and none",
      {
        allOf: [
          BOOK,
          { type: "object", properties: { extra: { type: "string" } } },
        ],
      },
      {
        allOf: [
          {
            allOf: [
              { type: "object", properties: { extra: { type: "string" } } },
            ],
          },
          BOOK,
        ],
      },
    ],
    ["a union of one", { anyOf: [BOOK] }, BOOK],
    ["a reference in allOf", { allOf: [BOOK] }, BOOK],
    [
      "a reference and what it leads to",
      SCHEMAS["Author"] ?? null,
      { $ref: "#/components/schemas/Author" },
    ],
    [
      "null as a type or a branch",
      { type: ["string", "null"], maxLength: 3 },
      { anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
    ],
    [
      "branches in another order",
      {
        anyOf: [
          { type: "string", maxLength: 2 },
          { type: "object", minProperties: 1 },
        ],
      },
      {
        anyOf: [
          { type: "object", minProperties: 1 },
          { type: "string", maxLength: 2 },
        ],
      },
    ],
    [
      "a union of types",
      { anyOf: [{ type: "string" }, { type: "boolean" }] },
      { type: ["boolean", "string"] },
    ],
    [
      "limits that say nothing",
      { type: "string", minLength: 0 },
      { type: "string" },
    ],
    [
      "limits of other types",
      { type: "string", minimum: 3 },
      { type: "string" },
    ],
    [
      "additional members that may be anything",
      { type: "object", additionalProperties: true },
      { type: "object" },
    ],
    [
      "the weaker of two limits",
      { allOf: [{ type: "integer", maximum: 3 }, { maximum: 5 }] },
      { type: "integer", maximum: 3 },
    ],
  ];
  it.each(cases)("%s", async (_, before, after) => {
    await expectSame(requestOf(before, SCHEMAS), requestOf(after, SCHEMAS));
    await expectSame(responseOf(before, SCHEMAS), responseOf(after, SCHEMAS));
  });
});

describe("one API in 3.0 and in 3.1", () => {
  const cases: [string, old: Json, now: Json][] = [
    ["null", { type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      "null in an enum",
      { type: "string", nullable: true, enum: ["a", null] },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "null beside a reference",
      { nullable: true, allOf: [BOOK] },
      { anyOf: [BOOK, { type: "null" }] },
    ],
    [
      "null beside a reference, exclusively",
      { nullable: true, allOf: [BOOK] },
      { oneOf: [BOOK, { type: "null" }] },
    ],
    [
      "null beside a union",
      { nullable: true, oneOf: [BOOK, { type: "string" }] },
      { oneOf: [BOOK, { type: "string" }, { type: "null" }] },
    ],
    [
      "exclusive bounds",
      { type: "integer", minimum: 1, exclusiveMinimum: true },
      { type: "integer", exclusiveMinimum: 1 },
    ],
    [
      "bounds that are not exclusive",
      { type: "integer", maximum: 1, exclusiveMaximum: false },
      { type: "integer", maximum: 1 },
    ],
    ["a reference", BOOK, BOOK],
  ];
  it.each(cases)("%s", async (_, old, now) => {
    await expectSame(
      requestOf(old, SCHEMAS, "3.0.3"),
      requestOf(now, SCHEMAS, "3.1.0"),
    );
    await expectSame(
      responseOf(old, SCHEMAS, "3.0.3"),
      responseOf(now, SCHEMAS, "3.2.0"),
    );
  });
});

describe("two spellings of one API", () => {
  const answers = { "200": { description: "a" }, "404": { description: "b" } };
  const a = {
    operationId: "a",
    summary: "x",
    responses: answers,
    parameters: [
      { name: "q", in: "query", schema: { type: "string" } },
      { name: "X-H", in: "header", schema: { type: "string" } },
    ],
  };
  const b = { operationId: "b", responses: answers };

  it("in another order and in other words", async () => {
    await expectSame(
      documentOf({
        "/a": { get: a, put: b },
        "/b": { get: { ...b, operationId: "c" } },
      }),
      documentOf({
        "/b": { get: { ...b, operationId: "c", description: "other" } },
        "/a": {
          put: {
            responses: {
              "404": { description: "d" },
              "200": { description: "c" },
            },
            operationId: "b",
          },
          get: {
            ...a,
            summary: "y",
            tags: ["t"],
            parameters: a.parameters.toReversed(),
          },
        },
      }),
    );
  });

  it("with parameters at the path, in components, and headers in another case", async () => {
    const [query, header] = a.parameters;
    await expectSame(
      documentOf({ "/a": { get: a } }),
      documentOf(
        {
          "/a": {
            parameters: [{ ...header, name: "x-h" }],
            get: { ...a, parameters: [{ $ref: "#/components/parameters/Q" }] },
          },
        },
        { components: { parameters: { Q: query ?? null } } },
      ),
    );
  });

  it("with another name of a component", async () => {
    const renamed = JSON.parse(
      JSON.stringify(SCHEMAS).replaceAll("Book", "Volume"),
    ) as JsonObject;
    await expectSame(
      requestOf(BOOK, SCHEMAS),
      requestOf({ $ref: "#/components/schemas/Volume" }, renamed),
    );
  });
});

/** Members the other way round, at every level; lists as they are. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]): [string, Json] => [name, reversed(each)])
      .toReversed(),
  );
}

describe.runIf(sharedAvailable)(
  "a real document with its members reversed",
  () => {
    it.each(["box", "figma", "spotify", "openai"])("%s", async (name) => {
      const folder = shared(`specs/real/${name}`);
      const [file] = readdirSync(folder).filter((each) =>
        /\.(json|ya?ml)$/.test(each),
      );
      const { root } = await load(`${folder}/${file}`);
      expect(await told(root, reversed(root) as JsonObject)).toEqual([]);
    });
  },
);
