/** What the processes of the service share, where there is a Redis. */
import { redisStores, type RedisStores } from "@kontract/runtime/redis";

export interface SharedStores {
  readonly stores: RedisStores;
  /** Rejects when the server does not answer. */
  ping(): Promise<unknown>;
  close(): Promise<void>;
}

/** Undefined without a URL. The client is loaded only when used, connects again by itself, and queues nothing meanwhile. */
export async function connectRedis(
  url: string | undefined,
  onError: (error: Error) => void,
): Promise<SharedStores | undefined> {
  if (url === undefined) return undefined;
  const { createClient } = await import("redis");
  const client = createClient({ url, disableOfflineQueue: true });
  client.on("error", onError);
  await client.connect();
  return {
    stores: redisStores(client, { prefix: "bookstore" }),
    ping: () => client.ping(),
    close: () => client.close(),
  };
}
