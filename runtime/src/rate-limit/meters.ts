/** Room `rate-limit`: the arithmetic of the four algorithms, for one partition, in whole numbers. The script for Redis computes the same. */
import type { Budget } from "../contract/rate-limit-store.js";
import { SLICES, SLOT_WAIT, sliceOf } from "./slices.js";

/** The state of one budget in one partition. All times are whole milliseconds. */
export interface Meter {
  /** Brings the state up to `now` and gives the units that are left. */
  left(now: number): number;
  /** Takes units that are there. */
  take(cost: number, now: number, lease: string): void;
  /** Milliseconds until `units` are there, as of the last `left` and `take`. */
  wait(units: number, now: number): number;
  /** Whether forgetting it would change nothing. */
  idle(now: number): boolean;
  /** Frees what a lease holds. */
  free(lease: string): void;
}

export function createMeter(budget: Budget): Meter {
  switch (budget.algorithm) {
    case "sliding-window":
      return slidingWindow(budget);
    case "token-bucket":
      return tokenBucket(budget);
    case "fixed-window":
      return fixedWindow(budget);
    case "concurrency":
      return concurrency(budget);
  }
}

/**
 * A ring of slices. Units come back when their whole slice has left the window, so that no span of `window`
 * milliseconds ever sees more than the quota, and none is kept longer than a window and a slice.
 */
function slidingWindow({ quota, window }: Budget): Meter {
  const length = sliceOf(window);
  const size = SLICES + 1;
  const ring: number[] = new Array<number>(size).fill(0);
  let newest = 0;
  let used = 0;
  return {
    left(now) {
      const slice = Math.floor(now / length);
      if (slice > newest) {
        const first = Math.max(newest + 1, slice - SLICES);
        for (let each = first; each <= slice && used > 0; each++) {
          const place = each % size;
          used -= ring[place] ?? 0;
          ring[place] = 0;
        }
        newest = slice;
      }
      return quota - used;
    },
    take(cost) {
      const place = newest % size;
      ring[place] = (ring[place] ?? 0) + cost;
      used += cost;
    },
    wait(units, now) {
      let lacking = units - (quota - used);
      if (lacking <= 0) return 0;
      for (let slice = newest - SLICES; slice <= newest; slice++) {
        if (slice < 0) continue;
        lacking -= ring[slice % size] ?? 0;
        if (lacking <= 0) return (slice + size) * length - now;
      }
      return window;
    },
    idle(now) {
      return this.left(now) === quota;
    },
    free() {},
  };
}

/** A bucket of `quota` units that refills evenly over `window`: GCRA, with the debt as its state. One unit is `window` parts. */
function tokenBucket({ quota, window }: Budget): Meter {
  let debt = 0;
  let at = 0;
  return {
    left(now) {
      if (now > at) {
        debt = Math.max(0, debt - (now - at) * quota);
        at = now;
      }
      return Math.floor((quota * window - debt) / window);
    },
    take(cost) {
      debt += cost * window;
    },
    wait(units) {
      return Math.max(0, Math.ceil((debt + (units - quota) * window) / quota));
    },
    idle(now) {
      this.left(now);
      return debt === 0;
    },
    free() {},
  };
}

/** Windows that follow each other from the epoch on. */
function fixedWindow({ quota, window }: Budget): Meter {
  let current = 0;
  let used = 0;
  return {
    left(now) {
      const index = Math.floor(now / window);
      if (index > current) {
        current = index;
        used = 0;
      }
      return quota - used;
    },
    take(cost) {
      used += cost;
    },
    wait(units, now) {
      return units <= quota - used ? 0 : (current + 1) * window - now;
    },
    idle(now) {
      return this.left(now) === quota;
    },
    free() {},
  };
}

/** Slots that are held until they are freed, or until their holder must be dead. */
function concurrency({ quota, window }: Budget): Meter {
  const held = new Map<string, { cost: number; until: number }>();
  let used = 0;
  function free(lease: string): void {
    used -= held.get(lease)?.cost ?? 0;
    held.delete(lease);
  }
  return {
    left(now) {
      // In the order of their taking, which is that of their ends.
      for (const [lease, { until }] of held) {
        if (until > now) break;
        free(lease);
      }
      return quota - used;
    },
    take(cost, now, lease) {
      free(lease);
      held.set(lease, { cost, until: now + window });
      used += cost;
    },
    wait(units) {
      return units <= quota - used ? 0 : SLOT_WAIT;
    },
    idle(now) {
      return this.left(now) === quota;
    },
    free,
  };
}
