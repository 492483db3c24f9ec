/** Room `commands`: reading JSON by pointer, in objects and lists alike. */
import type { Json, JsonObject } from "../load/document.js";
import { pointerKeys } from "../load/pointer.js";

export function nodeAt(root: Json, pointer: string): Json | undefined {
  let node: Json | undefined = root;
  for (const key of pointerKeys(pointer)) {
    node = childOf(node, key);
    if (node === undefined) return undefined;
  }
  return node;
}

/** The own member or item. */
export function childOf(node: Json | undefined, key: string): Json | undefined {
  return isBranch(node) && Object.hasOwn(node, key)
    ? (node as Record<string, Json>)[key]
    : undefined;
}

export function isBranch(node: Json | undefined): node is JsonObject | Json[] {
  return typeof node === "object" && node !== null;
}

/** Percent-decoded; as it is, where it is not encoded well. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
