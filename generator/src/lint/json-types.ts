/** Room `lint`: the types that a schema allows by its own `type`. */
import type { Json, JsonObject } from "../load/document.js";
import { member } from "../load/member.js";

const TYPES = new Set([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

/** `undefined`: the schema names no type, or none that exists. */
export function jsonTypes(schema: JsonObject): Set<string> | undefined {
  const type = member(schema, "type");
  const list = Array.isArray(type) ? type : [type];
  const types = new Set<string>();
  for (const each of list) {
    if (typeof each !== "string" || !TYPES.has(each)) return undefined;
    types.add(each);
  }
  if (member(schema, "nullable") === true) types.add("null");
  return types.size === 0 ? undefined : types;
}

export function hasType(value: Json, types: ReadonlySet<string>): boolean {
  if (value === null) return types.has("null");
  if (Array.isArray(value)) return types.has("array");
  if (typeof value === "number") {
    return (
      types.has("number") || (types.has("integer") && Number.isInteger(value))
    );
  }
  return types.has(typeof value);
}
