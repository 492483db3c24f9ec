/** Room `redis`: all stores over one connection. */
import type { CacheStore } from "../contract/cache-store.js";
import type { IdempotencyStore } from "../contract/idempotency-store.js";
import type { RateLimitStore } from "../contract/rate-limit-store.js";
import { redisCacheStore } from "./cache-store.js";
import { breakCircuit, type CircuitOptions } from "./circuit.js";
import type { RedisCommands } from "./commands.js";
import { redisIdempotencyStore } from "./idempotency-store.js";
import { redisRateLimitStore } from "./rate-limit-store.js";

export interface RedisOptions extends CircuitOptions {
  /** First part of every key; `kontract`. Services that share it share their budgets and answers. */
  readonly prefix?: string;
}

/** What `createRouter` takes: `{ rateLimit: { store: redis.rateLimit }, idempotency: { store: redis.idempotency }, cache: { store: redis.cache } }`. */
export interface RedisStores {
  readonly rateLimit: RateLimitStore;
  readonly idempotency: IdempotencyStore;
  readonly cache: CacheStore;
}

export function storesOver(
  commands: RedisCommands,
  { prefix = "kontract", ...circuit }: RedisOptions = {},
): RedisStores {
  const redis = breakCircuit(commands, circuit);
  return {
    rateLimit: redisRateLimitStore(redis, prefix),
    idempotency: redisIdempotencyStore(redis, prefix),
    cache: redisCacheStore(redis, prefix),
  };
}
