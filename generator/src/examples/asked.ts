/** Room `examples`: a value of the document that stands for one of a schema (types only). */
import type { DiagnosticCode, Origin } from "../lint/diagnostic.js";
import type { Document, Json, JsonObject, NodeKind } from "../load/document.js";
import type { Schema } from "../model/schema.js";

export interface Asked {
  code: DiagnosticCode;
  /** `the example`, `the default`. */
  what: string;
  value: Json;
  origin: Origin;
  /** Where its schema is written. */
  schema: Origin;
  /** The value is the text on the wire, where the schema is one of these. */
  isText?: (schema: Schema) => boolean;
}

/** What one node of the document has to say. */
export type FindAsked = (
  node: JsonObject,
  kind: NodeKind,
  origin: Origin,
  document: Document,
) => Iterable<Asked>;
