/** Room `sample`: lists: as short as allowed, with one item where there may be any. */
import { isEqual } from "@kontract/runtime/codegen1";
import type { Json } from "../load/document.js";
import type { Schema } from "../model/schema.js";
import type { Parts } from "./alternatives.js";
import type { Candidates } from "./candidates.js";
import type { Sampling } from "./sampling.js";

/** Below this depth lists are as short as they may be. */
const DEEP = 5;
/** Longer ones are not made. */
const LONGEST = 2_000;

export function* arrays(
  parts: Parts,
  sampling: Sampling,
  depth: number,
  candidates: Candidates,
): Generator<Json[]> {
  const facets = parts.flatMap((part) => part.array ?? []);
  const contains = facets.flatMap((facet) => facet.contains ?? []);
  const min = Math.max(
    0,
    ...facets.map((facet) => facet.min ?? 0),
    ...contains.map((each) => each.min),
  );
  const max = Math.min(...facets.map((facet) => facet.max ?? Infinity));
  if (min > LONGEST || min > max) return;
  const isUnique = facets.some((facet) => facet.unique);
  const prefix = Math.max(0, ...facets.map((facet) => facet.prefix.length));
  const usual = Math.min(max, Math.max(min, prefix, depth < DEEP ? 1 : 0));
  const more =
    sampling.random && depth < DEEP
      ? [Math.min(max, min + Math.floor(sampling.random() * 4))]
      : [];
  const lengths = [...more, usual, min, prefix, usual + 1, usual + 2];
  for (const length of new Set(lengths)) {
    if (length < min || length > max) continue;
    const made = fill(length, isUnique);
    if (made) yield made;
  }

  function fill(length: number, distinct: boolean): Json[] | undefined {
    const list: Json[] = [];
    for (let at = 0; at < length; at++) {
      const said = saidOf(at);
      const needed = contains.filter((each) => at < each.min);
      const schemas = [...said, ...needed.map((each) => each.schema)];
      const item = next(schemas, distinct ? list : []);
      if (item === undefined) return undefined;
      list.push(item);
    }
    return list;
  }

  function saidOf(at: number): Schema[] {
    return facets.flatMap(({ prefix: first, items }) => {
      const schema = at < first.length ? first[at] : items;
      return schema ? [schema] : [];
    });
  }

  function next(schemas: Schema[], others: readonly Json[]): Json | undefined {
    for (const item of candidates(schemas, sampling, depth + 1)) {
      if (!others.some((other) => isEqual(other, item))) return item;
    }
    return undefined;
  }
}
