/** Room `idempotency`: answers in the memory of one process. */
import { oldestFirst } from "../contract/oldest-first.js";
import type {
  Claim,
  IdempotencyStore,
  StoredAnswer,
} from "../contract/idempotency-store.js";

export interface MemoryIdempotencyOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Bytes of all answers together; 64 MiB. Beyond, the oldest ones are forgotten. */
  readonly capacity?: number | undefined;
}

interface Entry {
  readonly owner: string;
  readonly fingerprint: string;
  until: number;
  answer: StoredAnswer | undefined;
}

/** What an entry costs beside its answer's body, roughly. */
const ENTRY_BYTES = 512;

/** The answers of one process: of no use to another one, and gone with it. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry>();
  readonly #oldest = oldestFirst(this.#entries);
  #bytes = 0;

  constructor({
    now = Date.now,
    capacity = 64 * 1024 * 1024,
  }: MemoryIdempotencyOptions = {}) {
    this.#now = now;
    this.#capacity = capacity;
  }

  claim(key: string, owner: string, fingerprint: string, lease: number): Claim {
    const now = this.#now();
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) {
      const { answer } = known;
      return answer === undefined
        ? { state: "running", fingerprint: known.fingerprint }
        : { state: "answered", fingerprint: known.fingerprint, answer };
    }
    this.#forget(key);
    this.#makeRoom(now);
    this.#entries.set(key, {
      owner,
      fingerprint,
      until: now + lease,
      answer: undefined,
    });
    this.#bytes += ENTRY_BYTES;
    return { state: "claimed" };
  }

  renew(key: string, owner: string, lease: number): void {
    const entry = this.#owned(key, owner);
    if (entry !== undefined) entry.until = this.#now() + lease;
  }

  settle(key: string, owner: string, answer: StoredAnswer, ttl: number): void {
    const entry = this.#owned(key, owner);
    if (entry === undefined) return;
    entry.answer = answer;
    entry.until = this.#now() + ttl;
    this.#bytes += bytesOf(answer);
  }

  release(key: string, owner: string): void {
    if (this.#owned(key, owner) !== undefined) this.#forget(key);
  }

  #owned(key: string, owner: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.owner !== owner) return undefined;
    if (entry.answer !== undefined || entry.until <= this.#now()) {
      return undefined;
    }
    return entry;
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= ENTRY_BYTES + bytesOf(entry.answer);
  }

  /** Each newcomer looks at the two oldest and drops what is past; beyond the capacity answers go, oldest first, but no key in use. */
  #makeRoom(now: number): void {
    const round = this.#entries.size;
    for (let looks = 0; looks < round; looks++) {
      const full = this.#bytes >= this.#capacity;
      if (looks >= 2 && !full) break;
      const oldest = this.#oldest();
      if (oldest === undefined) break;
      const [key, entry] = oldest;
      const past = entry.until <= now;
      if (past || (full && entry.answer !== undefined)) this.#forget(key);
      else if (!full) {
        this.#entries.delete(key);
        this.#entries.set(key, entry);
      }
    }
  }
}

function bytesOf(answer: StoredAnswer | undefined): number {
  return answer?.body?.length ?? 0;
}
