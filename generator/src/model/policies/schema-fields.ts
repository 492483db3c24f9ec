/** Room `model`: the members that an object is declared to have, through references and `allOf`. */
import type { Field, JsonType, Model, ModelId, Schema } from "../schema.js";

type Models = ReadonlyMap<ModelId, Model>;

/** The schema and all that holds for the same value, each once. */
function partsOf(schema: Schema, models: Models): Set<Schema> {
  const parts = new Set([schema]);
  // A set is walked in the order of insertion, and what is added on the way is met too.
  for (const part of parts) {
    for (const each of part.all) parts.add(each);
    for (const id of part.refs) {
      const target = models.get(id);
      if (target) parts.add(target.schema);
    }
  }
  return parts;
}

/** The same, as a list. */
export function schemasOf(schema: Schema, models: Models): Schema[] {
  return [...partsOf(schema, models)];
}

/** By name, in the order in which they are met. */
export function fieldsOf(schema: Schema, models: Models): Map<string, Field> {
  const fields = new Map<string, Field>();
  const required = new Set<string>();
  for (const { object } of partsOf(schema, models)) {
    for (const field of object?.fields ?? []) {
      const known = fields.get(field.name);
      if (!known) fields.set(field.name, field);
    }
    for (const name of object?.required ?? []) required.add(name);
  }
  for (const [name, field] of fields) {
    if (required.has(name)) fields.set(name, { ...field, required: true });
  }
  return fields;
}

/** Whether the schema says so in plain words: `type`, here or in a part. */
export function isOfType(
  schema: Schema,
  type: JsonType,
  models: Models,
): boolean {
  for (const { types } of partsOf(schema, models)) {
    if (types?.includes(type)) return true;
  }
  return false;
}

/** The one value that it can have, or that it has when nobody says otherwise. */
export function settledValue(schema: Schema, models: Models) {
  for (const part of partsOf(schema, models)) {
    if (part.values?.length === 1) return part.values[0];
    if (part.default !== undefined) return part.default;
  }
  return undefined;
}

/** The first number that a facet of the schema or its parts gives. */
export function numberFacet(
  schema: Schema,
  models: Models,
  facet: "max" | "default",
): number | undefined {
  for (const part of partsOf(schema, models)) {
    const value = facet === "default" ? part.default : part.number?.max;
    if (typeof value === "number") return value;
  }
  return undefined;
}

/** What each item has to be, where the schema says it in plain words. */
export function itemsOf(schema: Schema, models: Models): Schema | undefined {
  for (const { array } of partsOf(schema, models)) {
    if (array?.items) return array.items;
  }
  return undefined;
}

/** The schema of a member of a member; lists on the way are entered. */
export function memberAt(
  schema: Schema,
  path: readonly string[],
  models: Models,
): Schema | undefined {
  let at = schema;
  for (const name of path) {
    const holder = itemsOf(at, models) ?? at;
    const field = fieldsOf(holder, models).get(name);
    if (field === undefined) return undefined;
    at = field.schema;
  }
  return at;
}
