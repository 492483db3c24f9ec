/** The four algorithms as one would explain them: a log of what was accepted, read again for every question. */
import type {
  Charge,
  RateLimitStore,
  Verdict,
} from "../../../runtime/src/contract/rate-limit-store.js";
import { SLICES } from "../../../runtime/src/rate-limit/slices.js";

interface Taken {
  readonly at: number;
  readonly cost: number;
  readonly lease: string;
}

export class NaiveStore implements RateLimitStore {
  readonly #log = new Map<string, Taken[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  charge(charges: readonly Charge[], lease: string): Verdict[] {
    const now = this.#now();
    const fits = charges.map((each) => this.#left(each, now) >= each.cost);
    if (fits.every(Boolean)) {
      for (const each of charges) {
        this.#of(each).push({ at: now, cost: each.cost, lease });
      }
    }
    return charges.map((each, at) => {
      const remaining = Math.floor(this.#left(each, now));
      const { quota } = each.budget;
      const wanted = fits[at] ? Math.min(quota, remaining + 1) : each.cost;
      return {
        fits: fits[at] === true,
        remaining,
        reset: this.#wait(each, wanted, now),
      };
    });
  }

  release(charges: readonly Charge[], lease: string): void {
    for (const each of charges) {
      if (each.budget.algorithm !== "concurrency") continue;
      const kept = this.#of(each).filter((taken) => taken.lease !== lease);
      this.#log.set(keyOf(each), kept);
    }
  }

  #of(charge: Charge): Taken[] {
    const key = keyOf(charge);
    const log = this.#log.get(key) ?? [];
    this.#log.set(key, log);
    return log;
  }

  /** Units left, fractions of a bucket included. */
  #left(charge: Charge, now: number): number {
    const { algorithm, quota, window } = charge.budget;
    const log = this.#of(charge);
    if (algorithm === "token-bucket") {
      let parts = quota * window;
      let last = 0;
      for (const { at, cost } of [...log, { at: now, cost: 0 }]) {
        parts = Math.min(quota * window, parts + (at - last) * quota);
        parts -= cost * window;
        last = at;
      }
      return parts / window;
    }
    const live = log.filter(({ at }) => now < endOf(charge, at));
    return quota - live.reduce((sum, { cost }) => sum + cost, 0);
  }

  /** Tries one moment after the other. */
  #wait(charge: Charge, units: number, now: number): number {
    if (this.#left(charge, now) >= units) return 0;
    if (charge.budget.algorithm === "concurrency") return 1000;
    for (let wait = 1; ; wait++) {
      if (this.#left(charge, now + wait) >= units) return wait;
    }
  }
}

/** When units that were taken at `at` are back. */
function endOf({ budget }: Charge, at: number): number {
  const { algorithm, window } = budget;
  if (algorithm === "concurrency") return at + window;
  if (algorithm === "fixed-window") {
    return (Math.floor(at / window) + 1) * window;
  }
  const slice = Math.ceil(window / SLICES);
  return (Math.floor(at / slice) + SLICES + 1) * slice;
}

function keyOf({ budget, partition }: Charge): string {
  return JSON.stringify([budget.id, partition]);
}
