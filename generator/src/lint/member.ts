/** Room `lint`: reading documents without ever reaching a prototype. */
import type { Json, JsonObject } from "../load/document.js";

/** The own member of an object: a key such as `constructor` or `__proto__` is only found when the document wrote it. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member, when it is a text. */
export function textMember(
  object: JsonObject,
  key: string,
): string | undefined {
  const value = member(object, key);
  return typeof value === "string" ? value : undefined;
}

/** What a value is called in messages. */
export function typeName(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "string":
      return "a string";
    case "number":
      return "a number";
    case "boolean":
      return "a boolean";
    default:
      return "an object";
  }
}
