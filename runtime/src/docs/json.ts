/** Room `docs`: which parts of an OpenAPI document are maps of names, and which are data that only looks like a document. */

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keywords below which the keys are names that the author chose. */
export const NAMED: ReadonlySet<string> = new Set([
  "$defs",
  "callbacks",
  "content",
  "definitions",
  "dependentSchemas",
  "encoding",
  "examples",
  "headers",
  "links",
  "mapping",
  "mediaTypes",
  "parameters",
  "pathItems",
  "paths",
  "patternProperties",
  "properties",
  "requestBodies",
  "responses",
  "schemas",
  "scopes",
  "securitySchemes",
  "variables",
  "webhooks",
]);

const DATA = new Set(["example", "default", "enum", "const", "value"]);

/** Whether the member is somebody's data, in which no keyword means anything. */
export function dataOf(name: string, value: unknown): boolean {
  return DATA.has(name) || (name === "examples" && Array.isArray(value));
}

/** `#/components/schemas/A/properties/b` lies in `#/components/schemas/A`. */
export function parentsOf(reference: string): string[] {
  const tokens = decode(reference).split("/");
  return tokens.length < 4
    ? [reference]
    : [reference, tokens.slice(0, 4).join("/")];
}

function decode(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
