/**
 * Room `model`: the intermediate representation, schema half (types only).
 *
 * A schema is what JSON Schema says it is: a conjunction of assertions. Assertions are grouped by the JSON type they speak
 * about, because that is how a validator asks. No `$ref` text, no dialect and no TypeScript name is left in here.
 */
import type { Origin } from "../lint/diagnostic.js";
import type { Json } from "../load/document.js";

/** Documentation that a node carries. */
export interface Doc {
  title?: string;
  summary?: string;
  description?: string;
  deprecated?: true;
  /** `x-deprecated-reason`: why, and what to use instead. */
  deprecationReason?: string;
}

/** Key of a named schema in `Api.models`. Opaque; unique per schema and dynamic scope. */
export type ModelId = string & { readonly brand: "ModelId" };

export type JsonType =
  "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

export interface Schema {
  origin: Origin;
  doc: Doc;
  /** `false`: nothing is valid. */
  never?: true;
  /** Allowed types; absent: all. `number` covers `integer`. Never empty. */
  types?: JsonType[];
  /** Allowed values (`enum`, and `const` as a list of one); when both stood there, their intersection. May be empty: nothing is valid. */
  values?: Json[];
  /** `values` came from `const`. */
  constant?: true;
  string?: StringFacet;
  number?: NumberFacet;
  array?: ArrayFacet;
  object?: ObjectFacet;
  /** References: the value must also be valid against each (`$ref`, resolved `$dynamicRef`). */
  refs: ModelId[];
  /** `allOf`, in order. */
  all: Schema[];
  /** `anyOf` and `oneOf`. */
  unions: Union[];
  not?: Schema;
  condition?: Condition;
  /** `unevaluatedProperties`, `unevaluatedItems`. */
  unevaluatedProperties?: Schema;
  unevaluatedItems?: Schema;
  /** `readOnly` ("read": responses only) and `writeOnly` ("write": requests only). Both at once: "both" is reported and dropped. */
  access?: "read" | "write";
  default?: Json;
  /** `example`, `examples` of the schema, as values. */
  examples: Json[];
  /** `x-extensible-enum`: values to know, with others to come; `true`: those of `values`. */
  extensible?: Json[] | true;
  /** `x-sensitive` or `format: password`. */
  sensitive?: true;
  /** What `format` says, known or not. */
  format?: string;
  /** What `x-ts-type` says: a key of the config's types. */
  typeName?: string;
  /** How handlers see the value, where that is not what JSON has. */
  custom?: CustomValue;
}

/** A type of the configuration that stands for a string or a number. */
export interface CustomValue {
  /** Its key in the configuration. */
  key: string;
  /** The name of the type, and where it is exported; without a module it is one of the language. */
  type: string;
  module?: string;
  /** What stands on the wire where the type alone does not say it: a day, or a number as text. */
  wire?: "day" | "text";
  /** Exports of the module; both or none. */
  parse?: string;
  serialize?: string;
}

export interface StringFacet {
  min?: number;
  max?: number;
  patterns: Pattern[];
  /** A format that is asserted. */
  format?: StringFormat;
  /** Binary content: `format: binary`, `contentMediaType`/`contentEncoding`. Says how the type is shown, asserts nothing. */
  content?: "binary" | "base64";
}

export interface Pattern {
  source: string;
  /** `u` where the source is valid with it (the specification's meaning), else none. */
  flags: "u" | "";
  /** The pattern may backtrack without bound: input length is capped before it runs. */
  unsafe?: true;
}

export type StringFormat =
  | "date-time"
  | "date"
  | "time"
  | "duration"
  | "email"
  | "idn-email"
  | "hostname"
  | "idn-hostname"
  | "ipv4"
  | "ipv6"
  | "uri"
  | "uri-reference"
  | "iri"
  | "iri-reference"
  | "uuid"
  | "uri-template"
  | "json-pointer"
  | "relative-json-pointer"
  | "regex"
  | "byte";

export interface NumberFacet {
  min?: number;
  exclusiveMin?: number;
  max?: number;
  exclusiveMax?: number;
  multipleOf?: number[];
  /** `int32`, `int64`: the range is checked (int64 as the safe integers are not: the 64-bit range). `float`/`double`: finite. */
  format?: "int32" | "int64" | "float" | "double";
}

export interface ArrayFacet {
  prefix: Schema[];
  /** Items beyond `prefix`; absent: anything. */
  items?: Schema;
  contains?: { schema: Schema; min: number; max?: number };
  min?: number;
  max?: number;
  unique?: true;
}

export interface ObjectFacet {
  /** `properties`, in document order. */
  fields: Field[];
  /** All required names, declared or not, in document order. */
  required: string[];
  patterns: { pattern: Pattern; schema: Schema }[];
  /** `additionalProperties`: absent when the keyword is absent (anything goes, and is not written in responses). */
  rest?: Schema;
  names?: Schema;
  min?: number;
  max?: number;
  dependentRequired: { name: string; required: string[] }[];
  dependentSchemas: { name: string; schema: Schema }[];
}

export interface Field {
  name: string;
  schema: Schema;
  required: boolean;
}

export interface Union {
  mode: "any" | "one";
  of: Schema[];
  /** A property whose value tells the branch: declared by `discriminator`, or found (a `const`/one-value `enum` in every branch). */
  tag?: Tag;
}

export interface Tag {
  property: string;
  declared: boolean;
  /** tag value → index into `of`. */
  branches: { value: string; branch: number }[];
  /** Branch for values that are not listed (OpenAPI 3.2 `defaultMapping`; the base itself, where it is inherited). */
  otherwise?: number;
  /** A `discriminator` of a base schema: the branches are its children by `allOf`, and the base itself. */
  inherited?: true;
  /** No value of the base is without a branch of its own: `otherwise` is there for its fault only. */
  closed?: true;
}

export interface Condition {
  test: Schema;
  yes?: Schema;
  no?: Schema;
}

/** A named schema: a component, or any other place that a reference leads to. */
export interface Model {
  id: ModelId;
  /** What it is called in the source: component name, else derived from file or pointer. Not yet an identifier. */
  title: string;
  schema: Schema;
  /** It can reach itself. */
  recursive: boolean;
  /** Read-only or write-only fields make the request's shape differ from the response's, here or in anything it refers to. */
  split: boolean;
  /** Stands under `components/schemas` of the entry document (or the bundle). */
  component: boolean;
  /** The models that it refers to, each once, in the order they are met. */
  uses: ModelId[];
}
