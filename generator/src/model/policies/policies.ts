/** Room `model`: what the document asks of the runtime beside the contract itself, as plain data (types only). */
import type { Audit } from "./audit.js";
import type { Caching, Invalidation } from "./caching.js";
import type { CacheHeaders, Conditional } from "./conditional.js";
import type { Envelope } from "./envelope.js";
import type { DeclaredProblem } from "./declared-problems.js";
import type { Deprecation } from "./deprecation.js";
import type { Links } from "./links.js";
import type { Idempotency } from "./idempotency.js";
import type { RateLimit } from "./rate-limit.js";
import type { Fields, Include } from "./fields.js";
import type { Filter } from "./filter.js";
import type { Pagination } from "./pagination.js";
import type { Sort } from "./sort.js";

import type { Timeout } from "./timeout.js";

/**
 * One member for each policy that is declared; all of it JSON, emitted as it is. The same shapes stand in the
 * runtime's `contract/policies.ts`, and a test compares the two.
 */
export interface Policies {
  audit?: Audit;
  envelope?: Envelope;
  timeout?: Timeout;
  problems?: DeclaredProblem[];
  deprecation?: Deprecation;
  pagination?: Pagination;
  conditional?: Conditional;
  cacheHeaders?: CacheHeaders;
  caching?: Caching;
  invalidation?: Invalidation;
  rateLimit?: RateLimit[];
  idempotency?: Idempotency;
  links?: Links;
  filter?: Filter;
  sort?: Sort;
  fields?: Fields;
  include?: Include;
}
