/** Room `sample`: how deep the shallowest value of a schema is, roughly; what only contains itself has no end. */
import type { Schema } from "../model/schema.js";
import { isForeign, type Sampling } from "./sampling.js";

const known = new WeakMap<Schema, number>();

export function heightOf(
  schema: Schema,
  sampling: Pick<Sampling, "model" | "direction">,
  visiting: ReadonlySet<Schema> = new Set(),
): number {
  const before = known.get(schema);
  if (before !== undefined) return before;
  if (visiting.has(schema) || visiting.size > 60) return Infinity;
  const inside = new Set([...visiting, schema]);
  const ask = (each: Schema): number => heightOf(each, sampling, inside);
  const { object, array } = schema;
  const below = [
    ...(object?.fields ?? [])
      .filter((field) => field.required && !isForeign(field.schema, sampling))
      .map((field) => 1 + ask(field.schema)),
    ...(array?.items && (array.min ?? 0) > 0 ? [1 + ask(array.items)] : []),
    ...schema.refs.map((id) => ask(sampling.model(id))),
    ...schema.all.map(ask),
    ...schema.unions.map(({ of }) => Math.min(...of.map(ask))),
  ];
  const height = Math.max(0, ...below);
  // Inside of a cycle the answer may be due to the way that led there.
  if (visiting.size === 0 || height !== Infinity) known.set(schema, height);
  return height;
}
