/** Room `sample`: what the making of one value knows, and what it may cost. */
import type { ModelId, Schema } from "../model/schema.js";

/** Requests leave out what is read-only, responses what is write-only. */
export type Direction = "request" | "response";

export interface Sampling {
  direction: Direction;
  model(id: ModelId): Schema;
  /** In [0, 1). Absent: always the first choice, and every member that fits. */
  random?: (() => number) | undefined;
  /** Values that may still be looked for, so that no schema takes forever. */
  left: number;
}

/** Values that are tried for one sample. */
const EFFORT = 4_000;

export function openSampling(
  direction: Direction,
  model: (id: ModelId) => Schema,
  random?: () => number,
): Sampling {
  return { direction, model, random, left: EFFORT };
}

/** Whether the other side alone sends values of this schema. */
export function isForeign(
  schema: Schema,
  { direction }: Pick<Sampling, "direction">,
): boolean {
  return schema.access === (direction === "request" ? "read" : "write");
}

/** In the order of the document, or in any. */
export function inOrder<T>(
  list: readonly T[],
  { random }: Pick<Sampling, "random">,
): T[] {
  const out = [...list];
  if (random === undefined) return out;
  for (let at = out.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const moved = out[at];
    const to = out[other];
    if (moved === undefined || to === undefined) continue;
    out[at] = to;
    out[other] = moved;
  }
  return out;
}
