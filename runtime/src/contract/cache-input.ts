/** Room `contract`: the cache as handlers use it. */

export interface RememberOptions {
  /** Milliseconds. */
  readonly ttl: number;
  readonly tags?: readonly string[];
}

/** On the input of operations with `x-caching` or `x-invalidates`. */
export interface CacheInput {
  /** What `load` gave lately for this key, of all that use the same store; one `load` at a time. The value is JSON. */
  remember<Value>(
    key: string,
    options: RememberOptions,
    load: () => Value | Promise<Value>,
  ): Promise<Value>;
  /** Forgets whatever depends on one of the tags: answers and remembered values. */
  invalidate(...tags: readonly string[]): Promise<void>;
}
