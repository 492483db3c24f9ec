/** Room `contract`: what a place must do that remembers answers by the keys of clients. */

/** An answer as it went out. Text stays text; other bytes are kept as they were. */
export interface StoredAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly type: string | undefined;
  readonly body: string | Uint8Array | undefined;
}

/** What a store knows of a key. */
export type Claim =
  /** Nothing: the caller owns it now. */
  | { readonly state: "claimed" }
  /** Another request with this key is being answered. */
  | { readonly state: "running"; readonly fingerprint: string }
  | {
      readonly state: "answered";
      readonly fingerprint: string;
      readonly answer: StoredAnswer;
    };

/** Remembers answers by key. A store that cannot answer rejects, soon. */
export interface IdempotencyStore {
  /** Makes `owner` the owner of an unknown key for `lease` milliseconds, in one step that no other call comes between. */
  claim(
    key: string,
    owner: string,
    fingerprint: string,
    lease: number,
  ): Claim | Promise<Claim>;
  /** Prolongs the lease, if `owner` still has it. */
  renew(key: string, owner: string, lease: number): void | Promise<void>;
  /** Remembers the answer for `ttl` milliseconds, if `owner` still has the key. */
  settle(
    key: string,
    owner: string,
    answer: StoredAnswer,
    ttl: number,
  ): void | Promise<void>;
  /** Forgets the key, if `owner` still has it and nothing was settled: the next request with it starts anew. */
  release(key: string, owner: string): void | Promise<void>;
}
