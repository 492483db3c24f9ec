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

/** The types a value of this schema can have; `integer` only where no other number can be. */
export function possibleTypes(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId> = new Set(),
): ReadonlySet<JsonType> {
  let types = new Set<JsonType>(schema.types ?? ALL);
  if (schema.never) return new Set();
  if (schema.values) {
    types = intersect(types, new Set(schema.values.map(typeOf)));
  }
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    types = intersect(
      types,
      possibleTypes(scope, scope.model(id).schema, new Set([...visiting, id])),
    );
  }
  for (const part of schema.all) {
    types = intersect(types, possibleTypes(scope, part, visiting));
  }
  for (const union of schema.unions) {
    const either = new Set<JsonType>();
    for (const branch of union.of) {
      for (const type of possibleTypes(scope, branch, visiting)) {
        either.add(type);
      }
    }
    types = intersect(types, either);
  }
  return types;
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
