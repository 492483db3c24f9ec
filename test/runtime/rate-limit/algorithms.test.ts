/** The algorithms against a naive reading of them, with a clock that stands still: in memory, and the script on a real Redis. */
import { processorTime } from "../../processor-time.js";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryRateLimitStore } from "../../../runtime/src/rate-limit/memory-store.js";
import type { RateLimitStore } from "../../../runtime/src/contract/rate-limit-store.js";
import { chargeScript } from "../../../runtime/src/redis/rate-limit-script.js";
import { redisRateLimitStore } from "../../../runtime/src/redis/rate-limit-store.js";
import { type RedisServer, startRedis } from "../redis/redis-server.js";
import { arbitraryCalls, type Call } from "./arbitrary-calls.js";
import { NaiveStore } from "./naive-model.js";

const START = 1_800_000_000_000;

async function replay(
  calls: readonly Call[],
  make: (now: () => number) => RateLimitStore,
): Promise<void> {
  let now = START;
  const clock = () => now;
  const naive = new NaiveStore(clock);
  const store = make(clock);
  for (const [at, call] of calls.entries()) {
    now += call.pause;
    const expected = naive.charge(call.charges, call.lease);
    const found = await store.charge(call.charges, call.lease);
    expect(found).toEqual(expected);
    if (call.release) {
      // The lease of an earlier request ends.
      const { charges, lease } = calls[at >> 1] ?? call;
      naive.release(charges, lease);
      await store.release(charges, lease);
    }
  }
}

describe("the memory store", () => {
  it("agrees with the naive model", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCalls, (calls) =>
        replay(calls, (now) => new MemoryRateLimitStore({ now })),
      ),
      { numRuns: 150 },
    );
  });

  it.each(["sliding-window", "token-bucket"] as const)(
    "%s: stays within its stated bound on any traffic",
    (algorithm) => {
      const pauses = fc.array(fc.integer({ min: 0, max: 60 }), {
        minLength: 50,
        maxLength: 200,
      });
      fc.assert(
        fc.property(pauses, fc.integer({ min: 1, max: 20 }), (gaps, quota) => {
          let now = START;
          const store = new MemoryRateLimitStore({ now: () => now });
          const window = 600;
          const budget = { id: "b", algorithm, quota, window };
          const accepted: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const charge = { budget, partition: "p", cost: 1 };
            const live = (span: number) =>
              accepted.filter((at) => at > now - span).length;
            const [verdict] = store.charge([charge], "l");
            if (verdict?.fits === true) accepted.push(now);
            else if (algorithm === "sliding-window") {
              // Nothing is held back for longer than a window and a slice.
              expect(live(window + 50)).toBeGreaterThanOrEqual(quota);
            }
            const bound = algorithm === "sliding-window" ? quota : 2 * quota;
            expect(live(window)).toBeLessThanOrEqual(bound);
          }
        }),
        { numRuns: 200 },
      );
    },
  );

  it("forgets idle partitions, and the oldest when there are too many", () => {
    let now = START;
    const store = new MemoryRateLimitStore({ now: () => now, capacity: 3 });
    const budget = {
      id: "b",
      algorithm: "fixed-window",
      quota: 1,
      window: 1000,
    } as const;
    const fits = (partition: string) =>
      store.charge([{ budget, partition, cost: 1 }], "l")[0]?.fits;
    for (const each of ["a", "b", "c"]) expect(fits(each)).toBe(true);
    expect(fits("c")).toBe(false);
    for (const each of ["d", "e", "f"]) expect(fits(each)).toBe(true);
    expect(fits("a")).toBe(true);
    now += 1000;
    expect(fits("a")).toBe(true);
  });
});

it("a newcomer costs the same in a full store, however many it holds", () => {
  const budget = {
    id: "b",
    algorithm: "fixed-window",
    quota: 1,
    window: 1e9,
  } as const;
  const timeOf = (capacity: number): number => {
    const store = new MemoryRateLimitStore({ now: () => START, capacity });
    const charge = (key: number) =>
      store.charge([{ budget, partition: `p${key}`, cost: 1 }], "l");
    for (let key = 0; key < capacity; key++) charge(key);
    const start = processorTime();
    for (let key = 0; key < 20_000; key++) charge(capacity + key);
    return processorTime() - start;
  };
  timeOf(1_000);
  expect(timeOf(60_000)).toBeLessThan(20 * timeOf(1_000));
});

/** The script as it is, but for its clock; its keys live for as long as the test by the real one. */
function frozen(now: number): string {
  const { text } = chargeScript;
  const clock = "redis.call('TIME')";
  expect(text).toContain(clock);
  return text
    .replace(clock, `{${Math.floor(now / 1000)}, ${(now % 1000) * 1000}}`)
    .replaceAll("redis.call('PEXPIRE'", "redis.call('EXISTS'")
    .replace(/^/, "-- frozen\n");
}

describe("the script", () => {
  let server: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    server = await startRedis();
    client = new Redis(server.port);
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  it("agrees with the naive model", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryCalls, (calls) =>
        replay(calls, (now) =>
          redisRateLimitStore(
            {
              cluster: false,
              send: (_key, [, , count = "", ...rest]) =>
                client.call("EVAL", [frozen(now()), count, ...rest]),
            },
            `run${run++}`,
          ),
        ),
      ),
      { numRuns: 60 },
    );
  });
});
