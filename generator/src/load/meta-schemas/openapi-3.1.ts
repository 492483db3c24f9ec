/** Room `load`: the schema dialect of OpenAPI 3.1 and the meta-schema of its own keywords, by URI. */
import type { JsonObject } from "../document.js";

const JSON_SCHEMA = "https://json-schema.org/draft/2020-12/";
const OPENAPI = "https://spec.openapis.org/oas/3.1/";

const dialect: JsonObject = {
  $id: `${OPENAPI}dialect/base`,
  $schema: `${JSON_SCHEMA}schema`,
  title: "OpenAPI 3.1 Schema Object Dialect",
  description:
    "A JSON Schema dialect describing schemas found in OpenAPI documents",
  $vocabulary: {
    [`${JSON_SCHEMA}vocab/core`]: true,
    [`${JSON_SCHEMA}vocab/applicator`]: true,
    [`${JSON_SCHEMA}vocab/unevaluated`]: true,
    [`${JSON_SCHEMA}vocab/validation`]: true,
    [`${JSON_SCHEMA}vocab/meta-data`]: true,
    [`${JSON_SCHEMA}vocab/format-annotation`]: true,
    [`${JSON_SCHEMA}vocab/content`]: true,
    [`${OPENAPI}vocab/base`]: false,
  },
  $dynamicAnchor: "meta",
  allOf: [{ $ref: `${JSON_SCHEMA}schema` }, { $ref: `${OPENAPI}meta/base` }],
};

const base: JsonObject = {
  $id: `${OPENAPI}meta/base`,
  $schema: `${JSON_SCHEMA}schema`,
  title: "OAS Base vocabulary",
  description: "A JSON Schema Vocabulary used in the OpenAPI Schema Dialect",
  $vocabulary: { [`${OPENAPI}vocab/base`]: true },
  $dynamicAnchor: "meta",
  type: ["object", "boolean"],
  properties: {
    example: true,
    discriminator: { $ref: "#/$defs/discriminator" },
    externalDocs: { $ref: "#/$defs/external-docs" },
    xml: { $ref: "#/$defs/xml" },
  },
  $defs: {
    extensible: { patternProperties: { "^x-": true } },
    discriminator: {
      $ref: "#/$defs/extensible",
      type: "object",
      properties: {
        propertyName: { type: "string" },
        mapping: { type: "object", additionalProperties: { type: "string" } },
      },
      required: ["propertyName"],
      unevaluatedProperties: false,
    },
    "external-docs": {
      $ref: "#/$defs/extensible",
      type: "object",
      properties: {
        url: { type: "string", format: "uri-reference" },
        description: { type: "string" },
      },
      required: ["url"],
      unevaluatedProperties: false,
    },
    xml: {
      $ref: "#/$defs/extensible",
      type: "object",
      properties: {
        name: { type: "string" },
        namespace: { type: "string", format: "uri" },
        prefix: { type: "string" },
        attribute: { type: "boolean" },
        wrapped: { type: "boolean" },
      },
      unevaluatedProperties: false,
    },
  },
};

export const OPENAPI_3_1: ReadonlyMap<string, JsonObject> = new Map([
  [`${OPENAPI}dialect/base`, dialect],
  [`${OPENAPI}meta/base`, base],
]);
