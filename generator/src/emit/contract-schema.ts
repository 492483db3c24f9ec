/** Room `emit`: the projection of IR schemas onto plain JSON Schema, in the form from which openapi-typescript prints exact types. */
import type { Json, JsonObject } from "../load/document.js";
import type { Doc, JsonType, ModelId, Schema, Union } from "../model/schema.js";
import { effectiveDefault } from "./check/effects.js";
import { escapePointer } from "./check/place.js";
import type { Scope } from "./check/scope.js";

/** `input`: what handlers receive. `output`: what they answer. */
export type Direction = "input" | "output";

export interface TypeScope extends Pick<Scope, "model"> {
  /** Key of the model's type in `components.schemas` of the projection. */
  keyOf(id: ModelId, direction: Direction): string;
  /** Models that reach the one that is printed with no object between: TypeScript cannot resolve them as items of a list. */
  knot?: ReadonlySet<ModelId>;
  /** Below the items of a list, with no object between. */
  inList?: true;
}

/** A schema as its type should be printed; `true` is unknown, `false` never. */
export function typeSchema(
  scope: TypeScope,
  schema: Schema,
  direction: Direction,
): Json {
  if (schema.never) return false;
  const parts: JsonObject[] = [];
  for (const id of schema.refs) {
    if (scope.inList && scope.knot?.has(id)) return true;
    parts.push({
      $ref: `#/components/schemas/${pointer(scope.keyOf(id, direction))}`,
    });
  }
  const own = ownType(scope, schema, direction);
  if (own === false) return false;
  if (own !== undefined) parts.push(own);
  for (const part of schema.all) {
    const type = typeSchema(scope, part, direction);
    if (type === false) return false;
    if (isObject(type)) parts.push(type);
  }
  for (const union of schema.unions) {
    const branches = union.of.map((branch, at) =>
      withTag(typeSchema(scope, branch, direction), union, at),
    );
    const possible = branches.filter((branch) => branch !== false);
    if (possible.length === 0) return false;
    // A union with `unknown` in it is unknown.
    if (possible.some((branch) => branch === true)) continue;
    const [only] = possible;
    if (possible.length === 1 && isObject(only)) parts.push(only);
    else parts.push({ anyOf: possible });
  }
  const doc = docOf(schema.doc);
  const [only] = parts;
  if (only === undefined) return Object.keys(doc).length > 0 ? doc : true;
  if (parts.length === 1) {
    // Text beside a reference would hide it from the printer.
    return "$ref" in only && Object.keys(doc).length > 0
      ? { ...doc, allOf: [only] }
      : { ...only, ...doc };
  }
  return { ...doc, allOf: parts, ...outerRequired(schema) };
}

/** A child of a base is told by its tag, in types as well. */
function withTag(type: Json, { tag }: Union, at: number): Json {
  if (!tag?.inherited || !isObject(type)) return type;
  const texts = tag.branches
    .filter(({ branch }) => branch === at)
    .map(({ value }) => value);
  if (at === tag.otherwise) return tag.closed ? false : type;
  const literal = {
    type: "object",
    properties: record([[tag.property, { enum: texts }]]),
    required: [tag.property],
  };
  return { allOf: [type, literal] };
}

/** Names that are required here and declared by a part beside. */
function outerRequired(schema: Schema): JsonObject {
  const { object } = schema;
  if (!object) return {};
  const declared = new Set(object.fields.map((field) => field.name));
  const required = object.required.filter((key) => !declared.has(key));
  return required.length > 0 ? { required } : {};
}

function ownType(
  scope: TypeScope,
  schema: Schema,
  direction: Direction,
): JsonObject | false | undefined {
  const types = schema.types ?? impliedTypes(schema);
  if (schema.values) {
    const literals = schema.values.filter(
      (value) =>
        (value === null || typeof value !== "object") &&
        (!schema.types || allows(schema.types, value)),
    );
    if (literals.length === schema.values.length) {
      if (literals.length === 0) return false;
      return literalType(literals);
    }
  }
  if (types === undefined) return undefined;
  const branches = types.map((type) => oneType(scope, schema, type, direction));
  const [only] = branches;
  return branches.length === 1 && only ? only : { anyOf: dedupe(branches) };
}

/** `properties` without `type` are shown as an object's. */
function impliedTypes(schema: Schema): JsonType[] | undefined {
  const { object } = schema;
  const shows =
    object &&
    (object.fields.length > 0 || object.rest || object.patterns.length > 0);
  return shows ? ["object"] : undefined;
}

function literalType(values: readonly Json[]): JsonObject {
  const rest = values.filter((value) => value !== null);
  if (rest.length === values.length) return { enum: [...values] };
  if (rest.length === 0) return { type: "null" };
  return { anyOf: [{ enum: rest }, { type: "null" }] };
}

function oneType(
  scope: TypeScope,
  schema: Schema,
  type: JsonType,
  direction: Direction,
): JsonObject {
  switch (type) {
    case "array":
      return arrayType(scope, schema, direction);
    case "object":
      return objectType(scope, schema, direction);
    case "integer":
    case "number":
    case "string":
      if (schema.custom) {
        const { type: custom, module } = schema.custom;
        return {
          type,
          "x-kontract-type": custom,
          ...(module !== undefined && { "x-kontract-module": module }),
        };
      }
      return schema.string?.format && type === "string"
        ? { type, format: schema.string.format }
        : { type };
    default:
      return { type };
  }
}

function arrayType(
  scope: TypeScope,
  { array }: Schema,
  direction: Direction,
): JsonObject {
  if (!array) return { type: "array" };
  const inner: TypeScope = { ...scope, inList: true };
  const type = (schema: Schema) => typeSchema(inner, schema, direction);
  const items = array.items ? type(array.items) : true;
  if (array.prefix.length === 0) {
    return items === true ? { type: "array" } : { type: "array", items };
  }
  const { min = 0, max = Infinity } = array;
  const closed = array.items?.never === true || max <= array.prefix.length;
  if (closed && min >= array.prefix.length) {
    return { type: "array", prefixItems: array.prefix.map(type) };
  }
  // A tuple that may be shorter or longer is, to a reader, a list of any of its members.
  const members = [...array.prefix.map(type), ...(closed ? [] : [items])];
  if (members.includes(true)) return { type: "array" };
  return { type: "array", items: { anyOf: members } };
}

function objectType(
  { model, keyOf }: TypeScope,
  schema: Schema,
  direction: Direction,
): JsonObject {
  // The members of an object are resolved when they are asked for.
  const scope: TypeScope = { model, keyOf };
  const out: JsonObject = { type: "object" };
  const { object } = schema;
  if (!object) return out;
  const hidden = direction === "input" ? "read" : "write";
  const properties: [string, Json][] = [];
  const required: string[] = [];
  for (const field of object.fields) {
    if (field.schema.access === hidden) continue;
    properties.push([field.name, typeSchema(scope, field.schema, direction)]);
    const filled = effectiveDefault(scope, field.schema) !== undefined;
    if (field.required || filled) required.push(field.name);
  }
  const declared = new Set(object.fields.map((field) => field.name));
  const bare = object.required.filter((key) => !declared.has(key));
  const alone =
    schema.refs.length === 0 &&
    schema.all.length === 0 &&
    schema.unions.length === 0;
  if (properties.length > 0 && alone) {
    for (const key of bare) properties.push([key, true]);
    required.push(...bare);
  }
  if (properties.length > 0) out["properties"] = record(properties);
  if (required.length > 0) out["required"] = required;
  const rest = restType(scope, schema, direction, properties.length > 0);
  if (rest !== undefined) out["additionalProperties"] = rest;
  return out;
}

/**
 * The type of members that are not declared by name. Beside declared members it is unknown: an index signature of a
 * narrower type would have to fit the declared ones too, and no object literal could be written.
 */
function restType(
  scope: TypeScope,
  { object }: Schema,
  direction: Direction,
  besideOthers: boolean,
): Json | undefined {
  if (!object) return undefined;
  const open = object.rest !== undefined && !object.rest.never;
  const schemas = [
    ...object.patterns.map((each) => each.schema).filter((each) => !each.never),
    ...(open && object.rest ? [object.rest] : []),
  ];
  if (schemas.length === 0) return undefined;
  if (besideOthers) return true;
  const types = schemas.map((schema) => typeSchema(scope, schema, direction));
  if (types.includes(true)) return true;
  const [only] = types;
  return types.length === 1 ? only : { anyOf: types };
}

/** An object whose keys are all own, whatever they are called. */
export function record(
  entries: readonly (readonly [string, Json])[],
): JsonObject {
  const out = Object.create(null) as JsonObject;
  for (const [key, value] of entries) out[key] = value;
  return out;
}

function docOf(doc: Doc): JsonObject {
  const out: JsonObject = {};
  const text = doc.description ?? doc.summary ?? doc.title;
  if (text !== undefined && text.trim() !== "") out["description"] = text;
  if (doc.deprecated) out["deprecated"] = true;
  return out;
}

function allows(types: readonly JsonType[], value: Json): boolean {
  switch (typeof value) {
    case "string":
      return types.includes("string");
    case "boolean":
      return types.includes("boolean");
    case "number":
      return types.includes("number") || types.includes("integer");
    default:
      return types.includes("null");
  }
}

function dedupe(types: readonly JsonObject[]): JsonObject[] {
  const seen = new Map(types.map((type) => [JSON.stringify(type), type]));
  return [...seen.values()];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** RFC 6901 section 3, and the characters that a URI fragment may not hold. */
export function pointer(key: string): string {
  return encodeURIComponent(escapePointer(key));
}
