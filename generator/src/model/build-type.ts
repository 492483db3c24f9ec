/** Room `model`: keywords about any value: `type`, `enum`, `const`. */
import type { Json } from "../load/document.js";
import { below } from "./below.js";
import { jsonEqual } from "./json-equal.js";
import { reportValue } from "./keyword-value.js";
import { member } from "./member.js";
import type { KeywordTable, SchemaPlace } from "./schema-place.js";
import type { JsonType, Schema } from "./schema.js";
import { typeAlias } from "./type-alias.js";

const jsonTypes: ReadonlySet<Json> = new Set<JsonType>([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

export const typeKeywords: KeywordTable = [
  [
    "enum",
    {
      validation: true,
      build(value, schema, place) {
        if (Array.isArray(value)) restrict(schema, distinct(value));
        else reportValue(place, "enum", "must be a list of values");
      },
    },
  ],
  [
    "const",
    {
      validation: true,
      build(value, schema) {
        restrict(schema, [value]);
      },
    },
  ],
];

/** `type` comes before all other keywords: `format` depends on it. */
export function buildType(
  value: Json,
  schema: Schema,
  place: SchemaPlace,
): void {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    reportValue(place, "type", "must name at least one type");
    return;
  }
  const types = new Set<JsonType>();
  let any = false;
  for (const written of list) {
    const type = isJsonType(written) ? written : readAlias(written, place);
    if (type === undefined) return;
    if (type === "any") any = true;
    else types.add(type);
  }
  if (any) return;
  if (types.has("number")) types.delete("integer");
  schema.types = [...types];
}

function readAlias(
  written: Json,
  place: SchemaPlace,
): JsonType | "any" | undefined {
  // `[string, null]` in YAML: a value where its name is meant. Alone it may be a value that was forgotten.
  const isNull = written === null && Array.isArray(member(place.node, "type"));
  const type = isNull ? "null" : typeAlias(written);
  if (type === undefined) {
    reportValue(
      place,
      "type",
      "must be one of array, boolean, integer, null, number, object, string",
    );
    return undefined;
  }
  place.diagnostics.warning(
    "KT2207",
    below(place.origin, "type"),
    `\`${String(written)}\` is no type; read as ${type === "any" ? "any type" : `\`${type}\``}`,
    {
      help:
        type === "any"
          ? "leave out `type`"
          : `write ${isNull ? '"null", in quotes' : `\`type: ${type}\``}`,
    },
  );
  return type;
}

function isJsonType(value: Json): value is JsonType {
  return jsonTypes.has(value);
}

function restrict(schema: Schema, values: Json[]): void {
  schema.values =
    schema.values === undefined
      ? values
      : schema.values.filter((each) =>
          values.some((other) => jsonEqual(each, other)),
        );
}

/** Repeated scalars say nothing more. */
function distinct(values: Json[]): Json[] {
  const seen = new Set<Json>();
  return values.filter((value) => {
    if (typeof value === "object" && value !== null) return true;
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
