/** Room `model`: visits every schema once. */
import type { Schema } from "./schema.js";

/**
 * The schema itself and all below it, in document order, references not followed. A schema that stands in two places is
 * visited once. May recurse: the builder bounds how deep schemas are nested.
 */
export function walk(schema: Schema, visit: (schema: Schema) => void): void {
  const seen = new Set<Schema>();
  const enter = (next: Schema): void => {
    if (seen.has(next)) return;
    seen.add(next);
    visit(next);
    forEachBelow(next, enter);
  };
  enter(schema);
}

/** Calls back for each schema directly below one. */
function forEachBelow(schema: Schema, enter: (schema: Schema) => void): void {
  const { array, object, condition } = schema;
  for (const each of schema.all) enter(each);
  for (const { of } of schema.unions) for (const each of of) enter(each);
  if (schema.not) enter(schema.not);
  if (condition) {
    enter(condition.test);
    if (condition.yes) enter(condition.yes);
    if (condition.no) enter(condition.no);
  }
  if (array) {
    for (const each of array.prefix) enter(each);
    if (array.items) enter(array.items);
    if (array.contains) enter(array.contains.schema);
  }
  if (object) {
    for (const each of object.fields) enter(each.schema);
    for (const each of object.patterns) enter(each.schema);
    for (const each of object.dependentSchemas) enter(each.schema);
    if (object.rest) enter(object.rest);
    if (object.names) enter(object.names);
  }
  if (schema.unevaluatedProperties) enter(schema.unevaluatedProperties);
  if (schema.unevaluatedItems) enter(schema.unevaluatedItems);
}
