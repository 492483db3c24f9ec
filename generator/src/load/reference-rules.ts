/** Room `load`: which nodes may be references, and what a `$ref` does to the fields beside it. */
import type { NodeKind } from "./document.js";
import { GRAMMAR, type Version } from "./grammar.js";

export function mayRefer(kind: NodeKind): boolean {
  return GRAMMAR.get(kind)?.reference !== "none";
}

/** Reference Objects allow nothing beside `$ref`; OpenAPI 3.0 says the same for schemas. */
export function ignoresSiblings(kind: NodeKind, version: Version): boolean {
  if (kind === "pathItem") return false;
  return kind !== "schema" || version === "3.0";
}
