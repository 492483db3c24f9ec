/** Room `emit/param`: the value of one parameter as an expression: its text, typed, or its default. */
import type { Json } from "../../load/document.js";
import type { Param } from "../../model/api.js";
import type { JsonType, Schema } from "../../model/schema.js";
import { effectiveDefault } from "../check/effects.js";
import { escapePointer } from "../check/place.js";
import type { Scope } from "../check/scope.js";
import { possibleTypes, typeOf } from "../check/types.js";
import { type Code, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { call, json } from "../syntax.js";
import { exploded } from "./object-text.js";
import { readingOf } from "./reading.js";
import { isTextList, shapeConstant, shapeOf } from "./shape.js";
import { scalarText, styledText } from "./text.js";

/** The decoded value as an expression, and what is known of it without looking. */
export interface Decoded {
  value: Code;
  known?: JsonType;
  knownItems?: JsonType;
  /** The expression has a binary operator at its top. */
  hasDefault: boolean;
}

type Typed = Omit<Decoded, "hasDefault">;

export function decodeParam(
  scope: Scope,
  param: Param,
  others: readonly Param[],
): Decoded {
  const typed =
    param.content === undefined
      ? coerced(scope, param, styledText(scope, param, others))
      : contentValue(scope, param, param.content);
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

/** `content` parameters: one text in a media type of its own, which has no styles. */
function contentValue(scope: Scope, param: Param, content: string): Typed {
  if (content === "application/x-www-form-urlencoded") {
    // The whole query: an exploded form object that has it for itself.
    return coerced(scope, param, exploded(scope, param, []));
  }
  const text = scalarText(param);
  if (!isJson(content)) return coerced(scope, param, text);
  const place = param.in === "querystring" ? "query" : param.in;
  const at = `${place}/${escapePointer(param.name)}`;
  return { value: call(rt.jsonText, [text, ts`${at}`, name("issues")]) };
}

function isJson(type: string): boolean {
  return /[/+]json\s*(?:;|$)/.test(type);
}

const SCALARS: Record<string, Code> = {
  integer: rt.integer,
  number: rt.number,
  boolean: rt.boolean,
};

/** Text to the types that the schema allows; what is no such text stays text, for the check to refuse. */
function coerced(scope: Scope, param: Param, text: Code): Typed {
  const types = possibleTypes(scope, param.schema);
  const shape = shapeOf(scope, param.schema);
  const isText = param.style !== "deepObject" && readingOf(types) === "text";
  const value =
    param.allowEmptyValue && isText && shape !== "string"
      ? ts`${text} || undefined`
      : text;
  if (shape === "string" && isText) {
    return types.has("string") ? { value, known: "string" } : { value };
  }
  const scalar = isText && typeof shape === "string" && SCALARS[shape];
  if (scalar) return { value: call(scalar, [value]) };
  if (isTextList(shape) && param.style !== "deepObject") {
    return { value, known: "array", knownItems: "string" };
  }
  return shaped(scope, shape, value);
}

function shaped(scope: Scope, shape: Json, value: Code): Typed {
  return { value: call(rt.coerce, [value, shapeConstant(scope, shape)]) };
}
