/** Room `model`: the joint between the builder of schemas and the builders of single keywords (types only). */
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import type {
  Dialect,
  Document,
  Json,
  JsonObject,
  Target,
} from "../load/document.js";
import type { Environment } from "./environment.js";
import type { ModelId, Schema } from "./schema.js";

/** The schema object that is being built. */
export interface SchemaPlace {
  /** Its keywords in the meaning of JSON Schema 2020-12. */
  node: JsonObject;
  /** The object as it stands in the document: references are looked up with it. */
  holder: JsonObject;
  origin: Origin;
  dialect: Dialect;
  environment: Environment;
  depth: number;
  /** Nodes that printing this schema in place would take, so far. */
  size: number;
  document: Document;
  diagnostics: Diagnostics;
  /** Builds a schema that stands below this one. */
  child(value: Json, ...tokens: (string | number)[]): Schema;
  /** The model of a schema that is referred to from here. */
  refer(target: Target): ModelId;
  /** Notes that this schema asked its dynamic scope for an anchor. */
  consult(schema: Schema, anchor: string): void;
}

/** Adds what one keyword says to the schema. */
export type BuildKeyword = (
  value: Json,
  schema: Schema,
  place: SchemaPlace,
) => void;

export interface Keyword {
  build: BuildKeyword;
  /** Belongs to the validation vocabulary: asserts nothing in a dialect without it. */
  validation?: true;
}

export type KeywordTable = readonly (readonly [string, Keyword])[];
