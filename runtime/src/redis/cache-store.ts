/** Room `redis`: keeps answers for any number of processes. */
import type { CacheStore } from "../contract/cache-store.js";
import { type RedisCommands, run, script } from "./commands.js";

/** Counts of tags are kept as long as any entry that was made under them can be. */
const LONGEST = 7 * 24 * 60 * 60 * 1000;

/** KEYS: the count of a tag. ARGV: milliseconds. */
const countScript = script(`
redis.call('INCR', KEYS[1])
return redis.call('PEXPIRE', KEYS[1], ARGV[1])
`);

/** Entries as keys `{prefix}:cache:…`, counts of tags as `{prefix}:tag:…`, each for seven days at most. */
export function redisCacheStore(
  redis: RedisCommands,
  prefix: string,
): CacheStore {
  const entryKey = (key: string) => `${prefix}:cache:${key}`;
  const tagKey = (tag: string) => `${prefix}:tag:${tag}`;

  /** In a cluster the keys are of different nodes: each is asked for by itself. */
  async function get(keys: readonly [string, ...string[]]): Promise<unknown[]> {
    if (redis.cluster) {
      return Promise.all(keys.map((key) => redis.send(key, ["GET", key])));
    }
    const reply = await redis.send(keys[0], ["MGET", ...keys]);
    if (!Array.isArray(reply)) throw new TypeError("Redis answered otherwise");
    return reply;
  }

  return {
    async read(key, tags) {
      const [entry, ...counts] = await get([
        entryKey(key),
        ...tags.map(tagKey),
      ]);
      return {
        entry:
          entry === null || entry === undefined ? undefined : String(entry),
        versions: tags.map((_, at) => Number(counts[at] ?? 0)),
      };
    },
    async write(key, entry, ttl) {
      const time = Math.min(Math.ceil(ttl), LONGEST);
      if (time <= 0) return;
      const own = entryKey(key);
      await redis.send(own, ["SET", own, entry, "PX", String(time)]);
    },
    async invalidate(tags) {
      await Promise.all(
        tags
          .map(tagKey)
          .map((key) => run(redis, countScript, [key], [String(LONGEST)])),
      );
    },
  };
}
