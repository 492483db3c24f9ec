/** Room `contract`: what a place must do that counts requests. */

/** How a budget refills. `docs/rate-limiting.md` states the bound of each. */
export type Algorithm =
  "sliding-window" | "token-bucket" | "fixed-window" | "concurrency";

/** The shape of a budget; every partition (client, address, tenant) has one of its own. */
export interface Budget {
  /** Tells budgets apart: two with the same id and partition are one. */
  readonly id: string;
  readonly algorithm: Algorithm;
  /** Units per window; for `concurrency`, units at the same time. */
  readonly quota: number;
  /** Milliseconds; for `concurrency`, how long a slot is held at most. `quota * window` stays below 2^53. */
  readonly window: number;
}

/** One budget of one partition, and what a request takes from it. */
export interface Charge {
  readonly budget: Budget;
  readonly partition: string;
  /** Units, at least 1. */
  readonly cost: number;
}

/** What became of one charge. */
export interface Verdict {
  /** Whether this budget had the units. Nothing is taken unless all budgets of the call had them. */
  readonly fits: boolean;
  /** Units left after the call. */
  readonly remaining: number;
  /** Milliseconds: until `cost` would fit, if it did not; else until there is more than `remaining`, 0 when the budget is full. */
  readonly reset: number;
}

/** Counts requests. A store that cannot answer rejects, soon: what happens then is the policy's matter. */
export interface RateLimitStore {
  /**
   * Takes all of `charges`, or none, in one step that no other call comes between; one verdict each, in order.
   * `lease` names the slots of `concurrency` budgets, to be freed by `release` or by the end of the window.
   */
  charge(
    charges: readonly Charge[],
    lease: string,
  ): readonly Verdict[] | Promise<readonly Verdict[]>;
  /** Frees the slots that `lease` holds in the `concurrency` budgets among `charges`. Freeing twice is harmless. */
  release(charges: readonly Charge[], lease: string): void | Promise<void>;
}
