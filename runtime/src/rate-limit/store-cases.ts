/** Room `rate-limit`: what every store of this kind must do. Cases that wait do so in real time, for fractions of a second. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { StoreCase } from "../contract/store-case.js";
import type {
  Algorithm,
  Charge,
  RateLimitStore,
  Verdict,
} from "../contract/rate-limit-store.js";

/** One unit of a budget of three a minute, unless told otherwise. */
function charge(
  partition: string,
  algorithm: Algorithm,
  { cost = 1, quota = 3, window = 60_000, id = algorithm as string } = {},
): Charge {
  return { budget: { id, algorithm, quota, window }, partition, cost };
}

async function take(
  store: RateLimitStore,
  charge: Charge,
  lease: string,
): Promise<Verdict> {
  const [verdict] = await store.charge([charge], lease);
  assert.ok(verdict, "one verdict for one charge");
  return verdict;
}

const counting: readonly Algorithm[] = [
  "sliding-window",
  "token-bucket",
  "fixed-window",
];

const cases: StoreCase<RateLimitStore>[] = [];

/** Keeps away from the edge of a fixed window, where two calls see two windows. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

for (const algorithm of [...counting, "concurrency" as const]) {
  cases.push(
    {
      name: `${algorithm}: gives what the budget has, and no more`,
      async run(store) {
        const one = charge("exact", algorithm, { window: DAY });
        for (const remaining of [2, 1, 0]) {
          const verdict = await take(store, one, `lease-${remaining}`);
          assert.equal(verdict.fits, true);
          assert.equal(verdict.remaining, remaining);
        }
        const refused = await take(store, one, "lease-late");
        assert.equal(refused.fits, false);
        assert.equal(refused.remaining, 0);
        assert.ok(refused.reset > 0 && refused.reset <= DAY + DAY / 12 + 1);
      },
    },
    {
      name: `${algorithm}: charges the cost at once, or nothing of it`,
      async run(store) {
        const two = charge("cost", algorithm, { cost: 2, window: DAY });
        assert.equal((await take(store, two, "a")).remaining, 1);
        const refused = await take(store, two, "b");
        assert.equal(refused.fits, false);
        assert.equal(refused.remaining, 1);
        const one = { ...two, cost: 1 };
        assert.equal((await take(store, one, "c")).fits, true);
      },
    },
    {
      name: `${algorithm}: keeps partitions and budgets apart`,
      async run(store) {
        const of = (partition: string, id: string) =>
          charge(partition, algorithm, { quota: 1, id, window: DAY });
        assert.equal((await take(store, of("one", "x"), "a")).fits, true);
        assert.equal((await take(store, of("two", "x"), "b")).fits, true);
        assert.equal((await take(store, of("one", "y"), "c")).fits, true);
        assert.equal((await take(store, of("one", "x"), "d")).fits, false);
      },
    },
    {
      name: `${algorithm}: never gives more to calls at the same time`,
      async run(store) {
        const one = charge("crowd", algorithm, { quota: 10, window: DAY });
        const verdicts = await Promise.all(
          Array.from({ length: 50 }, (_, at) => take(store, one, `l${at}`)),
        );
        assert.equal(verdicts.filter(({ fits }) => fits).length, 10);
      },
    },
    {
      name: `${algorithm}: has units again when it said so`,
      async run(store) {
        const one = charge("again", algorithm, { quota: 2, window: 240 });
        let verdict = await take(store, one, "l0");
        for (let at = 1; verdict.fits && at < 100; at++) {
          verdict = await take(store, one, `l${at}`);
        }
        assert.equal(verdict.fits, false);
        // A slot's holder may be dead only when its window is over.
        const wait = algorithm === "concurrency" ? 240 : verdict.reset;
        await pause(wait + 2);
        assert.equal((await take(store, one, "late")).fits, true);
      },
    },
  );
}

cases.push(
  {
    name: "takes from all budgets or from none",
    async run(store) {
      const wide = charge("all", "sliding-window", { quota: 9, window: DAY });
      const narrow = charge("all", "token-bucket", { quota: 1, window: DAY });
      const slots = charge("all", "concurrency", { quota: 5, window: DAY });
      const day = charge("all", "fixed-window", { quota: 5, window: DAY });
      const all = [wide, narrow, slots, day];
      const first = await store.charge(all, "first");
      assert.deepEqual(
        first.map(({ fits, remaining }) => [fits, remaining]),
        [
          [true, 8],
          [true, 0],
          [true, 4],
          [true, 4],
        ],
      );
      const second = await store.charge(all, "second");
      assert.deepEqual(
        second.map(({ fits, remaining }) => [fits, remaining]),
        [
          [true, 8],
          [false, 0],
          [true, 4],
          [true, 4],
        ],
      );
    },
  },
  {
    name: "takes from budgets of several partitions or from none",
    async run(store) {
      const wide = charge("address", "sliding-window", { window: DAY });
      const narrow = charge("everyone", "token-bucket", {
        quota: 1,
        window: DAY,
      });
      const last = charge("tenant", "fixed-window", { window: DAY });
      const slots = charge("user", "concurrency", { window: DAY });
      const all = [wide, slots, narrow, last];
      assert.deepEqual(
        (await store.charge(all, "first")).map(({ remaining }) => remaining),
        [2, 2, 0, 2],
      );
      const refused = await store.charge(all, "second");
      assert.deepEqual(
        refused.map(({ fits, remaining }) => [fits, remaining]),
        [
          [true, 2],
          [true, 2],
          [false, 0],
          [true, 2],
        ],
      );
      // What a refused call took and gave back is there.
      assert.equal((await take(store, wide, "third")).remaining, 1);
      assert.equal((await take(store, slots, "third")).remaining, 1);
    },
  },
  {
    name: "concurrency: frees the slots of a lease, once",
    async run(store) {
      const two = charge("slots", "concurrency", { cost: 2, window: DAY });
      const one = { ...two, cost: 1 };
      assert.equal((await take(store, two, "a")).remaining, 1);
      assert.equal((await take(store, one, "b")).remaining, 0);
      await store.release([two], "a");
      await store.release([two], "a");
      assert.equal((await take(store, one, "c")).remaining, 1);
    },
  },
  {
    name: "keeps partitions apart that hold characters of its own keys",
    async run(store) {
      const of = (partition: string) =>
        charge(partition, "sliding-window", { quota: 1, window: DAY });
      for (const partition of ["", "{", "}", "{a}", "a", "%7B", "a:b", "ü\n"]) {
        const verdict = await take(store, of(partition), "a");
        assert.equal(verdict.fits, true, JSON.stringify(partition));
      }
    },
  },
);

/** Every `RateLimitStore` must pass these. */
export const rateLimitStoreCases: readonly StoreCase<RateLimitStore>[] = cases;
