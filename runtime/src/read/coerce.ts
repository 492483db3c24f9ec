/** Room `read`: gives text values of arrays, objects and unions the types that their schema asks for. */
import type { Shape, TextValue } from "../contract/raw-request.js";
import { boolean, integer, number } from "./scalars.js";
import { setOwn } from "./own-data.js";

/** A typed value where the text is one, else the text unchanged, for the check to refuse. */
export function coerce(value: TextValue | undefined, shape: Shape): unknown {
  if (value === undefined) return undefined;
  if (typeof shape === "string") return coerceScalar(value, shape);
  if (isUnion(shape)) return coerceUnion(value, shape);
  if ("items" in shape) return coerceList(value, shape.items, shape.prefix);
  return coerceFields(value, shape.fields, shape.rest);
}

/** One text alone, or several as a list: for a schema that has both. An empty list is an empty text. */
export function lone(
  values: readonly string[] | undefined,
): TextValue | undefined {
  if (values === undefined || values.length > 1) return values;
  return values[0] ?? "";
}

export function isUnion(shape: object): shape is readonly Shape[] {
  return Array.isArray(shape);
}

function coerceScalar(
  value: TextValue,
  shape: Extract<Shape, string>,
): unknown {
  if (typeof value !== "string") return value;
  switch (shape) {
    case "integer":
      return integer(value);
    case "number":
      return number(value);
    case "boolean":
      return boolean(value);
    case "null":
      return value === "null" ? null : value;
    case "string":
      return value;
  }
}

/** The first alternative that makes something of the value; `string` takes what is left. */
function coerceUnion(value: TextValue, shapes: readonly Shape[]): unknown {
  for (const shape of shapes) {
    if (typeof value === "string" && isStructure(shape)) continue;
    const typed = coerce(value, shape);
    if (typed !== value) return typed;
  }
  if (typeof value !== "string" || shapes.includes("string")) return value;
  // A lone text that is none of the scalars may still be the one item of a list.
  const list = shapes.find((shape) => isStructure(shape) && "items" in shape);
  return list === undefined ? value : coerce(value, list);
}

function isStructure(
  shape: Shape,
): shape is Exclude<Shape, string | readonly Shape[]> {
  return typeof shape === "object" && !isUnion(shape);
}

function coerceList(
  value: TextValue,
  items: Shape,
  prefix: readonly Shape[] = [],
): unknown {
  const list = listOf(value);
  if (list === undefined) return value;
  return list.map((item, index) => coerce(item, prefix[index] ?? items));
}

/** `a=1`, `a=1&a=2`, and the indexes of `a[0]=1&a[1]=2` when they leave no gap. */
function listOf(value: TextValue): readonly TextValue[] | undefined {
  if (typeof value === "string") return [value];
  if (isList(value)) return value;
  const entries = Object.entries(value);
  for (const [index, [key]] of entries.entries()) {
    if (key !== String(index)) return undefined;
  }
  return entries.map(([, item]) => item);
}

function isList(value: object): value is readonly TextValue[] {
  return Array.isArray(value);
}

function coerceFields(
  value: TextValue,
  fields: Readonly<Record<string, Shape>>,
  rest: Shape | undefined,
): unknown {
  if (typeof value === "string" || isList(value)) return value;
  const typed: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : rest;
    setOwn(typed, key, shape === undefined ? item : coerce(item, shape));
  }
  return typed;
}
