/** Room `rate-limit`: counts in the memory of one process. */
import { oldestFirst } from "../contract/oldest-first.js";
import { createMeter, type Meter } from "./meters.js";
import type {
  Charge,
  RateLimitStore,
  Verdict,
} from "../contract/rate-limit-store.js";

export interface MemoryRateLimitOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Partitions remembered per budget; 100,000. Beyond, the ones that were looked at longest ago are forgotten: they begin anew. */
  readonly capacity?: number | undefined;
}

/** The meters of one budget. */
interface Partitions {
  readonly meters: Map<string, Meter>;
  readonly oldest: () => readonly [string, Meter] | undefined;
}

/** The budgets of one process. Two processes count apart: use a shared store when there are several. */
export class MemoryRateLimitStore implements RateLimitStore {
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #budgets = new Map<string, Partitions>();
  /** Those that a newcomer was added to in this call. */
  readonly #grown: Partitions[] = [];

  constructor({
    now = Date.now,
    capacity = 100_000,
  }: MemoryRateLimitOptions = {}) {
    this.#now = now;
    this.#capacity = Math.max(1, capacity);
  }

  charge(charges: readonly Charge[], lease: string): readonly Verdict[] {
    const now = Math.floor(this.#now());
    const [first] = charges;
    if (charges.length === 1 && first !== undefined) {
      const meter = this.#meter(first);
      const fits = meter.left(now) >= first.cost;
      if (fits) meter.take(first.cost, now, lease);
      const only = [verdict(first, meter, fits, now)];
      this.#makeRoom(now);
      return only;
    }
    const asked = charges.map((charge) => {
      const meter = this.#meter(charge);
      return { charge, meter, fits: meter.left(now) >= charge.cost };
    });
    if (asked.every(({ fits }) => fits)) {
      for (const { charge, meter } of asked) {
        meter.take(charge.cost, now, lease);
      }
    }
    // Not before: a meter that nothing was taken from is idle, and would go.
    this.#makeRoom(now);
    return asked.map(({ charge, meter, fits }) =>
      verdict(charge, meter, fits, now),
    );
  }

  release(charges: readonly Charge[], lease: string): void {
    for (const { budget, partition } of charges) {
      if (budget.algorithm !== "concurrency") continue;
      this.#budgets.get(budget.id)?.meters.get(partition)?.free(lease);
    }
  }

  #meter({ budget, partition }: Charge): Meter {
    let partitions = this.#budgets.get(budget.id);
    if (partitions === undefined) {
      const meters = new Map<string, Meter>();
      partitions = { meters, oldest: oldestFirst(meters) };
      this.#budgets.set(budget.id, partitions);
    }
    let meter = partitions.meters.get(partition);
    if (meter === undefined) {
      meter = createMeter(budget);
      partitions.meters.set(partition, meter);
      this.#grown.push(partitions);
    }
    return meter;
  }

  /** For each newcomer, two of the others are looked at: idle ones go, busy ones are asked again a round later, or go where there is no room. */
  #makeRoom(now: number): void {
    while (true) {
      const partitions = this.#grown.pop();
      if (partitions === undefined) return;
      const { meters, oldest } = partitions;
      for (let looks = 0; looks < 2; looks++) {
        const entry = oldest();
        if (entry === undefined) break;
        const [partition, meter] = entry;
        const full = meters.size > this.#capacity;
        meters.delete(partition);
        if (meter.idle(now)) continue;
        if (full) break;
        meters.set(partition, meter);
      }
    }
  }
}

function verdict(
  { budget, cost }: Charge,
  meter: Meter,
  fits: boolean,
  now: number,
): Verdict {
  const remaining = meter.left(now);
  const wanted = fits ? Math.min(budget.quota, remaining + 1) : cost;
  return { fits, remaining, reset: meter.wait(wanted, now) };
}
