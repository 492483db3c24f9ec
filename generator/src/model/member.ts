/** Room `model`: reads members of untrusted JSON objects without ever touching a prototype. */
import type { Json, JsonObject } from "../load/document.js";

/** The own member, or undefined: `constructor` or `__proto__` are names like any other. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member when it is text, else undefined. */
export function textMember(
  object: JsonObject,
  name: string,
): string | undefined {
  const value = member(object, name);
  return typeof value === "string" ? value : undefined;
}

/** The member when it is an object, else undefined. */
export function objectMember(
  object: JsonObject,
  name: string,
): JsonObject | undefined {
  const value = member(object, name);
  return isObject(value) ? value : undefined;
}

/** The member when it is a list, else an empty one. */
export function listMember(object: JsonObject, name: string): Json[] {
  const value = member(object, name);
  return Array.isArray(value) ? value : [];
}
