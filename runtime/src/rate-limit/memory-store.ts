/** Room `rate-limit`: counts in the memory of one process. */
import { createMeter, type Meter } from "./meters.js";
import type { Charge, RateLimitStore, Verdict } from "./store.js";

export interface MemoryRateLimitOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Partitions remembered per budget; 100,000. Beyond, the ones that were seen first are forgotten. */
  readonly capacity?: number;
}

/** The budgets of one process. Two processes count apart: use a shared store when there are several. */
export class MemoryRateLimitStore implements RateLimitStore {
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #budgets = new Map<string, Map<string, Meter>>();

  constructor({
    now = Date.now,
    capacity = 100_000,
  }: MemoryRateLimitOptions = {}) {
    this.#now = now;
    this.#capacity = Math.max(1, capacity);
  }

  charge(charges: readonly Charge[], lease: string): readonly Verdict[] {
    const now = Math.floor(this.#now());
    if (charges.length === 1 && charges[0] !== undefined) {
      return [this.#chargeOne(charges[0], now, lease)];
    }
    const meters = charges.map((charge) => this.#meter(charge, now));
    const fits = charges.map(
      ({ cost }, at) => (meters[at]?.left(now) ?? 0) >= cost,
    );
    if (fits.every(Boolean)) {
      charges.forEach(({ cost }, at) => meters[at]?.take(cost, now, lease));
    }
    return charges.map((charge, at) => {
      const meter = meters[at];
      return meter === undefined
        ? { fits: false, remaining: 0, reset: 0 }
        : verdict(charge, meter, fits[at] === true, now);
    });
  }

  #chargeOne(charge: Charge, now: number, lease: string): Verdict {
    const meter = this.#meter(charge, now);
    const fits = meter.left(now) >= charge.cost;
    if (fits) meter.take(charge.cost, now, lease);
    return verdict(charge, meter, fits, now);
  }

  release(charges: readonly Charge[], lease: string): void {
    for (const { budget, partition } of charges) {
      if (budget.algorithm !== "concurrency") continue;
      this.#budgets.get(budget.id)?.get(partition)?.free(lease);
    }
  }

  #meter({ budget, partition }: Charge, now: number): Meter {
    let partitions = this.#budgets.get(budget.id);
    if (partitions === undefined) {
      partitions = new Map();
      this.#budgets.set(budget.id, partitions);
    }
    let meter = partitions.get(partition);
    if (meter === undefined) {
      this.#makeRoom(partitions, now);
      meter = createMeter(budget);
      partitions.set(partition, meter);
    }
    return meter;
  }

  /** Each newcomer looks at two of the others: idle ones go, busy ones are asked again a round later. */
  #makeRoom(partitions: Map<string, Meter>, now: number): void {
    let looks = 2;
    for (const [partition, meter] of partitions) {
      if (looks-- === 0) break;
      partitions.delete(partition);
      if (!meter.idle(now)) partitions.set(partition, meter);
    }
    for (const partition of partitions.keys()) {
      if (partitions.size < this.#capacity) break;
      partitions.delete(partition);
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
