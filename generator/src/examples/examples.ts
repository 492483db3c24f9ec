/** Room `examples`: examples of schemas, parameters, headers and bodies. */
import { below } from "../lint/below.js";
import type { Origin } from "../lint/diagnostic.js";
import type { Document, Json, JsonObject, NodeKind } from "../load/document.js";
import { isObject, member } from "../load/member.js";
import { pointerKeys } from "../load/pointer.js";
import { codecOf } from "../model/codec.js";
import type { Schema } from "../model/schema.js";
import type { FindAsked } from "./asked.js";

interface Example {
  value: Json;
  origin: Origin;
}

const HOLDERS: ReadonlySet<NodeKind> = new Set([
  "schema",
  "parameter",
  "header",
  "mediaType",
]);

export const findExamples: FindAsked = function* (
  node,
  kind,
  origin,
  document,
) {
  if (!HOLDERS.has(kind)) return;
  const isSchema = kind === "schema";
  if (!isSchema && !isObject(member(node, "schema"))) return;
  for (const example of examplesOf(node, kind, origin, document)) {
    yield {
      code: "KT6016",
      what: "the example",
      ...example,
      schema: isSchema ? origin : document.written(below(origin, "schema")),
      isText: (schema) => isSerialised(example.value, schema, kind, origin),
    };
  }
};

/** `example` is data; `examples` are data in schemas, and example objects elsewhere. */
function examplesOf(
  node: JsonObject,
  kind: NodeKind,
  origin: Origin,
  document: Document,
): Example[] {
  const found: Example[] = [];
  const single = member(node, "example");
  if (single !== undefined) {
    found.push({ value: single, origin: below(origin, "example") });
  }
  const several = member(node, "examples");
  if (kind === "schema") {
    if (!Array.isArray(several)) return found;
    for (const [index, value] of several.entries()) {
      found.push({ value, origin: below(origin, "examples", index) });
    }
    return found;
  }
  if (!isObject(several)) return found;
  for (const [name, each] of Object.entries(several)) {
    const at = follow(each, below(origin, "examples", name), document);
    if (at === undefined) continue;
    for (const field of ["dataValue", "value"]) {
      const value = member(at.node, field);
      if (value === undefined) continue;
      found.push({ value, origin: below(at.origin, field) });
      break;
    }
  }
  return found;
}

function follow(
  value: Json,
  origin: Origin,
  document: Document,
): { node: JsonObject; origin: Origin } | undefined {
  const seen = new Set<Json>();
  while (isObject(value) && Object.hasOwn(value, "$ref")) {
    const target = seen.has(value) ? undefined : document.target(value);
    seen.add(value);
    if (target === undefined) return undefined;
    value = target.node;
    origin = document.written(target.origin);
  }
  return isObject(value) ? { node: value, origin } : undefined;
}

/**
 * An example may be the text on the wire: of lists and objects in parameters and headers, and of bodies that are not
 * JSON (OpenAPI 3.1.1, media type object: "`example`").
 */
function isSerialised(
  value: Json,
  { types }: Schema,
  kind: NodeKind,
  { pointer }: Origin,
): boolean {
  if (typeof value !== "string") return false;
  if (kind === "parameter" || kind === "header") {
    return (
      types === undefined ||
      types.some((type) => type === "array" || type === "object")
    );
  }
  if (kind !== "mediaType") return false;
  const type = pointerKeys(pointer).at(-1) ?? "";
  return codecOf(type.toLowerCase()).codec !== "json";
}
