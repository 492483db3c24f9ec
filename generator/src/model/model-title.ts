/** Room `model`: what a schema is called in the source when a reference leads to it. */
import type { Origin } from "../lint/diagnostic.js";
import { tokensOf } from "./below.js";

/** Tokens that say what a place is, not what it is about. */
const structural: ReadonlySet<string> = new Set([
  "$defs",
  "additionalProperties",
  "allOf",
  "anyOf",
  "components",
  "content",
  "definitions",
  "dependentSchemas",
  "headers",
  "items",
  "oneOf",
  "parameters",
  "paths",
  "patternProperties",
  "prefixItems",
  "properties",
  "requestBodies",
  "responses",
  "schema",
  "schemas",
]);

/** Containers of names: the token after one is a name, even when it is spelled like a keyword. */
const containers: ReadonlySet<string> = new Set([
  "$defs",
  "definitions",
  "properties",
  "schemas",
]);

/**
 * A component is called by its name; a place inside one by the names on the way to it (`Pet/properties/owner` is
 * `Pet owner`); a whole file by its own name.
 */
export function modelTitle(origin: Origin): string {
  const tokens = tokensOf(origin.pointer);
  const names = tokens.filter(
    (token, index) =>
      !structural.has(token) || containers.has(tokens[index - 1] ?? ""),
  );
  return (names.length > 0 ? names : tokens).join(" ") || fileTitle(origin);
}

function fileTitle({ file }: Origin): string {
  const base = file.slice(file.lastIndexOf("/") + 1);
  return base.replace(/\.[^.]*$/, "") || base;
}
