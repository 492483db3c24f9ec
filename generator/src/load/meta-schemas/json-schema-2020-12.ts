/** Room `load`: the meta-schema of JSON Schema 2020-12 and its vocabularies, by URI. */
import type { JsonObject } from "../document.js";

const DRAFT = "https://json-schema.org/draft/2020-12/";

const DIALECT = `${DRAFT}schema`;

/** `$dynamicRef: "#meta"`: the whole meta-schema that is in use, whatever vocabulary asks. */
const META: JsonObject = { $dynamicRef: "#meta" };

const NON_NEGATIVE: JsonObject = { $ref: "#/$defs/nonNegativeInteger" };
const STRINGS: JsonObject = { $ref: "#/$defs/stringArray" };
const SCHEMAS: JsonObject = { $ref: "#/$defs/schemaArray" };

function mapOf(values: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: "object", additionalProperties: values, ...more };
}

function vocabulary(
  name: string,
  title: string,
  properties: JsonObject,
  $defs?: JsonObject,
): JsonObject {
  return {
    $schema: DIALECT,
    $id: `${DRAFT}meta/${name}`,
    $vocabulary: { [`${DRAFT}vocab/${name}`]: true },
    $dynamicAnchor: "meta",
    title,
    type: ["object", "boolean"],
    properties,
    ...($defs === undefined ? {} : { $defs }),
  };
}

const schema: JsonObject = {
  $schema: DIALECT,
  $id: DIALECT,
  $vocabulary: {
    [`${DRAFT}vocab/core`]: true,
    [`${DRAFT}vocab/applicator`]: true,
    [`${DRAFT}vocab/unevaluated`]: true,
    [`${DRAFT}vocab/validation`]: true,
    [`${DRAFT}vocab/meta-data`]: true,
    [`${DRAFT}vocab/format-annotation`]: true,
    [`${DRAFT}vocab/content`]: true,
  },
  $dynamicAnchor: "meta",
  title: "Core and Validation specifications meta-schema",
  allOf: [
    { $ref: "meta/core" },
    { $ref: "meta/applicator" },
    { $ref: "meta/unevaluated" },
    { $ref: "meta/validation" },
    { $ref: "meta/meta-data" },
    { $ref: "meta/format-annotation" },
    { $ref: "meta/content" },
  ],
  type: ["object", "boolean"],
  properties: {
    definitions: mapOf(META, { deprecated: true, default: {} }),
    dependencies: mapOf(
      { anyOf: [META, { $ref: "meta/validation#/$defs/stringArray" }] },
      { deprecated: true, default: {} },
    ),
    $recursiveAnchor: {
      $ref: "meta/core#/$defs/anchorString",
      deprecated: true,
    },
    $recursiveRef: {
      $ref: "meta/core#/$defs/uriReferenceString",
      deprecated: true,
    },
  },
};

const core = vocabulary(
  "core",
  "Core vocabulary meta-schema",
  {
    $id: { $ref: "#/$defs/uriReferenceString", pattern: "^[^#]*#?$" },
    $schema: { $ref: "#/$defs/uriString" },
    $ref: { $ref: "#/$defs/uriReferenceString" },
    $anchor: { $ref: "#/$defs/anchorString" },
    $dynamicRef: { $ref: "#/$defs/uriReferenceString" },
    $dynamicAnchor: { $ref: "#/$defs/anchorString" },
    $vocabulary: {
      type: "object",
      propertyNames: { $ref: "#/$defs/uriString" },
      additionalProperties: { type: "boolean" },
    },
    $comment: { type: "string" },
    $defs: mapOf(META),
  },
  {
    anchorString: { type: "string", pattern: "^[A-Za-z_][-A-Za-z0-9._]*$" },
    uriString: { type: "string", format: "uri" },
    uriReferenceString: { type: "string", format: "uri-reference" },
  },
);

const applicator = vocabulary(
  "applicator",
  "Applicator vocabulary meta-schema",
  {
    prefixItems: SCHEMAS,
    items: META,
    contains: META,
    additionalProperties: META,
    properties: mapOf(META, { default: {} }),
    patternProperties: mapOf(META, {
      propertyNames: { format: "regex" },
      default: {},
    }),
    dependentSchemas: mapOf(META, { default: {} }),
    propertyNames: META,
    if: META,
    then: META,
    else: META,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    oneOf: SCHEMAS,
    not: META,
  },
  { schemaArray: { type: "array", minItems: 1, items: META } },
);

const unevaluated = vocabulary(
  "unevaluated",
  "Unevaluated applicator vocabulary meta-schema",
  { unevaluatedItems: META, unevaluatedProperties: META },
);

const validation = vocabulary(
  "validation",
  "Validation vocabulary meta-schema",
  {
    type: {
      anyOf: [
        { $ref: "#/$defs/simpleTypes" },
        {
          type: "array",
          items: { $ref: "#/$defs/simpleTypes" },
          minItems: 1,
          uniqueItems: true,
        },
      ],
    },
    const: true,
    enum: { type: "array", items: true },
    multipleOf: { type: "number", exclusiveMinimum: 0 },
    maximum: { type: "number" },
    exclusiveMaximum: { type: "number" },
    minimum: { type: "number" },
    exclusiveMinimum: { type: "number" },
    maxLength: NON_NEGATIVE,
    minLength: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
    pattern: { type: "string", format: "regex" },
    maxItems: NON_NEGATIVE,
    minItems: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
    uniqueItems: { type: "boolean", default: false },
    maxContains: NON_NEGATIVE,
    minContains: { ...NON_NEGATIVE, default: 1 },
    maxProperties: NON_NEGATIVE,
    minProperties: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
    required: STRINGS,
    dependentRequired: mapOf(STRINGS),
  },
  {
    nonNegativeInteger: { type: "integer", minimum: 0 },
    nonNegativeIntegerDefault0: { ...NON_NEGATIVE, default: 0 },
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
);

const metaData = vocabulary("meta-data", "Meta-data vocabulary meta-schema", {
  title: { type: "string" },
  description: { type: "string" },
  default: true,
  deprecated: { type: "boolean", default: false },
  readOnly: { type: "boolean", default: false },
  writeOnly: { type: "boolean", default: false },
  examples: { type: "array", items: true },
});

const formatAnnotation = vocabulary(
  "format-annotation",
  "Format vocabulary meta-schema for annotation results",
  { format: { type: "string" } },
);

const formatAssertion = vocabulary(
  "format-assertion",
  "Format vocabulary meta-schema for assertion results",
  { format: { type: "string" } },
);

const content = vocabulary("content", "Content vocabulary meta-schema", {
  contentEncoding: { type: "string" },
  contentMediaType: { type: "string" },
  contentSchema: META,
});

export const JSON_SCHEMA_2020_12: ReadonlyMap<string, JsonObject> = new Map([
  [DIALECT, schema],
  [`${DRAFT}meta/core`, core],
  [`${DRAFT}meta/applicator`, applicator],
  [`${DRAFT}meta/unevaluated`, unevaluated],
  [`${DRAFT}meta/validation`, validation],
  [`${DRAFT}meta/meta-data`, metaData],
  [`${DRAFT}meta/format-annotation`, formatAnnotation],
  [`${DRAFT}meta/format-assertion`, formatAssertion],
  [`${DRAFT}meta/content`, content],
]);
