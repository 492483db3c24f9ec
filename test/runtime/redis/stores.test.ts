/** Every store of ours does what its room demands: in memory, and over a real Redis by each client, alone and as a cluster. */
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Redis, Cluster } from "ioredis";
import { redisStores as ioRedisStores } from "@kontract/runtime/ioredis";
import { redisStores as nodeRedisStores } from "@kontract/runtime/redis";
import {
  cacheStoreCases,
  idempotencyStoreCases,
  rateLimitStoreCases,
  type StoreCase,
} from "@kontract/runtime/testing";
import { createClient, createCluster } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryCacheStore } from "../../../runtime/src/caching/memory-store.js";
import { MemoryIdempotencyStore } from "../../../runtime/src/idempotency/memory-store.js";
import { MemoryRateLimitStore } from "../../../runtime/src/rate-limit/memory-store.js";
import type { RedisStores } from "../../../runtime/src/redis/stores.js";
import { type RedisServer, startRedis } from "./redis-server.js";

function proves<Store>(
  cases: readonly StoreCase<Store>[],
  make: () => Store,
): void {
  it.each(cases)("$name", ({ run }) => run(make()));
}

describe("in memory", () => {
  describe("kept answers", () => {
    proves(cacheStoreCases, () => new MemoryCacheStore());
  });
  describe("rate limits", () => {
    proves(rateLimitStoreCases, () => new MemoryRateLimitStore());
  });
  describe("answers", () => {
    proves(idempotencyStoreCases, () => new MemoryIdempotencyStore());
  });
});

let single: RedisServer;
let cluster: RedisServer;
const closing: (() => unknown)[] = [];
let prefixes = 0;
const fresh = () => ({ prefix: `test${prefixes++}`, timeout: 5_000 });

beforeAll(async () => {
  [single, cluster] = await Promise.all([
    startRedis(),
    startRedis({ cluster: true }),
  ]);
  await takeAllSlots(cluster.port);
});

afterAll(async () => {
  for (const close of closing) await close();
  await Promise.all([single?.stop(), cluster?.stop()]);
});

/** Makes the one node a whole cluster. */
async function takeAllSlots(port: number): Promise<void> {
  const node = new Redis(port);
  await node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  for (let tries = 0; tries < 400; tries++) {
    const info = String(await node.call("CLUSTER", "INFO"));
    if (info.includes("cluster_state:ok")) break;
    await pause(50);
  }
  node.disconnect();
}

const clients: Record<string, () => Promise<() => RedisStores>> = {
  async "node-redis"() {
    const client = await createClient({ url: single.url }).connect();
    closing.push(() => client.close());
    return () => nodeRedisStores(client, fresh());
  },
  async ioredis() {
    const client = new Redis(single.port);
    closing.push(() => client.disconnect());
    return () => ioRedisStores(client, fresh());
  },
  async "node-redis, cluster"() {
    const client = createCluster({ rootNodes: [{ url: cluster.url }] });
    await client.connect();
    closing.push(() => client.close());
    return () => nodeRedisStores(client, fresh());
  },
  async "ioredis, cluster"() {
    const client = new Cluster([{ host: "127.0.0.1", port: cluster.port }]);
    await once(client, "ready");
    closing.push(() => client.disconnect());
    return () => ioRedisStores(client, fresh());
  },
};

describe.each(Object.entries(clients))("by %s", (_name, connect) => {
  let make: () => RedisStores;
  beforeAll(async () => {
    make = await connect();
  });
  describe("rate limits", () => {
    proves(
      rateLimitStoreCases.map((each) => ({
        name: each.name,
        run: (stores: RedisStores) => each.run(stores.rateLimit),
      })),
      () => make(),
    );
  });
  describe("answers", () => {
    proves(
      idempotencyStoreCases.map((each) => ({
        name: each.name,
        run: (stores: RedisStores) => each.run(stores.idempotency),
      })),
      () => make(),
    );
  });
  describe("kept answers", () => {
    proves(
      cacheStoreCases.map((each) => ({
        name: each.name,
        run: (stores: RedisStores) => each.run(stores.cache),
      })),
      () => make(),
    );
  });
});

it("leaves nothing behind that does not go by itself", async () => {
  const client = new Redis(single.port);
  const keys = await client.keys("*");
  expect(keys.length).toBeGreaterThan(20);
  const lives = await Promise.all(keys.map((key) => client.pttl(key)));
  // -2: gone since it was listed; -1 would be forever.
  expect(keys.filter((_key, at) => lives[at] === -1)).toEqual([]);
  client.disconnect();
});
