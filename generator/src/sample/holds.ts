/** Room `sample`: whether a schema holds for a value: the representation read word by word, as the emitted checks read it. */
import {
  isEqual,
  isInt32,
  isInt64,
  isInteger,
  isMultipleOf,
  isRecord,
  isUnique,
  safeTest,
} from "@kontract/runtime/codegen1";
import type { Json } from "../load/document.js";
import type {
  ArrayFacet,
  JsonType,
  NumberFacet,
  ObjectFacet,
  Pattern,
  Schema,
  StringFacet,
  Union,
} from "../model/schema.js";
import { hasFormat } from "./formats.js";
import { isForeign, type Sampling } from "./sampling.js";

/** Members and items that something has looked at (JSON Schema 2020-12 core, 11). */
interface Seen {
  names: Set<string>;
  items: Set<number>;
}

type Known = Pick<Sampling, "model" | "direction">;

/** References that lead on without going into the value. */
const DEEPEST = 200;

export function holds(schema: Schema, value: Json, known: Known): boolean {
  return judge(schema, value, known, undefined, 0);
}

function newSeen(): Seen {
  return { names: new Set(), items: new Set() };
}

function unite(into: Seen | undefined, from: Seen | undefined): void {
  if (into === undefined || from === undefined) return;
  for (const name of from.names) into.names.add(name);
  for (const item of from.items) into.items.add(item);
}

function judge(
  schema: Schema,
  value: Json,
  known: Known,
  outer: Seen | undefined,
  depth: number,
): boolean {
  if (schema.never || depth > DEEPEST) return false;
  // Kept only where a keyword asks for it.
  const asks = schema.unevaluatedItems ?? schema.unevaluatedProperties;
  const seen = outer || asks ? newSeen() : undefined;
  /** Applies a schema to the value itself. */
  const apply = (each: Schema): boolean => {
    const own = seen && newSeen();
    if (!judge(each, value, known, own, depth + 1)) return false;
    unite(seen, own);
    return true;
  };
  const below = (each: Schema, item: Json): boolean =>
    judge(each, item, known, undefined, depth + 1);
  const { condition } = schema;
  const isValid =
    hasType(schema.types, value) &&
    (schema.values?.some((each) => isEqual(each, value)) ?? true) &&
    isFacetValid(schema, value, seen, below, apply, known) &&
    schema.refs.every((id) => apply(known.model(id))) &&
    schema.all.every(apply) &&
    schema.unions.every((union) => isOneOf(union, value, apply)) &&
    !(schema.not && below(schema.not, value)) &&
    (condition === undefined ||
      holdsIfAny(apply(condition.test) ? condition.yes : condition.no, apply));
  if (!isValid) return false;
  if (seen && !leavesNothing(schema, value, seen, below)) return false;
  unite(outer, seen);
  return true;
}

type Apply = (schema: Schema) => boolean;
type Below = (schema: Schema, item: Json) => boolean;

function holdsIfAny(schema: Schema | undefined, apply: Apply): boolean {
  return schema === undefined || apply(schema);
}

export function hasType(
  types: readonly JsonType[] | undefined,
  value: Json,
): boolean {
  if (types === undefined) return true;
  return types.some((type) => {
    switch (type) {
      case "null":
        return value === null;
      case "array":
        return Array.isArray(value);
      case "object":
        return isRecord(value);
      case "integer":
        return isInteger(value);
      default:
        return typeof value === type;
    }
  });
}

function isFacetValid(
  schema: Schema,
  value: Json,
  seen: Seen | undefined,
  below: Below,
  apply: Apply,
  known: Known,
): boolean {
  if (typeof value === "string") {
    return schema.string === undefined || isText(schema.string, value);
  }
  if (typeof value === "number") {
    return schema.number === undefined || isNumber(schema.number, value);
  }
  if (Array.isArray(value)) {
    return (
      schema.array === undefined || isArray(schema.array, value, seen, below)
    );
  }
  if (typeof value !== "object" || value === null) return true;
  const { object } = schema;
  return (
    object === undefined || isObject(object, value, seen, below, apply, known)
  );
}

export function isText(facet: StringFacet, value: string): boolean {
  const { min = 0, max = Infinity, patterns, format } = facet;
  const { length } = [...value];
  return (
    length >= min &&
    length <= max &&
    patterns.every((pattern) => matches(pattern, value)) &&
    (format === undefined || hasFormat(format, value))
  );
}

const compiled = new WeakMap<Pattern, RegExp>();

export function matches(pattern: Pattern, text: string): boolean {
  let made = compiled.get(pattern);
  if (made === undefined) {
    made = new RegExp(pattern.source, pattern.flags);
    compiled.set(pattern, made);
  }
  return pattern.unsafe ? safeTest(made, text) : made.test(text);
}

export function isNumber(facet: NumberFacet, value: number): boolean {
  const { min, max, exclusiveMin, exclusiveMax, multipleOf, format } = facet;
  return (
    value >= (min ?? -Infinity) &&
    value <= (max ?? Infinity) &&
    value > (exclusiveMin ?? -Infinity) &&
    value < (exclusiveMax ?? Infinity) &&
    (multipleOf ?? []).every((divisor) => isMultipleOf(value, divisor)) &&
    (format !== "int32" || isInt32(value)) &&
    (format !== "int64" || isInt64(value))
  );
}

function isArray(
  facet: ArrayFacet,
  value: Json[],
  seen: Seen | undefined,
  below: Below,
): boolean {
  const { min = 0, max = Infinity, prefix, items, contains, unique } = facet;
  if (value.length < min || value.length > max) return false;
  if (unique && !isUnique(value)) return false;
  for (const [at, item] of value.entries()) {
    const schema = at < prefix.length ? prefix[at] : items;
    if (schema === undefined) continue;
    if (!below(schema, item)) return false;
    seen?.items.add(at);
  }
  if (contains === undefined) return true;
  let count = 0;
  for (const [at, item] of value.entries()) {
    if (!below(contains.schema, item)) continue;
    seen?.items.add(at);
    count += 1;
  }
  return count >= contains.min && count <= (contains.max ?? Infinity);
}

function isObject(
  facet: ObjectFacet,
  value: { [name: string]: Json },
  seen: Seen | undefined,
  below: Below,
  apply: Apply,
  known: Known,
): boolean {
  const { min = 0, max = Infinity, patterns, rest, names } = facet;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  const own = Object.keys(value);
  if (own.length < min || own.length > max) return false;
  const schemas = schemasByName(facet);
  for (const name of facet.required) {
    const schema = schemas.get(name);
    if (!has(name) && !(schema && isForeign(schema, known))) return false;
  }
  for (const { name, required } of facet.dependentRequired) {
    if (has(name) && !required.every(has)) return false;
  }
  for (const { name, schema } of facet.dependentSchemas) {
    if (has(name) && !apply(schema)) return false;
  }
  for (const [name, member] of Object.entries(value)) {
    if (names && !below(names, name)) return false;
    const declared = schemas.get(name);
    if (declared && patterns.length === 0) {
      if (!below(declared, member)) return false;
      seen?.names.add(name);
      continue;
    }
    const said = patterns
      .filter(({ pattern }) => matches(pattern, name))
      .map(({ schema }) => schema);
    if (declared) said.push(declared);
    if (said.length === 0 && rest) said.push(rest);
    if (!said.every((schema) => below(schema, member))) return false;
    if (said.length > 0) seen?.names.add(name);
  }
  return true;
}

const byName = new WeakMap<ObjectFacet, Map<string, Schema>>();

/** The schemas of declared members. */
export function schemasByName(facet: ObjectFacet): ReadonlyMap<string, Schema> {
  let known = byName.get(facet);
  if (known === undefined) {
    known = new Map(facet.fields.map(({ name, schema }) => [name, schema]));
    byName.set(facet, known);
  }
  return known;
}

function isOneOf({ mode, of, tag }: Union, value: Json, apply: Apply): boolean {
  if (tag?.declared && isRecord(value)) {
    const text = Object.hasOwn(value, tag.property)
      ? value[tag.property]
      : undefined;
    const named = tag.branches.find((each) => each.value === text);
    const branch = of[named?.branch ?? tag.otherwise ?? -1];
    return branch !== undefined && apply(branch);
  }
  // Every valid branch counts for what has been looked at.
  const valid = of.filter(apply).length;
  return mode === "any" ? valid > 0 : valid === 1;
}

function leavesNothing(
  { unevaluatedItems, unevaluatedProperties }: Schema,
  value: Json,
  seen: Seen,
  below: Below,
): boolean {
  if (unevaluatedItems && Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      if (!seen.items.has(at) && !below(unevaluatedItems, item)) return false;
      seen?.items.add(at);
    }
  }
  if (unevaluatedProperties && isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (seen.names.has(name)) continue;
      if (!below(unevaluatedProperties, member)) return false;
      seen?.names.add(name);
    }
  }
  return true;
}
