/** Room `model`: equality of JSON values (JSON Schema 2020-12 core, section 4.2.2). */
import type { Json } from "../load/document.js";
import { isObject } from "./member.js";

/** Compares with a stack of its own: the depth of values is the document's choice. */
export function jsonEqual(left: Json, right: Json): boolean {
  const pairs: [Json, Json][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      for (const [index, each] of a.entries()) {
        pairs.push([each, b[index] ?? null]);
      }
    } else if (isObject(a)) {
      if (!isObject(b)) return false;
      const entries = Object.entries(a);
      if (entries.length !== Object.keys(b).length) return false;
      for (const [name, each] of entries) {
        const other = Object.hasOwn(b, name) ? b[name] : undefined;
        if (other === undefined) return false;
        pairs.push([each, other]);
      }
    } else {
      return false;
    }
  }
  return true;
}
