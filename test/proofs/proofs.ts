/** All proofs, by the names that `npm run proofs` takes. */
import { cursorWalk, twoWriters } from "./bookstore.js";
import { cachePrincipals, cacheStampede, cacheWrites } from "./cache.js";
import { forgedTokens } from "./forged-tokens.js";
import { idempotency } from "./idempotency.js";
import { manyKeys } from "./many-keys.js";
import type { Proof } from "./proof.js";
import { rateLimit } from "./rate-limit.js";
import { redisOutage } from "./redis-outage.js";

export const PROOFS: Record<string, Proof> = {
  "rate-limit": rateLimit,
  "redis-outage": redisOutage,
  "many-keys": manyKeys,
  "cache-stampede": cacheStampede,
  "cache-writes": cacheWrites,
  "cache-principals": cachePrincipals,
  idempotency,
  "two-writers": twoWriters,
  "cursor-walk": cursorWalk,
  "forged-tokens": forgedTokens,
};
