/** Room `commands`: a schema in a few words, for people. */
import type { Json } from "../load/document.js";
import type { Model, ModelId, Schema } from "../model/schema.js";

export type Models = ReadonlyMap<ModelId, Model>;

const MOST_VALUES = 6;
const LONGEST = 60;
const DEEPEST = 3;

/** `string, uuid`, `integer from 1 to 100`, `list of Book`, `one of "a", "b"`; without its default. */
export function describeSchema(
  schema: Schema,
  models: Models,
  depth = 0,
): string {
  if (schema.never) return "nothing";
  const [ref] = schema.refs;
  if (ref !== undefined) return models.get(ref)?.title ?? "any value";
  if (schema.values !== undefined) return valuesText(schema.values);
  const { array, unions, all, types = [] } = schema;
  const [union] = unions;
  if (union !== undefined) {
    return depth >= DEEPEST
      ? "one of several"
      : union.of
          .map((each) => describeSchema(each, models, depth + 1))
          .join(" or ");
  }
  if (types.length === 0 && all.length > 0 && depth < DEEPEST) {
    return all
      .map((each) => describeSchema(each, models, depth + 1))
      .join(" and ");
  }
  if (array?.items !== undefined && types.includes("array")) {
    const items =
      depth >= DEEPEST
        ? "values"
        : describeSchema(array.items, models, depth + 1);
    const size = rangeText(array.min, array.max);
    const of = `list of ${items}${size === "" ? "" : `, ${size} items`}`;
    return array.unique ? `${of}, no two alike` : of;
  }
  const facts = [types.length === 0 ? "any value" : types.join(" or ")];
  return [...facts, ...stringFacts(schema), ...numberFacts(schema)].join(", ");
}

function stringFacts({ string, format, number }: Schema): string[] {
  const facts: string[] = [];
  if (format !== undefined && number?.format === undefined) facts.push(format);
  if (string === undefined) return facts;
  const size = rangeText(string.min, string.max);
  if (size !== "") facts.push(`${size} characters`);
  for (const { source } of string.patterns) facts.push(`/${cut(source)}/`);
  return facts;
}

function numberFacts({ number }: Schema): string[] {
  if (number === undefined) return [];
  const { min, max, exclusiveMin, exclusiveMax, multipleOf = [] } = number;
  const facts: string[] = [];
  if (number.format !== undefined) facts.push(number.format);
  const size = rangeText(min, max);
  if (size !== "") facts.push(size);
  if (exclusiveMin !== undefined) facts.push(`above ${exclusiveMin}`);
  if (exclusiveMax !== undefined) facts.push(`below ${exclusiveMax}`);
  for (const each of multipleOf) facts.push(`a multiple of ${each}`);
  return facts;
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) {
    return min === max ? String(min) : `${min} to ${max}`;
  }
  if (min !== undefined) return min === 0 ? "" : `at least ${min}`;
  return max === undefined ? "" : `at most ${max}`;
}

function valuesText(values: readonly Json[]): string {
  const shown = values.slice(0, MOST_VALUES).map((each) => jsonText(each));
  const more = values.length - shown.length;
  return shown.join(" | ") + (more > 0 ? ` | ${more} more` : "");
}

/** On one line, and not too long. */
export function jsonText(value: Json): string {
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
