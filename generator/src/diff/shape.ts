/** Room `diff`: what a schema demands with its references and `allOf` followed, so that the way it is written does not count. */
import type { Origin } from "../lint/diagnostic.js";
import type { Json } from "../load/document.js";
import type {
  Condition,
  JsonType,
  Pattern,
  Schema,
  Union,
} from "../model/schema.js";

export interface Placed<T> {
  value: T;
  origin: Origin;
}

/** Kinds of values that do not overlap: a `fraction` is a number that is no integer. */
export type Atom = Exclude<JsonType, "number"> | "fraction";

export interface Bound {
  limit: number;
  exclusive: boolean;
}

/** `additionalProperties` of one schema, with the members that it does not speak about. */
export interface Closing {
  names: ReadonlySet<string>;
  patterns: readonly Pattern[];
  rest: Schema;
}

export interface Items {
  prefix: Schema[];
  items?: Schema;
}

/** Lists are conjunctions. */
export interface Shape {
  origin: Origin;
  /** What the shape was made of. */
  source: readonly Schema[];
  never?: Origin;
  types?: Placed<ReadonlySet<Atom>>;
  values?: Placed<Json[]>;
  /** Values that a client should know of, with others to come. */
  extensible?: Placed<Json[] | true>;
  minLength?: Placed<number> | undefined;
  maxLength?: Placed<number> | undefined;
  patterns: Placed<Pattern>[];
  formats: Placed<string>[];
  content?: Placed<string>;
  lower?: Placed<Bound> | undefined;
  upper?: Placed<Bound> | undefined;
  multiples: Placed<number>[];
  numberFormats: Placed<string>[];
  lists: Placed<Items>[];
  contains: Placed<{ schema: Schema; min: number; max?: number }>[];
  minItems?: Placed<number> | undefined;
  maxItems?: Placed<number> | undefined;
  unique?: Origin;
  fields: Map<string, Schema[]>;
  required: Map<string, Origin>;
  patternFields: Placed<{ pattern: Pattern; schema: Schema }>[];
  closings: Placed<Closing>[];
  names: Schema[];
  minProperties?: Placed<number> | undefined;
  maxProperties?: Placed<number> | undefined;
  dependentRequired: Placed<{ name: string; required: string[] }>[];
  dependentSchemas: Placed<{ name: string; schema: Schema }>[];
  unions: Placed<Union>[];
  nots: Schema[];
  conditions: Placed<Condition>[];
  unevaluatedProperties: Schema[];
  unevaluatedItems: Schema[];
  default?: Placed<Json>;
  deprecated?: Origin;
}

export function emptyShape(origin: Origin): Shape {
  return {
    origin,
    source: [],
    patterns: [],
    formats: [],
    multiples: [],
    numberFormats: [],
    lists: [],
    contains: [],
    fields: new Map(),
    required: new Map(),
    patternFields: [],
    closings: [],
    names: [],
    dependentRequired: [],
    dependentSchemas: [],
    unions: [],
    nots: [],
    conditions: [],
    unevaluatedProperties: [],
    unevaluatedItems: [],
  };
}

/** No assertion but unions. */
export function saysOnlyUnions(shape: Shape): boolean {
  const {
    origin: _,
    source: __,
    unions: ___,
    deprecated: ____,
    ...rest
  } = shape;
  return Object.values(rest).every((value: unknown) => {
    if (Array.isArray(value)) return value.length === 0;
    return value instanceof Map ? value.size === 0 : value === undefined;
  });
}

export const ATOMS: readonly Atom[] = [
  "null",
  "boolean",
  "integer",
  "fraction",
  "string",
  "array",
  "object",
];

export function atomsOfTypes(types: readonly JsonType[]): Set<Atom> {
  return new Set(
    types.flatMap((type): Atom[] =>
      type === "number" ? ["integer", "fraction"] : [type],
    ),
  );
}

/** Equal for equal JSON values, whatever the order of their members. */
export function jsonKey(value: Json): string {
  return JSON.stringify(value, (_, each: Json) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
        )
      : each,
  );
}

export function atomOf(value: Json): Atom {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "number":
      return Number.isInteger(value) ? "integer" : "fraction";
    default:
      return "object";
  }
}
