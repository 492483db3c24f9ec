/** Room `model`: schemas of OpenAPI 3.0 in the words of JSON Schema 2020-12. The only file that knows the 3.0 dialect. */
import type { Dialect, JsonObject } from "../load/document.js";
import { member } from "./member.js";

export interface Lowered {
  node: JsonObject;
  /** The schema stands in a wrapper that means "this, or null". */
  orNull?: true;
  /** Keywords of 3.0 in a document of 3.1. */
  outdated?: string[];
}

/** What a person may read beside a `$ref`, though the reference object of 3.0 ignores its other members. */
const besideReference = ["description", "deprecated", "title"];

/**
 * `nullable` and boolean `exclusiveMinimum` are read in 3.1 documents as well: JSON Schema gives them no other meaning,
 * and documents that were upgraded by their version number alone are full of them.
 */
export function lowerDialect(schema: JsonObject, dialect: Dialect): Lowered {
  if (dialect !== "3.0" && dialect !== "3.1") return { node: schema };
  if (dialect === "3.0" && Object.hasOwn(schema, "$ref")) {
    return { node: referenceOnly(schema) };
  }
  const outdated = [
    ...["exclusiveMinimum", "exclusiveMaximum"].filter(
      (name) => typeof member(schema, name) === "boolean",
    ),
    ...(member(schema, "nullable") === true ? ["nullable"] : []),
  ];
  if (outdated.length === 0) return { node: schema };

  const node: JsonObject = Object.assign(Object.create(null), schema);
  lowerBound(node, "minimum", "exclusiveMinimum");
  lowerBound(node, "maximum", "exclusiveMaximum");
  const lowered: Lowered = { node };
  if (node["nullable"] === true && lowerNullable(node)) lowered.orNull = true;
  if (dialect === "3.1") lowered.outdated = outdated;
  return lowered;
}

function referenceOnly(schema: JsonObject): JsonObject {
  const node: JsonObject = Object.create(null);
  for (const name of ["$ref", ...besideReference]) {
    const value = member(schema, name);
    if (value !== undefined) node[name] = value;
  }
  return node;
}

/** 3.0: `exclusiveMinimum: true` turns `minimum` into an exclusive one. */
function lowerBound(
  node: JsonObject,
  bound: string,
  exclusiveBound: string,
): void {
  const exclusive = node[exclusiveBound];
  if (typeof exclusive !== "boolean") return;
  const limit = node[bound];
  if (exclusive && limit !== undefined) {
    node[exclusiveBound] = limit;
    delete node[bound];
  } else {
    delete node[exclusiveBound];
  }
}

/**
 * True for a wrapper. 3.0.3: `nullable` adds null to the `type` beside it, an `enum` has to list null itself, and without a `type` it has no
 * effect. Beside `allOf`, `anyOf`, `oneOf` (and in 3.1 `$ref`) it is written, everywhere, to mean "or null".
 */
function lowerNullable(node: JsonObject): boolean {
  const values = node["enum"];
  const refusesNull = Array.isArray(values) && !values.includes(null);
  const wraps =
    Array.isArray(node["allOf"]) ||
    Array.isArray(node["anyOf"]) ||
    Array.isArray(node["oneOf"]) ||
    typeof node["$ref"] === "string";
  if (wraps) return !refusesNull;
  const type = node["type"];
  if (typeof type === "string") node["type"] = [type, "null"];
  else if (Array.isArray(type) && type.length > 0) {
    node["type"] = [...type, "null"];
  }
  return false;
}
