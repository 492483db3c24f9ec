/** Room `sample`: how deep the shallowest value of a schema is, roughly; what only contains itself has no end. */
import type { Schema } from "../model/schema.js";
import { isForeign, type Sampling } from "./sampling.js";

type Models = Pick<Sampling, "model" | "direction">;

/** By direction: a member that does not go that way is no part of the value. */
const heightsKnown = {
  request: new WeakMap<Schema, number>(),
  response: new WeakMap<Schema, number>(),
};

/**
 * The least heights that agree with each other: everything that can be reached starts without an end and becomes lower
 * until nothing changes, so that the answer does not depend on the way that leads to a schema.
 */
export function heightOf(asked: Schema, sampling: Models): number {
  const known = heightsKnown[sampling.direction];
  const before = known.get(asked);
  if (before !== undefined) return before;
  const open = new Set<Schema>();
  const waiting = [asked];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (open.has(next) || known.has(next)) continue;
    open.add(next);
    for (const each of partsOf(next, sampling)) waiting.push(...each.schemas);
  }
  // What stands deepest was found last: from there, most heights are final in the first round.
  const order = [...open].reverse();
  const heights = new Map<Schema, number>();
  const heightNow = (schema: Schema): number =>
    known.get(schema) ?? heights.get(schema) ?? Infinity;
  for (let changed = true; changed;) {
    changed = false;
    for (const schema of order) {
      const below = partsOf(schema, sampling).map(
        ({ deeper, schemas }) =>
          deeper + Math.min(...schemas.map((each) => heightNow(each))),
      );
      const height = Math.max(0, ...below);
      if (height === heightNow(schema)) continue;
      heights.set(schema, height);
      changed = true;
    }
  }
  for (const schema of order) known.set(schema, heightNow(schema));
  return heightNow(asked);
}

interface Part {
  /** Levels between the value and this part of it. */
  deeper: 0 | 1;
  /** The part is a value of one of these. */
  schemas: readonly Schema[];
}

function partsOf(schema: Schema, sampling: Models): Part[] {
  const { object, array } = schema;
  const fields = (object?.fields ?? []).filter(
    (field) => field.required && !isForeign(field.schema, sampling),
  );
  return [
    ...fields.map((field): Part => ({ deeper: 1, schemas: [field.schema] })),
    ...(array?.items && (array.min ?? 0) > 0
      ? [{ deeper: 1, schemas: [array.items] } as const]
      : []),
    ...schema.refs.map((id): Part => ({
      deeper: 0,
      schemas: [sampling.model(id)],
    })),
    ...schema.all.map((part): Part => ({ deeper: 0, schemas: [part] })),
    ...schema.unions.map(({ of }): Part => ({ deeper: 0, schemas: of })),
  ];
}
