/** Room `caching`: answers in the memory of this process; what was not asked for longest goes first. */
import { oldestFirst } from "../contract/oldest-first.js";
import type { CacheReading, CacheStore } from "../contract/cache-store.js";

export interface MemoryCacheOptions {
  /** Entries at most; 10,000. */
  readonly entries?: number;
  /** Characters of all entries at most; 64 Mi. */
  readonly size?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Kept {
  readonly entry: string;
  readonly until: number;
}

export class MemoryCacheStore implements CacheStore {
  readonly #entries = new Map<string, Kept>();
  /** Never forgotten while an entry could depend on it: a tag without a count has the count of all forgotten ones. */
  readonly #versions = new Map<string, number>();
  readonly #oldest = oldestFirst(this.#entries);
  readonly #oldestVersion = oldestFirst(this.#versions);
  readonly #limit: number;
  readonly #room: number;
  readonly #now: () => number;
  #size = 0;
  #clock = 0;
  #forgotten = 0;

  constructor({
    entries = 10_000,
    size = 64 * 1024 * 1024,
    now = Date.now,
  }: MemoryCacheOptions = {}) {
    this.#limit = entries;
    this.#room = size;
    this.#now = now;
  }

  read(key: string, tags: readonly string[]): CacheReading {
    const versions = tags.map(
      (tag) => this.#versions.get(tag) ?? this.#forgotten,
    );
    const kept = this.#entries.get(key);
    if (kept === undefined) return { entry: undefined, versions };
    this.#drop(key, kept);
    if (kept.until <= this.#now()) return { entry: undefined, versions };
    this.#keep(key, kept);
    return { entry: kept.entry, versions };
  }

  write(key: string, entry: string, ttl: number): void {
    const before = this.#entries.get(key);
    if (before !== undefined) this.#drop(key, before);
    if (entry.length > this.#room || ttl <= 0) return;
    this.#keep(key, { entry, until: this.#now() + ttl });
    while (this.#entries.size > this.#limit || this.#size > this.#room) {
      const oldest = this.#oldest();
      if (oldest === undefined) break;
      this.#drop(...oldest);
    }
  }

  /** Counts come from one clock, so that a forgotten tag never gets a count back that it had before. */
  invalidate(tags: readonly string[]): void {
    for (const tag of tags) {
      this.#versions.delete(tag);
      this.#versions.set(tag, ++this.#clock);
    }
    while (this.#versions.size > this.#limit) {
      const oldest = this.#oldestVersion();
      if (oldest === undefined) break;
      const [tag, version] = oldest;
      this.#versions.delete(tag);
      this.#forgotten = Math.max(this.#forgotten, version);
    }
  }

  #keep(key: string, kept: Kept): void {
    this.#entries.set(key, kept);
    this.#size += kept.entry.length;
  }

  #drop(key: string, kept: Kept): void {
    this.#entries.delete(key);
    this.#size -= kept.entry.length;
  }
}
