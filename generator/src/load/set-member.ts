/** Room `load`: writing members under keys of the document. */
import type { Json, JsonObject } from "./document.js";

/** Plain assignment would call the setter of `__proto__`. */
export function setMember(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
