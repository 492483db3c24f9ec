/** Room `security`: API keys that are stored as hashes: an id to find them by, and a secret to compare. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { AuthenticationContext } from "../contract/security.js";
import { demandScopes } from "./token-scopes.js";

/** What a store knows of one key. */
export interface StoredKey<Principal> {
  /** As `hashApiKey` has made it. */
  readonly hash: string;
  readonly principal: Principal;
  /** What the key may do; scopes that an operation asks for beyond these are 403. */
  readonly scopes?: readonly string[];
}

export interface ApiKeysOptions<Principal> {
  /** By the part before the last dot. `null` or `undefined`: there is no such key, or no longer. */
  readonly find: (
    id: string,
  ) =>
    | StoredKey<Principal>
    | null
    | undefined
    | Promise<StoredKey<Principal> | null | undefined>;
}

/** Longer keys are nobody's. */
const LENGTH = 512;

/** What a key is compared with that nobody has: the answer takes as long. */
const NOBODY = hashApiKey("");

/**
 * An authenticator for keys of the form `id.secret`. The store is asked by id; hashes are compared in constant time; the
 * id goes to the log of security events, the secret nowhere.
 */
export function apiKeys<Principal>({
  find,
}: ApiKeysOptions<Principal>): (
  key: string,
  context: AuthenticationContext,
) => Promise<Principal | null> {
  return async (key, context) => {
    const dot = key.lastIndexOf(".");
    if (dot < 1 || key.length > LENGTH) return null;
    const keyId = key.slice(0, dot);
    const stored = (await find(keyId)) ?? undefined;
    const same = equalSecrets(hashApiKey(key), stored?.hash ?? NOBODY);
    if (!same || stored === undefined) return null;
    const { scopes } = stored;
    if (scopes !== undefined) demandScopes(scopes, context.scopes);
    context.report("key_use", { keyId });
    return stored.principal;
  };
}

/** What to store of a key: its SHA-256 in hexadecimal. Enough for the 256 random bits of `createApiKey`, never for passwords. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** A new key. Show it once, and store `id` and `hash`. */
export function createApiKey(prefix = "key"): {
  readonly id: string;
  readonly key: string;
  readonly hash: string;
} {
  const id = `${prefix}_${randomBytes(9).toString("base64url")}`;
  const key = `${id}.${randomBytes(32).toString("base64url")}`;
  return { id, key, hash: hashApiKey(key) };
}

/** Compares two texts in a time that does not depend on where they differ, nor on how long they are. */
export function equalSecrets(one: string, other: string): boolean {
  const digest = (text: string): Buffer =>
    createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
