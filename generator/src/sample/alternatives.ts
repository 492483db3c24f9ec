/** Room `sample`: the ways in which a list of schemas can hold together: one branch of each union, one side of each condition. */
import type { Json } from "../load/document.js";
import type { Schema, Union } from "../model/schema.js";
import { heightOf } from "./height.js";
import { inOrder, type Sampling } from "./sampling.js";

/** All that is said of one value, references and `allOf` followed. */
export type Parts = readonly Schema[];

/** Below this depth the branches that end soonest come first. */
const SOON = 3;

/** In the order of the document; without end where there are very many: ask for as many as needed. */
export function* alternatives(
  schemas: Parts,
  sampling: Sampling,
  depth: number,
): Generator<Parts> {
  yield* choose([...schemas], [], new Set(), [], sampling, depth);
}

/** Sets of schemas of which one has to be chosen. */
type Open = readonly (readonly Schema[])[];

function* choose(
  pending: Schema[],
  before: Parts,
  known: ReadonlySet<Schema>,
  openBefore: readonly Open[],
  sampling: Sampling,
  depth: number,
): Generator<Parts> {
  const parts = [...before];
  const seen = new Set(known);
  const open = [...openBefore];
  for (let next = pending.shift(); next; next = pending.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.never) return;
    parts.push(next);
    pending.push(...next.refs.map(sampling.model), ...next.all);
    for (const union of next.unions) {
      open.push(branchesOf(union, sampling, depth));
    }
    if (next.condition) {
      const { test, yes, no } = next.condition;
      open.push([yes ? [test, yes] : [test], no ? [no] : []]);
    }
    const required = new Set(next.object?.required);
    for (const { name, schema } of next.object?.dependentSchemas ?? []) {
      if (required.has(name)) pending.push(schema);
    }
  }
  const [first, ...others] = open;
  if (first === undefined) {
    yield parts;
    return;
  }
  for (const branch of first) {
    yield* choose([...branch], parts, seen, others, sampling, depth);
  }
}

function branchesOf(union: Union, sampling: Sampling, depth: number): Open {
  const branches = union.of.map((schema, at) => ({
    schema,
    tagged: tagSchema(union, at, schema),
    height: depth > SOON ? heightOf(schema, sampling) : 0,
    isNull: schema.types?.length === 1 && schema.types[0] === "null",
  }));
  const ordered = inOrder(branches, sampling);
  if (sampling.random === undefined) {
    ordered.sort((a, b) => Number(a.isNull) - Number(b.isNull));
  }
  if (depth > SOON) ordered.sort((a, b) => a.height - b.height);
  return ordered.map(({ schema, tagged }) =>
    tagged ? [tagged, schema] : [schema],
  );
}

/** A branch that is told by a property has the text that tells it. */
function tagSchema(
  { tag }: Union,
  at: number,
  { origin }: Schema,
): Schema | undefined {
  if (tag === undefined) return undefined;
  const values: Json[] = tag.branches
    .filter(({ branch }) => branch === at)
    .map(({ value }) => value);
  if (values.length === 0) return undefined;
  const blank = { origin, doc: {}, refs: [], all: [], unions: [] };
  const schema: Schema = { ...blank, values, examples: [] };
  return {
    ...blank,
    examples: [],
    object: {
      fields: [{ name: tag.property, schema, required: true }],
      required: [tag.property],
      patterns: [],
      dependentRequired: [],
      dependentSchemas: [],
    },
  };
}
