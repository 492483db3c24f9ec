/** More partitions than the memory of one process may hold. */
import { MemoryRateLimitStore } from "../../runtime/src/rate-limit/memory-store.js";
import { demand, type Figures, insist, type Proof, sized } from "./proof.js";

const HOUR = 3_600_000;

export const manyKeys: Proof = {
  claim:
    "1,000,000 distinct keys in memory: no more than the capacity are held, the ones longest unseen go first, newcomers are still counted",
  prove(scale) {
    const keys = sized(1_000_000, scale);
    const capacity = sized(100_000, scale);
    const store = new MemoryRateLimitStore({ now: () => 0, capacity });
    const budget = {
      id: "b",
      algorithm: "sliding-window" as const,
      quota: 2,
      window: HOUR,
    };
    const charge = (key: number) =>
      store.charge([{ budget, partition: `client-${key}`, cost: 1 }], "l")[0];
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    for (let key = 0; key < keys; key++) charge(key);
    const time = performance.now() - start;
    globalThis.gc?.();
    const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    // One unit of two is taken; of who was forgotten both are there again.
    let kept = 0;
    for (let key = keys - capacity; key < keys; key++) {
      if (charge(key)?.remaining === 0) kept += 1;
    }
    const first = charge(0);
    const figures: Figures = {
      keys,
      capacity,
      keptOfTheNewest: kept,
      firstIsForgotten: first?.remaining === 1 ? "yes" : "no",
      secondRefused: charge(keys - 1)?.fits === false ? "yes" : "no",
      heapMegabytes: Math.round(megabytes),
      microsecondsEach: Number(((time * 1000) / keys).toFixed(2)),
    };
    demand(figures, { firstIsForgotten: "yes", secondRefused: "yes" });
    insist(kept >= capacity * 0.99, figures);
    return Promise.resolve(figures);
  },
};
