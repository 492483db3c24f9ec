/** `@kontract/runtime/redis`: stores over node-redis 5 or later, a single client or a cluster. Imports nothing of it. */
import {
  type RedisOptions,
  type RedisStores,
  storesOver,
} from "./redis/stores.js";

export { RedisUnavailableError } from "./redis/circuit.js";
export type { RedisOptions, RedisStores } from "./redis/stores.js";

/** What `createClient()` or `createClientPool()` gives. */
export interface NodeRedisClient {
  sendCommand(args: readonly string[]): Promise<unknown>;
}

/** What `createCluster()` gives. */
export interface NodeRedisCluster {
  readonly masters: readonly unknown[];
  sendCommand(
    firstKey: string,
    isReadonly: boolean,
    args: string[],
  ): Promise<unknown>;
}

/** Stores over a connected client; `disableOfflineQueue: true` lets it fail faster. Listen to its `error` events. */
export function redisStores(
  client: NodeRedisClient | NodeRedisCluster,
  options?: RedisOptions,
): RedisStores {
  if ("masters" in client) {
    return storesOver(
      {
        cluster: true,
        send: (key, command) => client.sendCommand(key, false, [...command]),
      },
      options,
    );
  }
  return storesOver(
    { cluster: false, send: (_key, command) => client.sendCommand(command) },
    options,
  );
}
