/** Random calls to a store, with the time between them. */
import fc from "fast-check";
import type {
  Algorithm,
  Charge,
} from "../../../runtime/src/contract/rate-limit-store.js";

export interface Call {
  readonly pause: number;
  readonly charges: readonly Charge[];
  readonly lease: string;
  readonly release: boolean;
}

const algorithms: readonly Algorithm[] = [
  "sliding-window",
  "token-bucket",
  "fixed-window",
  "concurrency",
];

/** Budgets of every algorithm, of windows that do and do not divide into whole slices. */
const budget = fc.record({
  algorithm: fc.constantFrom(...algorithms),
  quota: fc.integer({ min: 3, max: 9 }),
  window: fc.constantFrom(7, 60, 100, 360),
});

/** A few budgets, and calls to some of them at once, for one of two partitions each. */
export const arbitraryCalls: fc.Arbitrary<Call[]> = fc
  .array(budget, { minLength: 1, maxLength: 4 })
  .chain((shapes) => {
    const budgets = shapes.map((shape, at) => ({ id: `b${at}`, ...shape }));
    const charge = fc.record({
      budget: fc.constantFrom(...budgets),
      partition: fc.constantFrom("one", "two"),
      cost: fc.integer({ min: 1, max: 3 }),
    });
    const charges = fc.uniqueArray(charge, {
      minLength: 1,
      maxLength: 3,
      selector: ({ budget, partition }) => `${budget.id} ${partition}`,
    });
    return fc.array(
      fc.record({
        pause: fc.oneof(
          fc.constant(0),
          fc.integer({ min: 0, max: 12 }),
          fc.integer({ min: 0, max: 400 }),
        ),
        charges,
        lease: fc.constantFrom("l0", "l1", "l2", "l3", "l4", "l5", "l6"),
        release: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    );
  })
  // A lease is one request's: it is not used again while it is held.
  .map((calls) => calls.map((call, at) => ({ ...call, lease: `l${at}` })));
