/** `@kontract/runtime/ioredis`: stores over ioredis 5 or later, a single client or a cluster. Imports nothing of it. */
import {
  type RedisOptions,
  type RedisStores,
  storesOver,
} from "./redis/stores.js";

export { RedisUnavailableError } from "./redis/circuit.js";
export type { RedisOptions, RedisStores } from "./redis/stores.js";

/** What `new Redis()` or `new Cluster()` gives. */
export interface IoRedisClient {
  readonly isCluster: boolean;
  call(command: string, args: string[]): Promise<unknown>;
}

/** Stores over a client; `enableOfflineQueue: false` lets it fail faster. Listen to its `error` events. */
export function redisStores(
  client: IoRedisClient,
  options?: RedisOptions,
): RedisStores {
  return storesOver(
    {
      cluster: client.isCluster,
      async send(_key, [name = "", ...values]) {
        return client.call(name, values);
      },
    },
    options,
  );
}
