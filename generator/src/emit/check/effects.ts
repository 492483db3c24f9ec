/** Room `emit/check`: what checking a request changes in it: defaults are filled in, read-only members are dropped. */
import type { Json } from "../../load/document.js";
import type { ModelId, Schema } from "../../model/schema.js";
import { convertedOf } from "../custom.js";
import type { Scope } from "./scope.js";

type Models = Pick<Scope, "model">;

/** The default of a schema, or of the schema that it merely refers to. */
export function effectiveDefault(
  scope: Models,
  schema: Schema,
): Json | undefined {
  const seen = new Set<ModelId>();
  let next: Schema | undefined = schema;
  while (next) {
    if (next.default !== undefined) return next.default;
    const [id]: ModelId[] = next.refs;
    if (next.refs.length !== 1 || id === undefined || seen.has(id)) break;
    seen.add(id);
    next = scope.model(id).schema;
  }
  return undefined;
}

const known = new WeakMap<Schema, boolean>();

/** Does a check of this schema, in place or below, fill in or drop anything? */
export function hasEffects(
  scope: Models,
  schema: Schema,
  visiting: Set<Schema> = new Set(),
): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  if (visiting.has(schema)) return false;
  visiting.add(schema);
  const parts = [...subschemas(schema)];
  const own = (schema.object?.fields ?? []).some(
    (field) =>
      field.schema.access === "read" ||
      (!field.required && effectiveDefault(scope, field.schema) !== undefined),
  );
  const found =
    own ||
    // Held by a list or a map, it is replaced there.
    parts.some((part) => convertedOf(scope, part) !== undefined) ||
    parts.some((part) => hasEffects(scope, part, visiting)) ||
    schema.refs.some((id) =>
      hasEffects(scope, scope.model(id).schema, visiting),
    );
  // A negative answer inside a cycle may be due to the cycle only: keep it for the schema that was asked.
  if (found || visiting.size === 1) known.set(schema, found);
  return found;
}

/** Every schema that stands directly in this one. */
export function* subschemas(schema: Schema): Generator<Schema> {
  yield* schema.all;
  for (const union of schema.unions) yield* union.of;
  if (schema.not) yield schema.not;
  if (schema.condition) {
    yield schema.condition.test;
    if (schema.condition.yes) yield schema.condition.yes;
    if (schema.condition.no) yield schema.condition.no;
  }
  if (schema.unevaluatedItems) yield schema.unevaluatedItems;
  if (schema.unevaluatedProperties) yield schema.unevaluatedProperties;
  if (schema.array) {
    yield* schema.array.prefix;
    if (schema.array.items) yield schema.array.items;
    if (schema.array.contains) yield schema.array.contains.schema;
  }
  const { object } = schema;
  if (object) {
    for (const field of object.fields) yield field.schema;
    for (const each of object.patterns) yield each.schema;
    for (const each of object.dependentSchemas) yield each.schema;
    if (object.rest) yield object.rest;
    if (object.names) yield object.names;
  }
}
