/** Room `emit`: how the members of a form become values, as data that the runtime reads (OpenAPI, encoding object). */
import type { Json, JsonObject } from "../load/document.js";
import type { Encoding } from "../model/api.js";
import type { JsonType, Schema } from "../model/schema.js";
import type { Scope } from "./check/scope.js";
import { possibleTypes } from "./check/types.js";
import { itemsOf } from "./form-files.js";
import { fieldNames } from "./param/object-text.js";
import { readingOf } from "./param/reading.js";
import { inPlace, shapeOf } from "./param/shape.js";
import { separator } from "./param/style-arguments.js";

type Models = Pick<Scope, "model">;

/** One member of a form. `style`, `explode` and `allowReserved` have it written as a query parameter is; else its media type says. */
export function fieldData(
  models: Models,
  schema: Schema,
  encoding: Encoding | undefined,
): JsonObject {
  const shape = shapeOf(models, schema);
  const types = possibleTypes(models, schema);
  return encoding && isStyled(encoding)
    ? { shape, ...styled(models, schema, types, encoding) }
    : { shape, ...typed(models, schema, types, encoding?.contentType) };
}

/** One part of a multipart body. */
export function partData(
  models: Models,
  schema: Schema,
  encoding: Encoding | undefined,
  file: "bytes" | "stream" | undefined,
): JsonObject {
  const types = encoding?.contentType
    ?.split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const declared: JsonObject = types && types.length > 0 ? { types } : {};
  if (file === undefined) {
    return { ...fieldData(models, schema, encoding), ...declared };
  }
  const items = itemsOf(models, schema);
  const { min, max } = sizeOf(models, items ?? schema);
  return {
    shape: "string",
    file,
    ...(items ? { list: true } : {}),
    ...declared,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** Types of members that are not declared, where the schema gives them one. */
export function restShape(models: Models, schema: Schema): JsonObject {
  for (const { schema: part } of inPlace(models, schema)) {
    const rest = part.object?.rest;
    if (!rest || rest.never) continue;
    const shape = shapeOf(models, rest);
    if (shape !== "string") return { rest: shape };
  }
  return {};
}

function isStyled({ style, explode, allowReserved }: Encoding): boolean {
  return [style, explode, allowReserved].some((each) => each !== undefined);
}

function styled(
  models: Models,
  schema: Schema,
  types: ReadonlySet<JsonType>,
  { style = "form", explode }: Encoding,
): JsonObject {
  const isList = types.has("array");
  if (style === "deepObject") return { deep: true, ...listMark(isList) };
  const isExploded = explode ?? style === "form";
  if (readingOf(types) === "object") {
    if (!isExploded) return { split: separator(style), pairs: true };
    return { members: fieldNames(models, schema).declared };
  }
  if (!isList) return {};
  return isExploded ? { list: true } : { split: separator(style) };
}

function typed(
  models: Models,
  schema: Schema,
  types: ReadonlySet<JsonType>,
  contentType: string | undefined,
): JsonObject {
  const items = itemsOf(models, schema);
  const one = items ? possibleTypes(models, items) : types;
  const isJson =
    contentType === undefined
      ? isStructure(one)
      : /[/+]json\b/.test(contentType);
  return {
    ...(isJson ? { json: true } : {}),
    ...listMark(types.has("array")),
  };
}

/** Neither texts nor numbers: the default of the encoding object is JSON. */
function isStructure(types: ReadonlySet<JsonType>): boolean {
  return !types.has("string") && (types.has("object") || types.has("array"));
}

function listMark(isList: boolean): JsonObject {
  return isList ? { list: true } : {};
}

function sizeOf(
  models: Models,
  schema: Schema,
): { min: Json | undefined; max: Json | undefined } {
  let min: number | undefined;
  let max: number | undefined;
  for (const { schema: part } of inPlace(models, schema)) {
    if (part.string?.min !== undefined) {
      min = Math.max(min ?? 0, part.string.min);
    }
    if (part.string?.max !== undefined) {
      max = Math.min(max ?? Infinity, part.string.max);
    }
  }
  return { min, max };
}
