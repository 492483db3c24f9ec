/** Room `load`: the meta-schema of JSON Schema draft-07. */
import type { JsonObject } from "../document.js";

const URI = "http://json-schema.org/draft-07/schema";

const SELF: JsonObject = { $ref: "#" };
const COUNT: JsonObject = { $ref: "#/definitions/nonNegativeInteger" };
const COUNT_OR_ZERO: JsonObject = {
  $ref: "#/definitions/nonNegativeIntegerDefault0",
};
const SCHEMAS: JsonObject = { $ref: "#/definitions/schemaArray" };
const STRINGS: JsonObject = { $ref: "#/definitions/stringArray" };

const schema: JsonObject = {
  $schema: `${URI}#`,
  $id: `${URI}#`,
  title: "Core schema meta-schema",
  definitions: {
    schemaArray: { type: "array", minItems: 1, items: SELF },
    nonNegativeInteger: { type: "integer", minimum: 0 },
    nonNegativeIntegerDefault0: { allOf: [COUNT, { default: 0 }] },
    simpleTypes: {
      enum: [
        "array",
        "boolean",
        "integer",
        "null",
        "number",
        "object",
        "string",
      ],
    },
    stringArray: {
      type: "array",
      items: { type: "string" },
      uniqueItems: true,
      default: [],
    },
  },
  type: ["object", "boolean"],
  properties: {
    $id: { type: "string", format: "uri-reference" },
    $schema: { type: "string", format: "uri" },
    $ref: { type: "string", format: "uri-reference" },
    $comment: { type: "string" },
    title: { type: "string" },
    description: { type: "string" },
    default: true,
    readOnly: { type: "boolean", default: false },
    examples: { type: "array", items: true },
    multipleOf: { type: "number", exclusiveMinimum: 0 },
    maximum: { type: "number" },
    exclusiveMaximum: { type: "number" },
    minimum: { type: "number" },
    exclusiveMinimum: { type: "number" },
    maxLength: COUNT,
    minLength: COUNT_OR_ZERO,
    pattern: { type: "string", format: "regex" },
    additionalItems: SELF,
    items: { anyOf: [SELF, SCHEMAS], default: true },
    maxItems: COUNT,
    minItems: COUNT_OR_ZERO,
    uniqueItems: { type: "boolean", default: false },
    contains: SELF,
    maxProperties: COUNT,
    minProperties: COUNT_OR_ZERO,
    required: STRINGS,
    additionalProperties: SELF,
    definitions: { type: "object", additionalProperties: SELF, default: {} },
    properties: { type: "object", additionalProperties: SELF, default: {} },
    patternProperties: {
      type: "object",
      additionalProperties: SELF,
      propertyNames: { format: "regex" },
      default: {},
    },
    dependencies: {
      type: "object",
      additionalProperties: { anyOf: [SELF, STRINGS] },
    },
    propertyNames: SELF,
    const: true,
    enum: { type: "array", items: true },
    type: {
      anyOf: [
        { $ref: "#/definitions/simpleTypes" },
        {
          type: "array",
          items: { $ref: "#/definitions/simpleTypes" },
          minItems: 1,
          uniqueItems: true,
        },
      ],
    },
    format: { type: "string" },
    contentMediaType: { type: "string" },
    contentEncoding: { type: "string" },
    if: SELF,
    then: SELF,
    else: SELF,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    oneOf: SCHEMAS,
    not: SELF,
  },
  default: true,
};

export const JSON_SCHEMA_DRAFT_07: ReadonlyMap<string, JsonObject> = new Map([
  [URI, schema],
]);
