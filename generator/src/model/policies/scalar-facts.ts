/** Room `model`: which values a field can be compared with: its type, format and enumeration. */
import type { JsonType, Model, ModelId, Schema } from "../schema.js";
import { itemsOf } from "./schema-fields.js";

export interface ScalarFacts {
  type: "string" | "integer" | "number" | "boolean";
  format?: "date" | "date-time" | "uuid";
  values?: (string | number)[];
}

const FORMATS = ["date", "date-time", "uuid"] as const;

/** Of a list, those of its items. What is no scalar is compared as text. */
export function scalarFacts(
  schema: Schema,
  models: ReadonlyMap<ModelId, Model>,
): ScalarFacts {
  const parts = scalarParts(itemsOf(schema, models) ?? schema, models);
  const values = parts
    .flatMap((part) => part.values ?? [])
    .filter((each) => typeof each === "string" || typeof each === "number");
  const types = new Set<JsonType>(parts.flatMap((part) => part.types ?? []));
  const facts: ScalarFacts = { type: typeOf(types, values) };
  const fits = values.filter((each) =>
    facts.type === "string"
      ? typeof each === "string"
      : typeof each === "number",
  );
  if (fits.length > 0) facts.values = [...new Set(fits)];
  const format = FORMATS.find((each) =>
    parts.some((part) => part.string?.format === each),
  );
  if (format !== undefined && facts.type === "string") facts.format = format;
  return facts;
}

function typeOf(
  types: ReadonlySet<JsonType>,
  values: readonly (string | number)[],
): ScalarFacts["type"] {
  if (types.has("string")) return "string";
  if (types.has("number")) return "number";
  if (types.has("integer")) return "integer";
  if (types.has("boolean")) return "boolean";
  const isNumeric =
    values.length > 0 && values.every((each) => typeof each === "number");
  return isNumeric ? "number" : "string";
}

/** The schema, what holds for the same value, and the branch of a union whose others are `null`. */
function scalarParts(
  schema: Schema,
  models: ReadonlyMap<ModelId, Model>,
): Schema[] {
  const parts = new Set([schema]);
  // A set is walked in the order of insertion, and what is added on the way is met too.
  for (const part of parts) {
    for (const each of part.all) parts.add(each);
    for (const id of part.refs) {
      const target = models.get(id);
      if (target) parts.add(target.schema);
    }
    for (const { of } of part.unions) {
      const rest = of.filter(
        ({ types }) => types?.length !== 1 || types[0] !== "null",
      );
      const [only] = rest;
      if (rest.length === 1 && only) parts.add(only);
    }
  }
  return [...parts];
}
