/** Room `diff`: pairs of schemas, what changed in each, and the pairs below; a pair is looked at once, so that recursion ends. */
import type { Origin } from "../lint/diagnostic.js";
import type { Schema } from "../model/schema.js";
import type { Direction, Effect, Sides } from "./change.js";
import { compareArrays, compareUnevaluatedItems } from "./compare-arrays.js";
import { compareConditions } from "./compare-conditions.js";
import {
  compareObjects,
  compareUnevaluatedProperties,
} from "./compare-objects.js";
import { compareScalars } from "./compare-scalars.js";
import { compareTypes } from "./compare-types.js";
import { compareUnions, compareWithBranch } from "./compare-unions.js";
import { flatten, type Models } from "./flatten.js";
import { combinedEffect, effectOf, type SchemaChange } from "./severity.js";
import type { Shape } from "./shape.js";

/** How values are written: in the text of a parameter or header, `1` is a string as well. */
export type Writing = "json" | "text";

/** One change of one pair. */
export interface Found {
  what: SchemaChange;
  /** Continues the sentence: "`a` is no longer allowed". */
  detail: string;
  before: Origin;
  after: Origin;
}

export interface Pair {
  /** The component that both sides refer to, by its title of today. */
  model?: string;
  own: Found[];
  below: { segment: string; pair: Pair }[];
}

/** What the comparisons of single keywords work with. */
export interface Comparison extends Sides<Shape> {
  direction: Direction;
  writing: Writing;
  models: Sides<Models>;
  /** Origins default to the two schemas. */
  note(
    what: SchemaChange,
    detail: string,
    origins?: Partial<Sides<Origin | undefined>>,
  ): void;
  /** Compares what stands below; nothing on a side: anything goes there. */
  below(
    segment: string,
    before: readonly Schema[],
    after: readonly Schema[],
  ): void;
  /** What would be found, without reporting it. */
  effectOf(before: readonly Schema[], after: readonly Schema[]): Effect;
  /** Everything that was noted here and below so far. */
  sofar(): Found[];
  flat(side: keyof Sides<unknown>, schemas: readonly Schema[]): Shape;
}

const DEEPEST = 150;
const MOST_PAIRS = 200_000;

export type ComparePair = (
  before: readonly Schema[],
  after: readonly Schema[],
  places: Sides<Origin>,
  writing: Writing,
) => Pair;

export function schemaComparison(
  models: Sides<Models>,
  direction: Direction,
): ComparePair {
  const pairs = new Map<string, Pair>();
  const numbers = new Map<Schema, number>();
  const shapes = {
    before: new Map<string, Shape>(),
    after: new Map<string, Shape>(),
  };

  const key = (schemas: readonly Schema[]): string =>
    [...new Set(schemas)]
      .map((schema) => {
        const known = numbers.get(schema) ?? numbers.size;
        numbers.set(schema, known);
        return known;
      })
      .sort((a, b) => a - b)
      .join();

  const flat = (
    side: "before" | "after",
    schemas: readonly Schema[],
    place: Origin,
  ): Shape => {
    const name = key(schemas);
    // What is nothing has the place of its surroundings.
    const known = name === "" ? undefined : shapes[side].get(name);
    const shape = known ?? flatten(schemas, models[side], place);
    shapes[side].set(name, shape);
    return shape;
  };

  const compare = (
    before: readonly Schema[],
    after: readonly Schema[],
    places: Sides<Origin>,
    writing: Writing,
    depth: number,
  ): Pair => {
    const old = unwrap(before, models.before);
    const now = unwrap(after, models.after);
    const name = `${writing} ${key(old.schemas)} ${key(now.schemas)}`;
    const known = pairs.get(name);
    if (known) return known;
    const pair: Pair = { own: [], below: [] };
    if (old.model !== undefined && now.model !== undefined)
      pair.model = now.model;
    pairs.set(name, pair);
    const shape = {
      before: flat("before", old.schemas, places.before),
      after: flat("after", now.schemas, places.after),
    };
    const origins = { before: shape.before.origin, after: shape.after.origin };
    const comparison: Comparison = {
      ...shape,
      direction,
      writing,
      models,
      note(what, detail, at = {}) {
        pair.own.push({
          what,
          detail,
          before: at.before ?? origins.before,
          after: at.after ?? origins.after,
        });
      },
      below(segment, one, two) {
        pair.below.push({
          segment,
          pair: compare(one, two, origins, writing, depth + 1),
        });
      },
      effectOf(one, two) {
        const found = foundIn(compare(one, two, origins, writing, depth + 1));
        return combinedEffect(found.map(({ what }) => effectOf(what)));
      },
      sofar: () => foundIn(pair),
      flat: (side, schemas) => flat(side, schemas, origins[side]),
    };
    if (depth > DEEPEST || pairs.size > MOST_PAIRS) {
      comparison.note(
        "too-deep-to-compare",
        "is nested too deeply to be compared",
      );
      return pair;
    }
    if (compareWithBranch(comparison)) return pair;
    if (!compareTypes(comparison)) return pair;
    compareScalars(comparison);
    compareArrays(comparison);
    compareObjects(comparison);
    compareUnions(comparison);
    compareConditions(comparison);
    compareUnevaluatedItems(comparison);
    compareUnevaluatedProperties(comparison);
    return pair;
  };

  return (before, after, places, writing) =>
    compare(before, after, places, writing, 0);
}

function foundIn(root: Pair): Found[] {
  const found: Found[] = [];
  const seen = new Set<Pair>([root]);
  for (const pair of seen) {
    found.push(...pair.own);
    for (const each of pair.below) seen.add(each.pair);
  }
  return found;
}

/** Follows schemas that are nothing but a reference; the last model is what people know the schema by. */
function unwrap(
  schemas: readonly Schema[],
  models: Models,
): { schemas: readonly Schema[]; model?: string } {
  let at = schemas;
  let title: string | undefined;
  const seen = new Set<Schema>();
  for (;;) {
    const [schema] = at;
    if (at.length !== 1 || !schema || seen.has(schema)) break;
    seen.add(schema);
    const [id] = schema.refs;
    const model = id === undefined ? undefined : models.get(id);
    if (!model || schema.refs.length > 1 || !saysNothing(schema)) break;
    title = model.title;
    at = [model.schema];
  }
  return title === undefined ? { schemas: at } : { schemas: at, model: title };
}

function saysNothing(schema: Schema): boolean {
  const {
    origin: _,
    doc: __,
    examples: ___,
    access: ____,
    refs: _____,
    all,
    unions,
    ...rest
  } = schema;
  return Object.keys(rest).length + all.length + unions.length === 0;
}
