/** Room `model`: "this, or null": the reading of `nullable` beside what refuses null. */
import type { Schema } from "./schema.js";

const assertions = [
  "never",
  "types",
  "values",
  "string",
  "number",
  "array",
  "object",
  "not",
  "condition",
  "unevaluatedProperties",
  "unevaluatedItems",
] as const satisfies readonly (keyof Schema)[];

/** Moves the assertions of a schema into `inner`, a branch beside null; what describes the schema stays outside. */
export function orNull(schema: Schema, inner: Schema, nothing: Schema): void {
  inner.refs = schema.refs;
  inner.all = schema.all;
  inner.unions = schema.unions;
  for (const part of assertions) {
    const value = schema[part];
    if (value === undefined) continue;
    Object.assign(inner, { [part]: value });
    delete schema[part];
  }
  nothing.types = ["null"];
  schema.refs = [];
  schema.all = [];
  schema.unions = [{ mode: "any", of: [inner, nothing] }];
}
