/** Room `model`: reads members of untrusted JSON objects without ever touching a prototype. */
import type { Json, JsonObject } from "../load/document.js";
import { isObject, member } from "../load/member.js";

export { isObject, member, textMember } from "../load/member.js";

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
