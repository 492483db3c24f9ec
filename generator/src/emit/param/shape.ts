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

/** What a schema says about types, in the form in which the runtime reads it. */
export function shapeOf(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId> = new Set(),
): Shape {
  const types = possibleTypes(scope, schema);
  const shapes: Shape[] = [];
  if (types.has("object")) shapes.push(objectShape(scope, schema, visiting));
  if (types.has("array")) shapes.push(arrayShape(scope, schema, visiting));
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
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): Shape {
  const parts = inPlace(scope, schema, visiting);
  const items = parts.flatMap(({ schema: part, visiting: seen }) =>
    part.array?.items ? [shapeOf(scope, part.array.items, seen)] : [],
  );
  const prefix = parts.flatMap(({ schema: part, visiting: seen }) =>
    (part.array?.prefix ?? []).map((each) => shapeOf(scope, each, seen)),
  );
  const shape: { [key: string]: Json } = { items: items[0] ?? "string" };
  if (prefix.length > 0) shape["prefix"] = prefix;
  return shape;
}

function objectShape(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): Shape {
  const fields = Object.create(null) as { [key: string]: Json };
  let rest: Shape | undefined;
  for (const { schema: part, visiting: seen } of inPlace(
    scope,
    schema,
    visiting,
  )) {
    for (const field of part.object?.fields ?? []) {
      fields[field.name] = shapeOf(scope, field.schema, seen);
    }
    const open = part.object?.rest;
    if (open && !open.never) rest = shapeOf(scope, open, seen);
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
  scope: Pick<Scope, "model">,
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
