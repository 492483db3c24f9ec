/** Room `caching`: values of handlers, in the same store and under the same tags as answers. */
import type { CacheInput } from "../contract/cache-input.js";
import type { PolicyContext } from "../contract/policy.js";
import { MemoryCacheStore } from "./memory-store.js";
import type { CacheStore } from "../contract/cache-store.js";

export interface ValueCache {
  readonly store: CacheStore;
  readonly input: CacheInput;
}

/** One for all operations of a router. */
export function valueCacheOf(context: PolicyContext): ValueCache {
  return context.shared("cache", () => {
    const { options, logger, now } = context;
    const store = options.cache?.store ?? new MemoryCacheStore({ now });
    return { store, input: cacheInput(store, logger) };
  });
}

function cacheInput(
  store: CacheStore,
  logger: PolicyContext["logger"],
): CacheInput {
  const loading = new Map<string, Promise<unknown>>();
  return {
    async remember<Value>(
      key: string,
      { ttl, tags = [] }: { ttl: number; tags?: readonly string[] },
      load: () => Value | Promise<Value>,
    ): Promise<Value> {
      const own = `value:${key}`;
      const reading = await attempt(() => store.read(own, tags));
      const known =
        reading?.entry === undefined ? undefined : open(reading.entry);
      if (known && same(known.versions, reading?.versions)) {
        // Written below, by the same key.
        return known.value as Value;
      }
      const running = loading.get(own);
      if (running !== undefined) return running as Promise<Value>;
      const promise = Promise.resolve(load());
      loading.set(own, promise);
      try {
        const value = await promise;
        if (reading !== undefined) {
          const entry = JSON.stringify([reading.versions, value]);
          await attempt(() => store.write(own, entry, ttl));
        }
        return value;
      } finally {
        loading.delete(own);
      }
    },
    async invalidate(...tags) {
      if (tags.length > 0) await store.invalidate(tags);
    },
  };

  async function attempt<Result>(
    step: () => Result | Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await step();
    } catch (error) {
      logger.warn("the cache cannot be used", { error });
      return undefined;
    }
  }
}

function open(
  entry: string,
): { versions: readonly unknown[]; value: unknown } | undefined {
  const content: unknown = JSON.parse(entry);
  if (!Array.isArray(content)) return undefined;
  const [versions, value]: unknown[] = content;
  return Array.isArray(versions) ? { versions, value } : undefined;
}

function same(
  a: readonly unknown[],
  b: readonly number[] | undefined,
): boolean {
  return (
    b !== undefined &&
    a.length === b.length &&
    a.every((each, at) => each === b[at])
  );
}
