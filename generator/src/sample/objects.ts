/** Room `sample`: objects: with every declared member, with the required ones only, and with other values in them. */
import type { Json } from "../load/document.js";
import type { ObjectFacet, Schema } from "../model/schema.js";
import type { Parts } from "./alternatives.js";
import type { Candidates } from "./candidates.js";
import { holds, matches } from "./holds.js";
import { patternTexts } from "./pattern-text.js";
import { isForeign, type Sampling } from "./sampling.js";

/** Below this depth only what is required is there. */
const DEEP = 4;
/** When so little may still be tried, too: a sample shows some hundred members at most. */
const SPARE = 3_500;
/** Members that nothing describes, where a minimum asks for them. */
const MOST_MORE = 1_000;
/** Other values of members that are tried. */
const MOST_CHANGES = 12;

interface Member {
  name: string;
  schemas: Schema[];
  required: boolean;
}

export function* objects(
  parts: Parts,
  sampling: Sampling,
  depth: number,
  candidates: Candidates,
): Generator<{ [name: string]: Json }> {
  const facets = parts.flatMap((part) => part.object ?? []);
  const min = Math.max(0, ...facets.map((facet) => facet.min ?? 0));
  const max = Math.min(...facets.map((facet) => facet.max ?? Infinity));
  const members = membersOf(facets, sampling);
  if (members === undefined) return;
  const { random } = sampling;
  const isRich = depth < DEEP && sampling.left > SPARE;
  const wants = [
    ...(isRich && random ? [() => random() < 0.5] : []),
    ...(isRich ? [() => true] : []),
    () => false,
  ];
  for (const want of wants) {
    const made = make(want);
    if (made === undefined) continue;
    yield made;
    if (!isRich && want() === false) yield* changed(made);
  }
  if (isRich) {
    const least = make(() => false);
    if (least) yield* changed(least);
    // one optional member at a time, for unions that count them
    for (const { name, required } of members.slice(0, MOST_CHANGES)) {
      const made = required ? undefined : make((each) => each === name);
      if (made) yield made;
    }
  }

  function make(
    want: (name: string) => boolean,
  ): { [name: string]: Json } | undefined {
    const value: [string, Json][] = [];
    const needed = neededNames(facets, members ?? [], want);
    for (const { name, schemas, required } of members ?? []) {
      const isNeeded = required || needed.has(name);
      if (!isNeeded && (!want(name) || value.length >= max)) continue;
      const member = first(schemas);
      if (member !== undefined) value.push([name, member]);
      else if (required) return undefined;
    }
    for (const { name, schemas, required } of members ?? []) {
      if (value.length >= min) break;
      if (required || value.some(([known]) => known === name)) continue;
      const member = first(schemas);
      if (member !== undefined) value.push([name, member]);
    }
    const isMap = (members ?? []).length === 0 && facets.some(hasRest);
    const least = isMap && want("") && max > 0 ? Math.max(min, 1) : min;
    if (value.length < least) addMore(value, least);
    // by definition, since a member may be called `__proto__`
    return Object.fromEntries(value);
  }

  function first(schemas: Schema[]): Json | undefined {
    for (const value of candidates(schemas, sampling, depth + 1)) return value;
    return undefined;
  }

  /** Members of names that are free. */
  function addMore(value: [string, Json][], least: number): void {
    if (least > MOST_MORE) return;
    for (const name of moreNames(facets, sampling)) {
      if (value.length >= least) return;
      if (value.some(([known]) => known === name)) continue;
      const schemas = saidOf(name, facets, sampling);
      const member = schemas && first(schemas);
      if (member !== undefined) value.push([name, member]);
    }
  }

  /** The same with another value in one member. */
  function* changed(made: {
    [name: string]: Json;
  }): Generator<{ [name: string]: Json }> {
    for (const { name, schemas } of members ?? []) {
      if (!Object.hasOwn(made, name)) continue;
      let changes = 0;
      for (const value of candidates(schemas, sampling, depth + 1)) {
        if (++changes > MOST_CHANGES) break;
        if (changes === 1) continue;
        yield Object.fromEntries([...Object.entries(made), [name, value]]);
      }
    }
  }
}

function hasRest({ rest, patterns }: ObjectFacet): boolean {
  return patterns.length > 0 || (rest !== undefined && !rest.never);
}

/** All that is said of the members that have a name; undefined when one is required that cannot be. */
function membersOf(
  facets: readonly ObjectFacet[],
  sampling: Sampling,
): Member[] | undefined {
  const required = new Set(facets.flatMap((facet) => facet.required));
  const declared = facets.flatMap((facet) =>
    facet.fields.map((field) => field.name),
  );
  const members: Member[] = [];
  for (const name of new Set([...declared, ...required])) {
    if (isSentByOthers(name, facets, sampling)) continue;
    const schemas = saidOf(name, facets, sampling);
    if (schemas === undefined) {
      if (required.has(name)) return undefined;
      continue;
    }
    members.push({ name, schemas, required: required.has(name) });
  }
  return members;
}

/** The other side sends it, and no schema that does not know of that asks for it. */
function isSentByOthers(
  name: string,
  facets: readonly ObjectFacet[],
  sampling: Sampling,
): boolean {
  const foreign = facets.filter(({ fields }) =>
    fields.some(
      (field) => field.name === name && isForeign(field.schema, sampling),
    ),
  );
  return (
    foreign.length > 0 &&
    facets.every(
      (facet) => foreign.includes(facet) || !facet.required.includes(name),
    )
  );
}

/** Undefined: no object may have a member of this name. */
function saidOf(
  name: string,
  facets: readonly ObjectFacet[],
  sampling: Sampling,
): Schema[] | undefined {
  const out: Schema[] = [];
  for (const { fields, patterns, rest, names } of facets) {
    if (names && !holds(names, name, sampling)) return undefined;
    const said = [
      ...fields.filter((field) => field.name === name),
      ...patterns.filter(({ pattern }) => matches(pattern, name)),
    ].map(({ schema }) => schema);
    if (said.length === 0 && rest) said.push(rest);
    out.push(...said);
  }
  return out.some((schema) => schema.never) ? undefined : out;
}

/** Names that others need beside them. */
function neededNames(
  facets: readonly ObjectFacet[],
  members: readonly Member[],
  want: (name: string) => boolean,
): Set<string> {
  const needed = new Set<string>();
  const pending = members
    .filter(({ name, required }) => required || want(name))
    .map(({ name }) => name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const facet of facets) {
      for (const each of facet.dependentRequired) {
        if (each.name !== name) continue;
        for (const other of each.required) {
          if (needed.has(other)) continue;
          needed.add(other);
          pending.push(other);
        }
      }
    }
  }
  return needed;
}

function* moreNames(
  facets: readonly ObjectFacet[],
  sampling: Sampling,
): Generator<string> {
  for (const { patterns, names } of facets) {
    for (const { pattern } of patterns) {
      let count = 0;
      for (const text of patternTexts(pattern.source, pattern.flags)) {
        if (++count > 20) break;
        if (matches(pattern, text)) yield text;
      }
    }
    for (const { source, flags } of names?.string?.patterns ?? []) {
      for (const text of patternTexts(source, flags)) yield text;
    }
    for (const value of names?.values ?? []) {
      if (typeof value === "string") yield value;
    }
    for (const example of names?.examples ?? []) {
      if (
        typeof example === "string" &&
        names &&
        holds(names, example, sampling)
      )
        yield example;
    }
  }
  yield "key";
  for (let at = 2; at < MOST_MORE + 2; at++) yield `key${at}`;
}
