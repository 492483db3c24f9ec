/** Room `sample`: valid values of schemas, made by rule: the same schema gives the same value. */
import type { Json } from "../load/document.js";
import type { Model, ModelId, Schema } from "../model/schema.js";
import { candidates } from "./candidates.js";
import { holds } from "./holds.js";
import { type Direction, openSampling } from "./sampling.js";

export type { Direction } from "./sampling.js";

/** `undefined` is no JSON, so a sample that is `null` can be told from none. */
export interface Sampler {
  /** The first value that is found to be valid; none where there is no such value, or none was found with reasonable effort. */
  sample(schema: Schema, direction: Direction): Json | undefined;
  /** Another valid value for each draw of `random`, in [0, 1). */
  vary(
    schema: Schema,
    direction: Direction,
    random: () => number,
  ): Json | undefined;
  isValid(schema: Schema, value: Json, direction: Direction): boolean;
}

export function createSampler(models: ReadonlyMap<ModelId, Model>): Sampler {
  const model = (id: ModelId): Schema => {
    const found = models.get(id);
    if (found === undefined) throw new Error(`no model ${id}`);
    return found.schema;
  };
  const known = {
    request: new WeakMap<Schema, { value: Json | undefined }>(),
    response: new WeakMap<Schema, { value: Json | undefined }>(),
  };
  const find = (
    schema: Schema,
    direction: Direction,
    random?: () => number,
  ): Json | undefined => {
    const sampling = openSampling(direction, model, random);
    for (const value of candidates([schema], sampling)) return value;
    return undefined;
  };
  const sample = (schema: Schema, direction: Direction): Json | undefined => {
    const before = known[direction].get(schema);
    if (before !== undefined) return before.value;
    const value = find(schema, direction);
    known[direction].set(schema, { value });
    return value;
  };
  return {
    sample,
    vary: (schema, direction, random) =>
      find(schema, direction, random) ?? sample(schema, direction),
    isValid: (schema, value, direction) =>
      holds(schema, value, { model, direction }),
  };
}
