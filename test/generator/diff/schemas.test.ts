/** One change of a schema each, in both directions: what narrows breaks requests, what widens breaks answers. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../generator/src/load/document.js";
import { requestOf, responseOf, told } from "./compare.js";

/** What is changed, and what is told of it; the severities follow from the effect. */
type Effect = "narrows" | "widens" | "both";
type Row = [
  name: string,
  before: Json,
  after: Json,
  what: string,
  effect: Effect,
];

const SEVERITIES: Record<Effect, [request: string, response: string]> = {
  narrows: ["breaking", "info"],
  widens: ["info", "breaking"],
  both: ["breaking", "breaking"],
};

const object = (properties: Json, more: object = {}): Json => ({
  type: "object",
  properties,
  ...more,
});
const A = { type: "string" };
const CAT = object({ kind: { const: "cat" }, mew: A }, { required: ["kind"] });
const DOG = object({ kind: { const: "dog" }, bark: A }, { required: ["kind"] });

const REVERSIBLE: [
  name: string,
  wide: Json,
  narrow: Json,
  narrower: string,
  wider: string,
][] = [
  [
    "a type fewer",
    { type: ["string", "integer"] },
    A,
    "type-narrowed",
    "type-widened",
  ],
  [
    "an integer of a number",
    { type: "number" },
    { type: "integer" },
    "type-narrowed",
    "type-widened",
  ],
  ["a type at all", {}, A, "type-narrowed", "type-widened"],
  [
    "null",
    { type: ["string", "null"] },
    A,
    "became-not-nullable",
    "became-nullable",
  ],
  ["nothing at all", {}, false, "value-forbidden", "value-allowed"],
  ["an enum", A, { type: "string", enum: ["a"] }, "enum-added", "enum-removed"],
  [
    "a value of an enum",
    { enum: ["a", "b"] },
    { enum: ["a"] },
    "enum-value-removed",
    "enum-value-added",
  ],
  [
    "a constant of an enum",
    { enum: ["a", "b"] },
    { const: "a" },
    "enum-value-removed",
    "enum-value-added",
  ],
  [
    "minLength",
    A,
    { type: "string", minLength: 1 },
    "min-length-tightened",
    "min-length-loosened",
  ],
  [
    "a greater minLength",
    { type: "string", minLength: 1 },
    { type: "string", minLength: 2 },
    "min-length-tightened",
    "min-length-loosened",
  ],
  [
    "maxLength",
    A,
    { type: "string", maxLength: 9 },
    "max-length-tightened",
    "max-length-loosened",
  ],
  [
    "a smaller maxLength",
    { type: "string", maxLength: 9 },
    { type: "string", maxLength: 8 },
    "max-length-tightened",
    "max-length-loosened",
  ],
  [
    "a pattern",
    A,
    { type: "string", pattern: "^a" },
    "pattern-added",
    "pattern-removed",
  ],
  [
    "a format",
    A,
    { type: "string", format: "date" },
    "format-added",
    "format-removed",
  ],
  [
    "a narrower format",
    { type: "string", format: "idn-email" },
    { type: "string", format: "email" },
    "format-narrowed",
    "format-widened",
  ],
  [
    "a narrower number format",
    { type: "integer", format: "int64" },
    { type: "integer", format: "int32" },
    "format-narrowed",
    "format-widened",
  ],
  [
    "a minimum",
    { type: "number" },
    { type: "number", minimum: 1 },
    "minimum-tightened",
    "minimum-loosened",
  ],
  [
    "an exclusive minimum",
    { type: "number", minimum: 1 },
    { type: "number", exclusiveMinimum: 1 },
    "minimum-tightened",
    "minimum-loosened",
  ],
  [
    "a maximum",
    { type: "number" },
    { type: "number", maximum: 1 },
    "maximum-tightened",
    "maximum-loosened",
  ],
  [
    "a smaller maximum",
    { type: "number", maximum: 2 },
    { type: "number", maximum: 1 },
    "maximum-tightened",
    "maximum-loosened",
  ],
  [
    "multipleOf",
    { type: "number" },
    { type: "number", multipleOf: 2 },
    "multiple-of-tightened",
    "multiple-of-loosened",
  ],
  [
    "a multiple of multipleOf",
    { type: "number", multipleOf: 5 },
    { type: "number", multipleOf: 10 },
    "multiple-of-tightened",
    "multiple-of-loosened",
  ],
  [
    "minItems",
    { type: "array" },
    { type: "array", minItems: 1 },
    "min-items-tightened",
    "min-items-loosened",
  ],
  [
    "maxItems",
    { type: "array" },
    { type: "array", maxItems: 1 },
    "max-items-tightened",
    "max-items-loosened",
  ],
  [
    "uniqueItems",
    { type: "array" },
    { type: "array", uniqueItems: true },
    "unique-items-added",
    "unique-items-removed",
  ],
  [
    "contains",
    { type: "array" },
    { type: "array", contains: A },
    "contains-added",
    "contains-removed",
  ],
  [
    "more in contains",
    { type: "array", contains: {} },
    { type: "array", contains: A },
    "contains-tightened",
    "contains-loosened",
  ],
  [
    "a type of items",
    { type: "array", items: { type: ["string", "null"] } },
    { type: "array", items: A },
    "became-not-nullable",
    "became-nullable",
  ],
  [
    "a type of one item",
    { type: "array", prefixItems: [{ type: "number" }] },
    { type: "array", prefixItems: [{ type: "integer" }] },
    "type-narrowed",
    "type-widened",
  ],
  [
    "unevaluatedItems",
    { type: "array" },
    { type: "array", unevaluatedItems: false },
    "unevaluated-items-added",
    "unevaluated-items-removed",
  ],
  [
    "minProperties",
    { type: "object" },
    { type: "object", minProperties: 1 },
    "min-properties-tightened",
    "min-properties-loosened",
  ],
  [
    "maxProperties",
    { type: "object" },
    { type: "object", maxProperties: 1 },
    "max-properties-tightened",
    "max-properties-loosened",
  ],
  [
    "a required member",
    object({ a: A }),
    object({ a: A }, { required: ["a"] }),
    "property-became-required",
    "property-became-optional",
  ],
  [
    "propertyNames",
    { type: "object" },
    { type: "object", propertyNames: { maxLength: 3 } },
    "property-names-added",
    "property-names-removed",
  ],
  [
    "dependentRequired",
    object({ a: A, b: A }),
    object({ a: A, b: A }, { dependentRequired: { a: ["b"] } }),
    "dependent-required-added",
    "dependent-required-removed",
  ],
  [
    "dependentSchemas",
    object({ a: A, b: A }),
    object({ a: A, b: A }, { dependentSchemas: { a: { minProperties: 2 } } }),
    "dependent-schema-added",
    "dependent-schema-removed",
  ],
  [
    "unevaluatedProperties",
    object({ a: A }),
    object({ a: A }, { unevaluatedProperties: false }),
    "unevaluated-properties-added",
    "unevaluated-properties-removed",
  ],
  [
    "anyOf",
    object({}),
    { type: "object", anyOf: [CAT, DOG] },
    "union-added",
    "union-removed",
  ],
  [
    "a branch of anyOf",
    { anyOf: [CAT, DOG] },
    { anyOf: [CAT] },
    "branch-removed",
    "branch-added",
  ],
  [
    "a branch of oneOf",
    { oneOf: [CAT, DOG, A] },
    { oneOf: [CAT, DOG] },
    "branch-removed",
    "branch-added",
  ],
  [
    "exactly one instead of any",
    { anyOf: [object({ a: A }), object({ b: A })] },
    { oneOf: [object({ a: A }), object({ b: A })] },
    "any-of-became-one-of",
    "one-of-became-any-of",
  ],
  [
    "a member within a branch",
    {
      anyOf: [
        CAT,
        object(
          { kind: { const: "dog" }, bark: { type: ["string", "null"] } },
          { required: ["kind"] },
        ),
      ],
    },
    { anyOf: [CAT, DOG] },
    "became-not-nullable",
    "became-nullable",
  ],
  [
    "not",
    A,
    { type: "string", not: { const: "a" } },
    "not-added",
    "not-removed",
  ],
  [
    "more in not",
    { type: "string", not: { const: "a" } },
    { type: "string", not: { enum: ["a", "b"] } },
    "not-tightened",
    "not-loosened",
  ],
  [
    "if",
    object({ a: A }),
    object({ a: A }, { if: { required: ["a"] }, then: { minProperties: 2 } }),
    "condition-added",
    "condition-removed",
  ],
  [
    "then",
    object({ a: A }, { if: { required: ["a"] }, then: { minProperties: 1 } }),
    object({ a: A }, { if: { required: ["a"] }, then: { minProperties: 2 } }),
    "min-properties-tightened",
    "min-properties-loosened",
  ],
  [
    "more in allOf",
    { allOf: [object({ a: A })] },
    { allOf: [object({ a: A }), { required: ["a"] }] },
    "property-became-required",
    "property-became-optional",
  ],
  [
    "a member in the depth",
    object({
      a: object({
        b: {
          type: "array",
          items: object({ c: { type: ["integer", "string"] } }),
        },
      }),
    }),
    object({ a: object({ b: { type: "array", items: object({ c: A }) } }) }),
    "type-narrowed",
    "type-widened",
  ],
];

const SYMMETRIC: [name: string, before: Json, after: Json, what: string][] = [
  ["another type", A, { type: "integer" }, "type-changed"],
  [
    "another pattern",
    { type: "string", pattern: "a" },
    { type: "string", pattern: "b" },
    "pattern-changed",
  ],
  [
    "another format",
    { type: "string", format: "date" },
    { type: "string", format: "uuid" },
    "format-changed",
  ],
  [
    "another multipleOf",
    { type: "number", multipleOf: 2 },
    { type: "number", multipleOf: 3 },
    "multiple-of-changed",
  ],
  [
    "other contains",
    { type: "array", contains: A },
    { type: "array", contains: { type: "integer" } },
    "contains-changed",
  ],
  [
    "another not",
    { type: "string", not: { const: "a" } },
    { type: "string", not: { const: "b" } },
    "not-changed",
  ],
  [
    "another if",
    object({ a: A }, { if: { required: ["a"] }, then: { minProperties: 2 } }),
    object({ a: A }, { if: { required: ["b"] }, then: { minProperties: 2 } }),
    "condition-changed",
  ],
];

const ROWS: Row[] = [
  ...REVERSIBLE.flatMap(([name, wide, narrow, narrower, wider]): Row[] => [
    [name, wide, narrow, narrower, "narrows"],
    [`${name}, undone`, narrow, wide, wider, "widens"],
  ]),
  ...SYMMETRIC.map(([name, before, after, what]): Row => [
    name,
    before,
    after,
    what,
    "both",
  ]),
];

describe("a change of a request's schema", () => {
  it.each(ROWS)("%s", async (_, before, after, what, effect) => {
    const [severity] = SEVERITIES[effect];
    expect(await told(requestOf(before), requestOf(after))).toEqual([
      `${severity} request-body-${what}`,
    ]);
  });
});

describe("a change of an answer's schema", () => {
  it.each(ROWS)("%s", async (_, before, after, what, effect) => {
    const [, severity] = SEVERITIES[effect];
    expect(await told(responseOf(before), responseOf(after))).toEqual([
      `${severity} response-body-${what}`,
    ]);
  });
});

/** What is judged by how clients behave, or is told in one direction only. */
const CONVENTIONS: [
  name: string,
  before: Json,
  after: Json,
  request: string[],
  response: string[],
][] = [
  [
    "a new member",
    object({}),
    object({ a: A }),
    ["info property-added"],
    ["info property-added"],
  ],
  [
    "a new required member",
    object({}),
    object({ a: A }, { required: ["a"] }),
    ["breaking required-property-added"],
    ["info required-property-added"],
  ],
  [
    "a new member of a closed object",
    object({}, { additionalProperties: false }),
    object({ a: A }, { additionalProperties: false }),
    ["info property-added-to-closed"],
    ["warning property-added-to-closed"],
  ],
  [
    "a new member of an object closed by unevaluatedProperties",
    object({}, { unevaluatedProperties: false }),
    object({ a: A }, { unevaluatedProperties: false }),
    ["info property-added-to-closed"],
    ["warning property-added-to-closed"],
  ],
  [
    "a member less",
    object({ a: A }),
    object({}),
    ["warning property-removed"],
    ["warning property-removed"],
  ],
  [
    "a required member less",
    object({ a: A }, { required: ["a"] }),
    object({}),
    ["warning required-property-removed"],
    ["breaking required-property-removed"],
  ],
  [
    "a member less of a closed object",
    object({ a: A }, { additionalProperties: false }),
    object({}, { additionalProperties: false }),
    ["breaking property-forbidden"],
    ["warning property-removed"],
  ],
  [
    "a member that becomes read-only",
    object({ a: A }),
    object({ a: { type: "string", readOnly: true } }),
    ["warning property-became-read-only"],
    [],
  ],
  [
    "a member that becomes write-only",
    object({ a: A }),
    object({ a: { type: "string", writeOnly: true } }),
    [],
    ["breaking property-became-write-only"],
  ],
  [
    "a member that is no longer read-only",
    object({ a: { type: "string", readOnly: true } }),
    object({ a: A }),
    ["info property-became-writable"],
    [],
  ],
  [
    "a required member that is no longer read-only",
    object({ a: { type: "string", readOnly: true } }, { required: ["a"] }),
    object({ a: A }, { required: ["a"] }),
    ["breaking required-property-added"],
    [],
  ],
  [
    "a member that is no longer write-only",
    object({ a: { type: "string", writeOnly: true } }),
    object({ a: A }),
    [],
    ["info property-became-readable"],
  ],
  [
    "a read-only member that changes",
    object({ a: { type: "string", readOnly: true } }),
    object({ a: { type: "integer", readOnly: true } }),
    [],
    ["breaking type-changed"],
  ],
  [
    "a required read-only member",
    object({ a: { type: "string", readOnly: true } }),
    object({ a: { type: "string", readOnly: true } }, { required: ["a"] }),
    [],
    ["info property-became-required"],
  ],
  [
    "an object that is closed",
    object({ a: A }),
    object({ a: A }, { additionalProperties: false }),
    ["breaking additional-properties-forbidden"],
    ["info additional-properties-forbidden"],
  ],
  [
    "an object that is opened",
    object({ a: A }, { additionalProperties: false }),
    object({ a: A }),
    ["info additional-properties-allowed"],
    ["warning additional-properties-allowed"],
  ],
  [
    "additional members that are restricted",
    object({}),
    object({}, { additionalProperties: A }),
    ["breaking additional-properties-restricted"],
    ["info additional-properties-restricted"],
  ],
  [
    "additional members that are free again",
    object({}, { additionalProperties: A }),
    object({}),
    ["info additional-properties-unrestricted"],
    ["warning additional-properties-unrestricted"],
  ],
  [
    "additional members of another type",
    object({}, { additionalProperties: A }),
    object({}, { additionalProperties: { type: "integer" } }),
    ["breaking type-changed"],
    ["breaking type-changed"],
  ],
  [
    "a new pattern of members",
    object({}),
    object({}, { patternProperties: { "^a": A } }),
    ["info pattern-property-added"],
    ["info pattern-property-added"],
  ],
  [
    "a pattern of members less",
    object({}, { patternProperties: { "^a": A } }),
    object({}),
    ["warning pattern-property-removed"],
    ["warning pattern-property-removed"],
  ],
  [
    "a pattern of members less in a closed object",
    object({}, { patternProperties: { "^a": A }, additionalProperties: false }),
    object({}, { additionalProperties: false }),
    ["breaking pattern-property-forbidden"],
    ["warning pattern-property-forbidden"],
  ],
  [
    "a default",
    A,
    { type: "string", default: "a" },
    ["info default-added"],
    [],
  ],
  [
    "another default",
    { type: "string", default: "a" },
    { type: "string", default: "b" },
    ["warning default-changed"],
    [],
  ],
  [
    "a default less",
    { type: "string", default: "a" },
    A,
    ["warning default-removed"],
    [],
  ],
  [
    "a deprecated member",
    object({ a: A }),
    object({ a: { type: "string", deprecated: true } }),
    ["info deprecated"],
    ["info deprecated"],
  ],
  [
    "a member that is no longer deprecated",
    object({ a: { type: "string", deprecated: true } }),
    object({ a: A }),
    ["info undeprecated"],
    ["info undeprecated"],
  ],
  [
    "a value more of an extensible enum",
    { enum: ["a"], "x-extensible-enum": true },
    { enum: ["a", "b"], "x-extensible-enum": true },
    ["info extensible-enum-value-added"],
    ["info extensible-enum-value-added"],
  ],
  [
    "a value more to know of",
    { type: "string", "x-extensible-enum": ["a"] },
    { type: "string", "x-extensible-enum": ["a", "b"] },
    ["info extensible-enum-value-added"],
    ["info extensible-enum-value-added"],
  ],
  [
    "a value less to know of",
    { type: "string", "x-extensible-enum": ["a", "b"] },
    { type: "string", "x-extensible-enum": ["a"] },
    ["breaking extensible-enum-value-removed"],
    ["info extensible-enum-value-removed"],
  ],
  [
    "one of several",
    A,
    { anyOf: [A, { type: "object", minProperties: 1 }] },
    ["info branch-added"],
    ["breaking branch-added"],
  ],
  [
    "the only one of several",
    { anyOf: [A, { type: "object", minProperties: 1 }] },
    A,
    ["breaking branch-removed"],
    ["info branch-removed"],
  ],
  [
    "branches that overlap",
    {
      oneOf: [
        object({ a: { type: "integer", maximum: 3 } }),
        object({ a: { type: "integer", minimum: 5 } }),
      ],
    },
    {
      oneOf: [
        object({ a: { type: "integer", maximum: 9 } }),
        object({ a: { type: "integer", minimum: 5 } }),
      ],
    },
    ["breaking branches-overlap", "info maximum-loosened"],
    ["breaking branches-overlap", "breaking maximum-loosened"],
  ],
  [
    "bytes in base64",
    { type: "string" },
    { type: "string", contentEncoding: "base64" },
    ["warning content-changed"],
    ["warning content-changed"],
  ],
];

describe("what clients are used to", () => {
  it.each(CONVENTIONS)("%s", async (_, before, after, request, response) => {
    const ids = (list: string[], part: string) =>
      list.map((each) => each.replace(" ", ` ${part}-`));
    expect(await told(requestOf(before), requestOf(after))).toEqual(
      ids(request, "request-body"),
    );
    expect(await told(responseOf(before), responseOf(after))).toEqual(
      ids(response, "response-body"),
    );
  });
});

const CAT_REF = { $ref: "#/components/schemas/Cat" };
const DOG_REF = { $ref: "#/components/schemas/Dog" };
const PETS = {
  Cat: object({ kind: A, mew: A }, { required: ["kind"] }),
  Dog: object({ kind: A, bark: A }, { required: ["kind"] }),
};
const pet = (discriminator?: Json): Json => ({
  oneOf: [CAT_REF, DOG_REF],
  ...(discriminator !== undefined && { discriminator }),
});

describe("a discriminator", () => {
  const byKind = { propertyName: "kind", mapping: { cat: "Cat", dog: "Dog" } };
  const cases: [string, Json, Json, string[]][] = [
    [
      "is new",
      pet(),
      pet(byKind),
      ["warning request-body-discriminator-added"],
    ],
    [
      "is gone",
      pet(byKind),
      pet(),
      ["warning request-body-discriminator-removed"],
    ],
    [
      "knows one value more",
      pet(byKind),
      pet({ ...byKind, mapping: { ...byKind.mapping, kitten: "Cat" } }),
      ["info request-body-discriminator-value-added"],
    ],
    [
      "knows one value less",
      pet({ ...byKind, mapping: { ...byKind.mapping, kitten: "Cat" } }),
      pet(byKind),
      ["breaking request-body-discriminator-value-removed"],
    ],
  ];
  it.each(cases)("%s", async (_, before, after, expected) => {
    expect(await told(requestOf(before, PETS), requestOf(after, PETS))).toEqual(
      expected,
    );
  });

  it("reads another property", async () => {
    const pets = {
      Cat: object({ kind: A, type: A }, { required: ["kind", "type"] }),
      Dog: object({ kind: A, type: A }, { required: ["kind", "type"] }),
    };
    expect(
      await told(
        requestOf(pet({ propertyName: "kind" }), pets),
        requestOf(pet({ propertyName: "type" }), pets),
      ),
    ).toEqual(["breaking request-body-discriminator-changed"]);
  });
});
