/** Room `rate-limit`: what the meters in memory and the script for Redis must agree on. */

/** A sliding window is counted in this many slices, the one that is cut by its edge counting whole. */
export const SLICES = 12;

/** Milliseconds of one slice. */
export function sliceOf(window: number): number {
  return Math.ceil(window / SLICES);
}

/** Nobody knows when a slot will be free; a client asks again after a second. */
export const SLOT_WAIT = 1000;
