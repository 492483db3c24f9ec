/** Room `contract`: what a place must do that keeps answers for a while. */

/** What a store knows of a key and of the tags that it depends on. */
export interface CacheReading {
  /** The text that was written; `undefined` when there is none, or it is too old. */
  readonly entry: string | undefined;
  /** How often each tag was invalidated, in the order in which they were asked for. */
  readonly versions: readonly number[];
}

/** Keeps texts by key, and counts invalidations by tag. A store that cannot answer rejects, soon. */
export interface CacheStore {
  /** One round trip, so that entry and versions belong together. */
  read(
    key: string,
    tags: readonly string[],
  ): CacheReading | Promise<CacheReading>;
  /** Keeps the entry for `ttl` milliseconds at most. */
  write(key: string, entry: string, ttl: number): void | Promise<void>;
  /** Counts the tags up: entries that were made before do not hold any more. */
  invalidate(tags: readonly string[]): void | Promise<void>;
}
