/** Room `caching`: what every store of this kind must do. Cases that wait do so in real time, for fractions of a second. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { CacheStore } from "../contract/cache-store.js";
import type { StoreCase } from "../contract/store-case.js";

const MINUTE = 60_000;

/** Keys and tags of the cases begin with `case:`; nothing is cleared before or between them. */
export const cacheStoreCases: readonly StoreCase<CacheStore>[] = [
  {
    name: "knows nothing of a new key, and no invalidation of a new tag",
    async run(store) {
      const reading = await store.read("case:new", ["case:new"]);
      assert.deepEqual(reading, { entry: undefined, versions: [0] });
    },
  },
  {
    name: "gives back what was written, whatever characters it has",
    async run(store) {
      const text = '{"a":"\u0000 é \u{1f4da} \\"}';
      await store.write("case:text", text, MINUTE);
      const { entry, versions } = await store.read("case:text", []);
      assert.equal(entry, text);
      assert.deepEqual(versions, []);
    },
  },
  {
    name: "keeps the latest of several entries",
    async run(store) {
      await store.write("case:latest", "one", MINUTE);
      await store.write("case:latest", "two", MINUTE);
      assert.equal((await store.read("case:latest", [])).entry, "two");
    },
  },
  {
    name: "forgets an entry when its time is over",
    async run(store) {
      await store.write("case:short", "soon gone", 60);
      assert.equal((await store.read("case:short", [])).entry, "soon gone");
      await pause(120);
      assert.equal((await store.read("case:short", [])).entry, undefined);
    },
  },
  {
    name: "counts invalidations of each tag, in the order that is asked for",
    async run(store) {
      const tags = ["case:a", "case:b", "case:c"];
      const before = (await store.read("case:none", tags)).versions;
      await store.invalidate(["case:a", "case:c"]);
      await store.invalidate(["case:c"]);
      const after = (await store.read("case:none", tags)).versions;
      assert.equal(after[1], before[1]);
      assert.notEqual(after[0], before[0]);
      assert.notEqual(after[2], before[2]);
      const turned = (await store.read("case:none", tags.toReversed()))
        .versions;
      assert.deepEqual(turned, after.toReversed());
    },
  },
  {
    name: "loses no invalidation of many at once",
    async run(store) {
      const seen = new Set<number | undefined>();
      for (let round = 0; round < 20; round++) {
        await Promise.all([
          store.invalidate(["case:many"]),
          store.invalidate(["case:many"]),
        ]);
        seen.add((await store.read("case:none", ["case:many"])).versions[0]);
      }
      assert.equal(seen.size, 20);
    },
  },
];
