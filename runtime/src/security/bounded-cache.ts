/** Room `security`: what was found out about tokens, by the hash of the whole token, for a bounded time and number. */
import { createHash } from "node:crypto";
import type { Now } from "../contract/clock.js";

export interface BoundedCache<Value> {
  get(token: string): Value | undefined;
  /** `until`: milliseconds since 1970. */
  set(token: string, value: Value, until: number): void;
}

/** The least recently used goes first. No token is kept: only its SHA-256. */
export function boundedCache<Value>(
  entries: number,
  now: Now,
): BoundedCache<Value> {
  const known = new Map<string, { readonly value: Value; until: number }>();
  return {
    get(token) {
      const key = hash(token);
      const entry = known.get(key);
      if (entry === undefined) return undefined;
      known.delete(key);
      if (entry.until <= now()) return undefined;
      known.set(key, entry);
      return entry.value;
    },
    set(token, value, until) {
      if (until <= now() || entries < 1) return;
      known.set(hash(token), { value, until });
      if (known.size <= entries) return;
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    },
  };
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

/** What is cached is given to many requests: none may change it for the others. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
