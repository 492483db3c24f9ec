/** Room `model`: visits every schema once. */
import type { Schema } from "./schema.js";

/** The schema itself and all below it, references not followed. A schema that stands in two places is visited once. */
export function walk(schema: Schema, visit: (schema: Schema) => void): void {
  const seen = new Set<Schema>();
  const pending = [schema];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    visit(next);
    // A stack hands out the last first: reversed, the visit is in document order.
    pending.push(...subschemas(next).reverse());
  }
}

/** The schemas directly below one. */
export function subschemas(schema: Schema): Schema[] {
  const { array, object } = schema;
  const below = subschemasInPlace(schema);
  if (array) {
    below.push(...array.prefix);
    if (array.items) below.push(array.items);
    if (array.contains) below.push(array.contains.schema);
  }
  if (object) {
    for (const field of object.fields) below.push(field.schema);
    for (const pattern of object.patterns) below.push(pattern.schema);
    if (object.rest) below.push(object.rest);
    if (object.names) below.push(object.names);
  }
  if (schema.unevaluatedProperties) below.push(schema.unevaluatedProperties);
  if (schema.unevaluatedItems) below.push(schema.unevaluatedItems);
  return below;
}

/** Those that apply to the very same value, not to a part of it. */
export function subschemasInPlace(schema: Schema): Schema[] {
  const { condition } = schema;
  const below = [...schema.all];
  for (const union of schema.unions) below.push(...union.of);
  if (schema.not) below.push(schema.not);
  if (condition) {
    below.push(condition.test);
    if (condition.yes) below.push(condition.yes);
    if (condition.no) below.push(condition.no);
  }
  for (const each of schema.object?.dependentSchemas ?? []) {
    below.push(each.schema);
  }
  return below;
}
