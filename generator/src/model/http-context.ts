/** Room `model`: what the builders of the HTTP half share (types only). */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { Document } from "../load/document.js";
import type { SchemaBuilder } from "./build-schema.js";

export interface HttpContext {
  document: Document;
  diagnostics: Diagnostics;
  schemas: SchemaBuilder;
}
