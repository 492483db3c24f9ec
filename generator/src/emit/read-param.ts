/** Room `emit`: how the text of one parameter becomes a value: by place, style and the types that its schema allows. */
import type { Param } from "../model/api.js";
import type { JsonType, ModelId, Schema } from "../model/schema.js";
import type { Json } from "../load/document.js";
import { effectiveDefault } from "./check/effects.js";
import type { Scope } from "./check/scope.js";
import { escapePointer } from "./check/place.js";
import { constantCase } from "./check/scalar.js";
import { possibleTypes, typeOf } from "./check/types.js";
import { type Code, name, ts } from "./code.js";
import { rt, rtType } from "./runtime-symbols.js";
import { assign, call, json, list } from "./syntax.js";

/** The decoded value as an expression, and what is known of it without looking. */
export interface Decoded {
  value: Code;
  known?: JsonType;
  knownItems?: JsonType;
  /** The expression has a binary operator at its top. */
  hasDefault: boolean;
}

const raw = name("raw");

export function decodeParam(
  scope: Scope,
  param: Param,
  others: readonly Param[],
): Decoded {
  const types = possibleTypes(scope, param.schema);
  const text = param.content
    ? contentText(param)
    : styledText(scope, param, types, others);
  const typed: Omit<Decoded, "hasDefault"> = param.content
    ? { value: text }
    : coerced(scope, param, types, text);
  const fallback = usableDefault(scope, param.schema);
  if (fallback === undefined || param.in === "path") {
    return { ...typed, hasDefault: false };
  }
  return {
    ...typed,
    value: ts`${typed.value} ?? ${json(fallback)}`,
    hasDefault: true,
  };
}

/** A default whose type the schema allows. */
function usableDefault(scope: Scope, schema: Schema): Json | undefined {
  const value = effectiveDefault(scope, schema);
  if (value === undefined || value === null) return undefined;
  const types = possibleTypes(scope, schema);
  const type = typeOf(value);
  const fits = types.has(type) || (type === "integer" && types.has("number"));
  return fits ? value : undefined;
}

/** `content` parameters: one text in a media type of its own. */
function contentText(param: Param): Code {
  const text = primitiveText(param);
  if (!/[/+]json$/.test(param.content ?? "")) return text;
  const place = `${param.in}/${escapePointer(param.name)}`;
  return call(rt.jsonText, [text, ts`${place}`, name("issues")]);
}

function styledText(
  scope: Scope,
  param: Param,
  types: ReadonlySet<JsonType>,
  others: readonly Param[],
): Code {
  if (param.style === "deepObject") {
    return call(ts`${raw}.queryObject`, [
      ts`${param.name}`,
      ts`${"deepObject"}`,
    ]);
  }
  if (takesObject(types)) return objectText(scope, param, others);
  if (types.has("array")) return listText(param);
  return primitiveText(param);
}

/** Objects are read as objects only where no scalar could be meant. */
function takesObject(types: ReadonlySet<JsonType>): boolean {
  return types.has("object") && !types.has("array") && !types.has("string");
}

function primitiveText({ in: place, style, name: key }: Param): Code {
  switch (place) {
    case "path":
      return call(ts`${raw}.path`, [ts`${key}`, ...pathStyle(style)]);
    case "header":
      return call(ts`${raw}.header`, [ts`${key.toLowerCase()}`]);
    case "cookie":
      return style === "cookie"
        ? call(ts`${raw}.cookieText`, [ts`${key}`])
        : call(ts`${raw}.cookie`, [ts`${key}`]);
    case "querystring":
      return ts`${raw}.querystring`;
    default:
      return call(ts`${raw}.query`, [ts`${key}`]);
  }
}

function pathStyle(style: Param["style"]): Code[] {
  return style === "label" || style === "matrix" ? [ts`${style}`] : [];
}

function listText({ in: place, style, explode, name: key }: Param): Code {
  switch (place) {
    case "path":
      return call(ts`${raw}.pathList`, [
        ts`${key}`,
        ts`${style}`,
        ts`${explode}`,
      ]);
    case "header":
      return call(ts`${raw}.headerSplit`, [ts`${key.toLowerCase()}`]);
    case "cookie":
      return explode
        ? call(ts`${raw}.cookieAll`, [ts`${key}`])
        : call(ts`${raw}.cookieSplit`, [ts`${key}`]);
    default:
      return explode
        ? call(ts`${raw}.queryAll`, [ts`${key}`])
        : call(ts`${raw}.querySplit`, [ts`${key}`, ts`${separator(style)}`]);
  }
}

function separator(style: Param["style"]): "," | " " | "|" {
  if (style === "spaceDelimited") return " ";
  return style === "pipeDelimited" ? "|" : ",";
}

function objectText(
  scope: Scope,
  { in: place, style, explode, name: key, schema }: Param,
  others: readonly Param[],
): Code {
  switch (place) {
    case "path":
      return call(ts`${raw}.pathObject`, [
        ts`${key}`,
        ts`${style}`,
        ts`${explode}`,
      ]);
    case "header":
      return call(ts`${raw}.headerPairs`, [
        ts`${key.toLowerCase()}`,
        ts`${explode}`,
      ]);
    case "cookie":
      return explode
        ? call(ts`${raw}.cookieFields`, [
            names(fieldNames(scope, schema).declared),
          ])
        : call(ts`${raw}.cookiePairs`, [ts`${key}`]);
    default: {
      if (!explode || style !== "form") {
        return call(ts`${raw}.queryPairs`, [
          ts`${key}`,
          ts`${separator(style)}`,
        ]);
      }
      const { declared, open } = fieldNames(scope, schema);
      if (!open) return call(ts`${raw}.queryFields`, [names(declared)]);
      const taken = others.filter(
        (each) => each.in === "query" && each.name !== key,
      );
      return call(ts`${raw}.queryRest`, [
        names(taken.map((each) => each.name)),
      ]);
    }
  }
}

function names(keys: readonly string[]): Code {
  return list(keys.map((key) => ts`${key}`));
}

/** Members of an object parameter, through references and compositions. */
function fieldNames(
  scope: Scope,
  schema: Schema,
  visiting: Set<ModelId> = new Set(),
): { declared: string[]; open: boolean } {
  const declared = (schema.object?.fields ?? []).map((field) => field.name);
  const rest = schema.object?.rest;
  let open =
    (rest !== undefined && !rest.never) ||
    (schema.object?.patterns.length ?? 0) > 0;
  const parts = [...schema.all, ...schema.unions.flatMap((union) => union.of)];
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    visiting.add(id);
    parts.push(scope.model(id).schema);
  }
  for (const part of parts) {
    const inner = fieldNames(scope, part, visiting);
    declared.push(...inner.declared);
    open ||= inner.open;
  }
  return {
    declared: [...new Set(declared)],
    open: open || declared.length === 0,
  };
}

/** Text to the types that the schema allows; what is no such text stays text, for the check to refuse. */
function coerced(
  scope: Scope,
  param: Param,
  types: ReadonlySet<JsonType>,
  text: Code,
): Omit<Decoded, "hasDefault"> {
  const shape = shapeOf(scope, param.schema, new Set());
  const value =
    param.allowEmptyValue && shape !== "string" && !isStructured(types)
      ? ts`${text} || undefined`
      : text;
  switch (shape) {
    case "string":
      return types.has("string") ? { value, known: "string" } : { value };
    case "integer":
      return { value: call(rt.integer, [value]) };
    case "number":
      return { value: call(rt.number, [value]) };
    case "boolean":
      return { value: call(rt.boolean, [value]) };
    default:
      if (isTextList(shape) && param.style !== "deepObject") {
        return { value, known: "array", knownItems: "string" };
      }
      return { value: call(rt.coerce, [value, shapeConstant(scope, shape)]) };
  }
}

function isStructured(types: ReadonlySet<JsonType>): boolean {
  return types.has("array") || types.has("object");
}

function isTextList(shape: Shape): boolean {
  return (
    shape !== null &&
    typeof shape === "object" &&
    !Array.isArray(shape) &&
    "items" in shape &&
    shape["items"] === "string" &&
    !("prefix" in shape)
  );
}

type Shape = Json;

function shapeConstant(scope: Scope, shape: Shape): Code {
  return scope.unit.constant(
    `${constantCase(scope.base)}_SHAPE`,
    `${scope.base} shape ${JSON.stringify(shape)}`,
    (constant) => assign(ts`const ${constant}: ${rtType.Shape}`, json(shape)),
  );
}

/** What a schema says about types, in the form in which the runtime reads it. */
function shapeOf(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
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

/** The schema and everything that applies to the same value; recursion through references ends. */
function inPlace(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId>,
): { schema: Schema; visiting: ReadonlySet<ModelId> }[] {
  const parts = [...schema.all, ...schema.unions.flatMap((union) => union.of)];
  const out = [{ schema, visiting }];
  for (const part of parts) out.push(...inPlace(scope, part, visiting));
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    const seen = new Set([...visiting, id]);
    out.push(...inPlace(scope, scope.model(id).schema, seen));
  }
  return out;
}
