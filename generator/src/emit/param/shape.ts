/** Room `emit/param`: what a schema says about types, in the form in which the runtime reads it. */
import type { Json } from "../../load/document.js";
import type { ModelId, Schema } from "../../model/schema.js";
import { constantCase } from "../check/scalar.js";
import type { Scope } from "../check/scope.js";
import { possibleTypes } from "../check/types.js";
import { type Code, ts } from "../code.js";
import { rtType } from "../runtime-symbols.js";
import { assign, json } from "../syntax.js";

type Shape = Json;
type Models = Pick<Scope, "model">;

export function isTextList(shape: Shape): boolean {
  return (
    shape !== null &&
    typeof shape === "object" &&
    !Array.isArray(shape) &&
    "items" in shape &&
    shape["items"] === "string" &&
    !("prefix" in shape)
  );
}

export function shapeConstant(scope: Scope, shape: Shape): Code {
  return scope.unit.constant(
    `${constantCase(scope.base)}_SHAPE`,
    `${scope.base} shape ${JSON.stringify(shape)}`,
    (constant) => assign(ts`const ${constant}: ${rtType.Shape}`, json(shape)),
  );
}

/** What is known of a schema: `undefined` for one that is too wide. */
const known = new WeakMap<Schema, { shape: Shape | undefined }>();

/** What a schema says about types, in the form in which the runtime reads it. */
export function shapeOf(scope: Models, schema: Schema): Shape {
  return wholeShape(scope, schema) ?? "string";
}

/** Its models refer to each other in more ways than can be written down; for `shapeOf` it is text. */
export function isTooWide(scope: Models, schema: Schema): boolean {
  return wholeShape(scope, schema) === undefined;
}

/** Asked for more than once: by what is reported and by what is written. */
function wholeShape({ model }: Models, schema: Schema): Shape | undefined {
  const before = known.get(schema);
  if (before) return before.shape;
  const reading: Reading = { model, parts: 0 };
  const shape = readShape(reading, schema, new Set());
  const whole = isFull(reading) ? undefined : shape;
  known.set(schema, { shape: whole });
  return whole;
}

/** Parts of one shape: forty times as many as the widest form among large real documents has. */
const MOST_PARTS = 10_000;

interface Reading extends Models {
  /** Schemas that were read, each as often as a way leads to it. */
  parts: number;
}

function isFull({ parts }: Reading): boolean {
  return parts > MOST_PARTS;
}

function readShape(
  reading: Reading,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): Shape {
  reading.parts++;
  if (isFull(reading)) return "string";
  const types = possibleTypes(reading, schema);
  const shapes: Shape[] = [];
  if (types.has("object")) shapes.push(objectShape(reading, schema, visiting));
  if (types.has("array")) shapes.push(arrayShape(reading, schema, visiting));
  // `null` as text is a string wherever a string is allowed.
  if (types.has("null") && !types.has("string")) shapes.push("null");
  if (types.has("boolean")) shapes.push("boolean");
  if (types.has("number")) shapes.push("number");
  else if (types.has("integer")) shapes.push("integer");
  if (types.has("string")) shapes.push("string");
  const all = types.size >= 6;
  if (all || shapes.length === 0) return "string";
  const [only] = shapes;
  return shapes.length === 1 && only !== undefined ? only : shapes;
}

function arrayShape(
  reading: Reading,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): Shape {
  const parts = inPlace(reading, schema, visiting);
  const items = parts.flatMap(({ schema: part, visiting: seen }) =>
    part.array?.items ? [readShape(reading, part.array.items, seen)] : [],
  );
  const prefix = parts.flatMap(({ schema: part, visiting: seen }) =>
    (part.array?.prefix ?? []).map((each) => readShape(reading, each, seen)),
  );
  const shape: { [key: string]: Json } = { items: items[0] ?? "string" };
  if (prefix.length > 0) shape["prefix"] = prefix;
  return shape;
}

function objectShape(
  reading: Reading,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): Shape {
  const fields = Object.create(null) as { [key: string]: Json };
  let rest: Shape | undefined;
  for (const { schema: part, visiting: seen } of inPlace(
    reading,
    schema,
    visiting,
  )) {
    for (const field of part.object?.fields ?? []) {
      fields[field.name] = readShape(reading, field.schema, seen);
    }
    const open = part.object?.rest;
    if (open && !open.never) rest = readShape(reading, open, seen);
  }
  return rest === undefined || rest === "string"
    ? { fields }
    : { fields, rest };
}

/**
 * The schema and everything that applies to the same value, each model once; recursion through references ends.
 * `visiting` are the models on one way to a part.
 */
export function inPlace(
  scope: Models,
  schema: Schema,
  visiting: ReadonlySet<ModelId> = new Set(),
  seen: Set<ModelId> = new Set(visiting),
): { schema: Schema; visiting: ReadonlySet<ModelId> }[] {
  const parts = [...schema.all, ...schema.unions.flatMap((union) => union.of)];
  const out = [{ schema, visiting }];
  for (const part of parts) out.push(...inPlace(scope, part, visiting, seen));
  for (const id of schema.refs) {
    if (seen.has(id)) continue;
    seen.add(id);
    const way = new Set([...visiting, id]);
    out.push(...inPlace(scope, scope.model(id).schema, way, seen));
  }
  return out;
}
