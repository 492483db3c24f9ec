/** For each keyword, type and format of schemas: a schema, a value that it allows and one that it does not. */
import type { Json } from "../../generator/src/load/document.js";

export interface Probe {
  /** The name of the feature. */
  feature: string;
  schema: Json;
  valid: Json;
  invalid: Json;
  /** For OpenAPI 3.0, where the keyword has another form there. */
  schema30?: Json;
}

function keyword(
  name: string,
  schema: Json,
  valid: Json,
  invalid: Json,
  more: Pick<Probe, "schema30"> = {},
): Probe {
  return { feature: `schema: \`${name}\``, schema, valid, invalid, ...more };
}

function type(name: string, valid: Json, invalid: Json): Probe {
  const schema = { type: name };
  return { feature: `type: \`${name}\``, schema, valid, invalid };
}

function format(name: string, valid: Json, invalid: Json): Probe {
  const of = typeof valid === "number" ? "number" : "string";
  const schema = { type: of, format: name };
  return { feature: `format: \`${name}\``, schema, valid, invalid };
}

const A = { properties: { a: { type: "integer" } } };

/** The references lead within a resource of their own. */
const PROBES_OF_RESOURCES: readonly Probe[] = [
  keyword(
    "$id",
    {
      $id: "urn:probe:id",
      $defs: { n: { type: "integer" } },
      $ref: "urn:probe:id#/$defs/n",
    },
    1,
    "1",
  ),
  keyword("$ref", { $ref: "#/components/schemas/Integer" }, 1, "1"),
  keyword(
    "$defs",
    {
      $id: "urn:probe:defs",
      $defs: { n: { type: "integer" } },
      $ref: "#/$defs/n",
    },
    1,
    "1",
    { schema30: { $ref: "#/components/schemas/Holder/$defs/n" } },
  ),
  keyword(
    "definitions",
    {
      $id: "urn:probe:definitions",
      definitions: { n: { type: "integer" } },
      $ref: "#/definitions/n",
    },
    1,
    "1",
    { schema30: { $ref: "#/components/schemas/Holder/definitions/n" } },
  ),
  keyword(
    "$anchor",
    {
      $id: "urn:probe:anchor",
      $defs: { n: { $anchor: "n", type: "integer" } },
      $ref: "#n",
    },
    1,
    "1",
  ),
  ...["$dynamicRef", "$dynamicAnchor"].map((name) =>
    keyword(
      name,
      {
        $id: `urn:probe:${name}`,
        $defs: { n: { $dynamicAnchor: "n", type: "integer" } },
        $dynamicRef: "#n",
      },
      1,
      "1",
    ),
  ),
  keyword(
    "$schema",
    {
      $id: "urn:probe:schema",
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "string",
      // there a note
      format: "uuid",
      maxLength: 3,
    },
    "abc",
    "abcd",
  ),
];

const APPLICATORS: readonly Probe[] = [
  keyword("allOf", { allOf: [{ minimum: 1 }, { maximum: 2 }] }, 2, 3),
  keyword("anyOf", { anyOf: [{ minimum: 3 }, { maximum: 1 }] }, 3, 2),
  keyword("oneOf", { oneOf: [{ minimum: 1 }, { maximum: 2 }] }, 3, 2),
  keyword("not", { not: { type: "string" } }, 1, "1"),
  keyword("if", { if: { minimum: 10 }, then: { maximum: 20 } }, 5, 21),
  keyword("then", { if: { minimum: 10 }, then: { maximum: 20 } }, 20, 21),
  keyword("else", { if: { minimum: 10 }, else: { minimum: 5 } }, 5, 4),
  keyword(
    "dependentSchemas",
    { dependentSchemas: { b: { required: ["c"] } } },
    { a: 1 },
    { b: 1 },
  ),
  keyword("prefixItems", { prefixItems: [{ type: "integer" }] }, [1], ["1"]),
  keyword("items", { type: "array", items: { type: "integer" } }, [1], ["1"]),
  keyword("contains", { contains: { type: "integer" } }, ["a", 1], ["a"]),
  keyword("properties", A, { a: 1 }, { a: "1" }),
  keyword(
    "patternProperties",
    { patternProperties: { "^x": { type: "integer" } } },
    { x1: 1 },
    { x1: "1" },
  ),
  keyword(
    "additionalProperties",
    { ...A, additionalProperties: false },
    { a: 1 },
    { b: 1 },
  ),
  keyword(
    "propertyNames",
    { propertyNames: { maxLength: 2 } },
    { ab: 1 },
    { abc: 1 },
  ),
  keyword(
    "unevaluatedItems",
    { prefixItems: [true], unevaluatedItems: false },
    [1],
    [1, 2],
  ),
  keyword(
    "unevaluatedProperties",
    { allOf: [A], unevaluatedProperties: false },
    { a: 1 },
    { b: 1 },
  ),
];

const ASSERTIONS: readonly Probe[] = [
  keyword("type", { type: "integer" }, 1, "1"),
  keyword("enum", { enum: ["a", "b"] }, "b", "c"),
  keyword("const", { const: "a" }, "a", "b"),
  keyword("multipleOf", { multipleOf: 0.1 }, 0.3, 0.35),
  keyword("maximum", { maximum: 3 }, 3, 4),
  keyword("exclusiveMaximum", { exclusiveMaximum: 3 }, 2, 3, {
    schema30: { maximum: 3, exclusiveMaximum: true },
  }),
  keyword("minimum", { minimum: 3 }, 3, 2),
  keyword("exclusiveMinimum", { exclusiveMinimum: 3 }, 4, 3, {
    schema30: { minimum: 3, exclusiveMinimum: true },
  }),
  keyword("maxLength", { maxLength: 2 }, "💩💩", "abc"),
  keyword("minLength", { minLength: 2 }, "ab", "💩"),
  keyword("pattern", { pattern: "^a+$" }, "aa", "ab"),
  keyword("maxItems", { maxItems: 1 }, [1], [1, 2]),
  keyword("minItems", { minItems: 1 }, [1], []),
  keyword("uniqueItems", { uniqueItems: true }, [1, 2], [1, 1]),
  keyword(
    "maxContains",
    { contains: { type: "integer" }, maxContains: 1 },
    [1],
    [1, 2],
  ),
  keyword(
    "minContains",
    { contains: { type: "integer" }, minContains: 2 },
    [1, 2],
    [1],
  ),
  keyword("maxProperties", { maxProperties: 1 }, { a: 1 }, { a: 1, b: 1 }),
  keyword("minProperties", { minProperties: 1 }, { a: 1 }, {}),
  keyword("required", { required: ["a"] }, { a: 1 }, { b: 1 }),
  keyword(
    "dependentRequired",
    { dependentRequired: { a: ["b"] } },
    { a: 1, b: 1 },
    { a: 1 },
  ),
  keyword("format", { type: "string", format: "ipv4" }, "1.2.3.4", "1.2.3"),
  keyword(
    "writeOnly",
    { required: ["b"], properties: { b: { writeOnly: true } } },
    { b: 1 },
    {},
  ),
  keyword("nullable", { type: "string", nullable: true }, null, 1),
  keyword(
    "discriminator",
    {
      oneOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
      ],
      discriminator: { propertyName: "kind" },
    },
    { kind: "Cat", lives: 9 },
    { kind: "Dog", lives: 9 },
  ),
];

const TYPES: readonly Probe[] = [
  type("boolean", true, "true"),
  type("integer", 1.0, 1.5),
  type("number", 1.5, "1.5"),
  type("string", "a", 1),
  type("array", [], {}),
  type("object", {}, []),
  type("null", null, 0),
  {
    feature: "type: a list",
    schema: { type: ["string", "null"] },
    valid: null,
    invalid: 1,
  },
  {
    feature: "type: a name of another language",
    schema: { type: "int" },
    valid: 1,
    invalid: "1",
  },
];

const FORMATS: readonly Probe[] = [
  format("date-time", "2024-02-29T12:00:00Z", "2023-02-29T12:00:00Z"),
  format("date", "2024-02-29", "2023-02-29"),
  format("time", "12:00:00Z", "25:00:00Z"),
  format("duration", "P1DT2H", "P1H"),
  format("email", "a@example.com", "a.example.com"),
  format("idn-email", "ü@example.com", "ü.example.com"),
  format("hostname", "a.example", "-a.example"),
  format("idn-hostname", "ü.example", "-ü.example"),
  format("ipv4", "1.2.3.4", "1.2.3.256"),
  format("ipv6", "::1", "::g"),
  format("uri", "https://example.com/", "example"),
  format("uri-reference", "/a?b", "\\a"),
  format("iri", "https://example.com/ü", "ü"),
  format("iri-reference", "/ü", "\\ü"),
  format(
    "uuid",
    "123e4567-e89b-12d3-a456-426614174000",
    "123e4567e89b12d3a456426614174000",
  ),
  format("uri-template", "/a/{b}", "/a/{b"),
  format("json-pointer", "/a~1b", "a"),
  format("relative-json-pointer", "1/a", "/a"),
  format("regex", "^a$", "(a"),
  format("byte", "YQ==", "Y!"),
  format("int32", 2147483647, 2147483648),
  format("int64", 9007199254740991, 1.5),
  format("float", 1.5, "1.5"),
  format("double", 1.5, "1.5"),
];

export const PROBES: readonly Probe[] = [
  ...PROBES_OF_RESOURCES,
  ...APPLICATORS,
  ...ASSERTIONS,
  ...TYPES,
  ...FORMATS,
];

/** What the probes refer to. */
export const COMPONENTS: Json = {
  schemas: {
    Integer: { type: "integer" },
    Holder: {
      $defs: { n: { type: "integer" } },
      definitions: { n: { type: "integer" } },
    },
    Cat: {
      type: "object",
      required: ["kind", "lives"],
      properties: { kind: { type: "string" }, lives: { type: "integer" } },
    },
    Dog: {
      type: "object",
      required: ["kind", "bark"],
      properties: { kind: { type: "string" }, bark: { type: "string" } },
    },
  },
};
