/** Room `emit/check`: tests on the JSON type of a value, and what is known of types without running anything. */
import type { JsonType, ModelId, Schema } from "../../model/schema.js";
import { type Code, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, any, call } from "../syntax.js";
import type { Scope } from "./scope.js";

const ALL: readonly JsonType[] = [
  "null",
  "boolean",
  "number",
  "string",
  "array",
  "object",
];

/** Code that is true when the value has the type. */
export function isType(type: JsonType, value: Code): Code {
  switch (type) {
    case "null":
      return ts`${value} === null`;
    case "boolean":
      return ts`typeof ${value} === "boolean"`;
    case "integer":
      return call(rt.isInteger, [value]);
    case "number":
      return ts`typeof ${value} === "number"`;
    case "string":
      return ts`typeof ${value} === "string"`;
    case "array":
      return ts`Array.isArray(${value})`;
    case "object":
      return call(rt.isRecord, [value]);
  }
}

/** Code that is true when the value has not the type. */
export function isNotType(type: JsonType, value: Code): Code {
  switch (type) {
    case "null":
      return ts`${value} !== null`;
    case "boolean":
    case "number":
    case "string":
      return ts`typeof ${value} !== ${type}`;
    default:
      return ts`!${isType(type, value)}`;
  }
}

export function isAnyType(types: readonly JsonType[], value: Code): Code {
  return any(types.map((type) => isType(type, value)));
}

export function isNoneOfTypes(types: readonly JsonType[], value: Code): Code {
  return all(types.map((type) => isNotType(type, value)));
}

type Types = ReadonlySet<JsonType>;
type Models = Pick<Scope, "model">;

const EVERY: Types = new Set(ALL);
/** What is known of models, by their schemas: a model is looked at once, however many ways lead to it. */
const typesOfModels = new WeakMap<Schema, Types>();

/** The types a value of this schema can have; `integer` only where no other number can be. */
export function possibleTypes(scope: Models, schema: Schema): Types {
  return localTypes(schema, (id) => typesOfModel(scope, id));
}

/**
 * The greatest answer that agrees with itself: models that refer to each other in place start as everything and are
 * narrowed until nothing changes.
 */
function typesOfModel(scope: Models, asked: ModelId): Types {
  const before = typesOfModels.get(scope.model(asked).schema);
  if (before) return before;
  const open = new Map<ModelId, Types>();
  const waiting = [asked];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const { schema } = scope.model(id);
    if (open.has(id) || typesOfModels.has(schema)) continue;
    open.set(id, EVERY);
    waiting.push(...referencesInPlace(schema));
  }
  const typesOf = (id: ModelId): Types =>
    open.get(id) ?? typesOfModels.get(scope.model(id).schema) ?? EVERY;
  // What was found last refers to the least: from there, a chain of references is final in one round.
  const order = [...open.keys()].reverse();
  for (let changed = true; changed;) {
    changed = false;
    for (const id of order) {
      const narrowed = localTypes(scope.model(id).schema, typesOf);
      if (sameTypes(narrowed, typesOf(id))) continue;
      open.set(id, narrowed);
      changed = true;
    }
  }
  for (const [id, types] of open) {
    typesOfModels.set(scope.model(id).schema, types);
  }
  return typesOf(asked);
}

function localTypes(schema: Schema, typesOf: (id: ModelId) => Types): Types {
  if (schema.never) return new Set();
  let types = new Set<JsonType>(schema.types ?? ALL);
  if (schema.values) {
    types = intersect(types, new Set(schema.values.map(typeOf)));
  }
  for (const id of schema.refs) types = intersect(types, typesOf(id));
  for (const part of schema.all) {
    types = intersect(types, localTypes(part, typesOf));
  }
  for (const union of schema.unions) {
    const either = union.of.flatMap((branch) => [
      ...localTypes(branch, typesOf),
    ]);
    types = intersect(types, new Set(either));
  }
  return types;
}

function* referencesInPlace(schema: Schema): Generator<ModelId> {
  yield* schema.refs;
  for (const part of schema.all) yield* referencesInPlace(part);
  for (const union of schema.unions) {
    for (const branch of union.of) yield* referencesInPlace(branch);
  }
}

function sameTypes(a: Types, b: Types): boolean {
  return a.size === b.size && [...a].every((type) => b.has(type));
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "string":
      return "string";
    case "number":
      return Number.isInteger(value) ? "integer" : "number";
    default:
      return "object";
  }
}

export function intersect(
  a: ReadonlySet<JsonType>,
  b: ReadonlySet<JsonType>,
): Set<JsonType> {
  const out = new Set<JsonType>();
  for (const type of a) {
    if (b.has(type)) out.add(type);
    else if (type === "integer" && b.has("number")) out.add("integer");
    else if (type === "number" && b.has("integer")) out.add("integer");
  }
  return out;
}

/** No value can have both. */
export function areDisjoint(
  a: ReadonlySet<JsonType>,
  b: ReadonlySet<JsonType>,
): boolean {
  return intersect(a, b).size === 0;
}
