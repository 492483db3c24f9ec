/** Room `diff`: adds what one schema says itself to a shape. */
import { below } from "../lint/below.js";
import type { Origin } from "../lint/diagnostic.js";
import type { Json } from "../load/document.js";
import type { Schema } from "../model/schema.js";
import {
  type Atom,
  atomsOfTypes,
  type Bound,
  jsonKey,
  type Placed,
  type Shape,
} from "./shape.js";

/** Everything that one schema says itself, but for references, `allOf` and unions. */
export function addOwn(shape: Shape, schema: Schema): void {
  const { origin } = schema;
  const at = (keyword: string) => below(origin, keyword);
  if (schema.never) shape.never ??= origin;
  if (schema.types) allowTypes(shape, atomsOfTypes(schema.types), at("type"));
  if (schema.values) {
    allowValues(shape, schema.values, at(schema.constant ? "const" : "enum"));
  }
  if (schema.extensible) {
    shape.extensible ??= {
      value: schema.extensible,
      origin: at("x-extensible-enum"),
    };
  }
  addString(shape, schema, at);
  addNumber(shape, schema, at);
  addArray(shape, schema, at);
  addObject(shape, schema, at);
  if (schema.not) shape.nots.push(schema.not);
  if (schema.condition) {
    shape.conditions.push({ value: schema.condition, origin: at("if") });
  }
  if (schema.default !== undefined) {
    shape.default ??= { value: schema.default, origin: at("default") };
  }
  if (schema.doc.deprecated) shape.deprecated ??= at("deprecated");
}

export function allowTypes(
  shape: Shape,
  types: ReadonlySet<Atom>,
  origin: Origin,
): void {
  const before = shape.types?.value;
  shape.types = {
    value: before
      ? new Set([...before].filter((each) => types.has(each)))
      : types,
    origin: shape.types?.origin ?? origin,
  };
}

export function allowValues(
  shape: Shape,
  values: readonly Json[],
  origin: Origin,
): void {
  const keys = new Set(values.map(jsonKey));
  const before = shape.values?.value;
  shape.values = {
    value: before
      ? before.filter((each) => keys.has(jsonKey(each)))
      : [...values],
    origin: shape.values?.origin ?? origin,
  };
}

type At = (keyword: string) => Origin;

function addString(shape: Shape, { string }: Schema, at: At): void {
  if (!string) return;
  shape.minLength = tighter(
    shape.minLength,
    placed(string.min, at("minLength")),
    1,
  );
  shape.maxLength = tighter(
    shape.maxLength,
    placed(string.max, at("maxLength")),
    -1,
  );
  for (const value of string.patterns) {
    shape.patterns.push({ value, origin: at("pattern") });
  }
  if (string.format !== undefined) {
    shape.formats.push({ value: string.format, origin: at("format") });
  }
  if (string.content !== undefined) {
    shape.content ??= { value: string.content, origin: at("format") };
  }
}

function addNumber(shape: Shape, { number }: Schema, at: At): void {
  if (!number) return;
  const { min, exclusiveMin, max, exclusiveMax } = number;
  shape.lower = tighterBound(shape.lower, bound(min, false, at("minimum")), 1);
  shape.lower = tighterBound(
    shape.lower,
    bound(exclusiveMin, true, at("exclusiveMinimum")),
    1,
  );
  shape.upper = tighterBound(shape.upper, bound(max, false, at("maximum")), -1);
  shape.upper = tighterBound(
    shape.upper,
    bound(exclusiveMax, true, at("exclusiveMaximum")),
    -1,
  );
  for (const value of number.multipleOf ?? []) {
    shape.multiples.push({ value, origin: at("multipleOf") });
  }
  if (number.format !== undefined) {
    shape.numberFormats.push({ value: number.format, origin: at("format") });
  }
}

function addArray(shape: Shape, schema: Schema, at: At): void {
  const { array } = schema;
  if (schema.unevaluatedItems) {
    shape.unevaluatedItems.push(schema.unevaluatedItems);
  }
  if (!array) return;
  shape.minItems = tighter(
    shape.minItems,
    placed(array.min, at("minItems")),
    1,
  );
  shape.maxItems = tighter(
    shape.maxItems,
    placed(array.max, at("maxItems")),
    -1,
  );
  if (array.unique) shape.unique ??= at("uniqueItems");
  if (array.contains) {
    shape.contains.push({ value: array.contains, origin: at("contains") });
  }
  if (array.prefix.length > 0 || array.items) {
    const { prefix, items } = array;
    shape.lists.push({
      value: items ? { prefix, items } : { prefix },
      origin: at("items"),
    });
  }
}

function addObject(shape: Shape, schema: Schema, at: At): void {
  const { object, unevaluatedProperties } = schema;
  if (unevaluatedProperties) {
    shape.unevaluatedProperties.push(unevaluatedProperties);
  }
  if (!object) return;
  for (const { name, schema: field } of object.fields) {
    shape.fields.set(name, [...(shape.fields.get(name) ?? []), field]);
  }
  for (const name of object.required) {
    if (!shape.required.has(name)) shape.required.set(name, at("required"));
  }
  for (const value of object.patterns) {
    shape.patternFields.push({ value, origin: at("patternProperties") });
  }
  if (object.rest) {
    shape.closings.push({
      value: {
        names: new Set(object.fields.map(({ name }) => name)),
        patterns: object.patterns.map(({ pattern }) => pattern),
        rest: object.rest,
      },
      origin: at("additionalProperties"),
    });
  }
  if (object.names) shape.names.push(object.names);
  shape.minProperties = tighter(
    shape.minProperties,
    placed(object.min, at("minProperties")),
    1,
  );
  shape.maxProperties = tighter(
    shape.maxProperties,
    placed(object.max, at("maxProperties")),
    -1,
  );
  for (const value of object.dependentRequired) {
    shape.dependentRequired.push({ value, origin: at("dependentRequired") });
  }
  for (const value of object.dependentSchemas) {
    shape.dependentSchemas.push({ value, origin: at("dependentSchemas") });
  }
}

function placed<T>(
  value: T | undefined,
  origin: Origin,
): Placed<T> | undefined {
  return value === undefined ? undefined : { value, origin };
}

/** `sign` 1: the greater limit counts; -1: the smaller. */
export function tighter(
  one: Placed<number> | undefined,
  two: Placed<number> | undefined,
  sign: 1 | -1,
): Placed<number> | undefined {
  if (!one || !two) return one ?? two;
  return two.value * sign > one.value * sign ? two : one;
}

export function tighterBound(
  one: Placed<Bound> | undefined,
  two: Placed<Bound> | undefined,
  sign: 1 | -1,
): Placed<Bound> | undefined {
  if (!one || !two) return one ?? two;
  const difference = (two.value.limit - one.value.limit) * sign;
  const isTighter = difference > 0 || (difference === 0 && two.value.exclusive);
  return isTighter ? two : one;
}

function bound(limit: number | undefined, exclusive: boolean, origin: Origin) {
  return placed(limit === undefined ? undefined : { limit, exclusive }, origin);
}
