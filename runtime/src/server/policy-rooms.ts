/** Room `server`: the rooms that policies live in, outermost first. Each is loaded with the first operation that needs it. */
import type { Policies } from "../contract/policies.js";
import type { Policy, PolicyContext } from "../contract/policy.js";
import { bindProblems } from "../errors/bind-problems.js";

type Bind = (
  policies: Policies,
  context: PolicyContext,
) => Promise<Policy> | undefined;

const rooms: readonly Bind[] = [
  // Around everything that keeps, compares or replays answers.
  ({ envelope }, context) =>
    envelope?.answers.some(({ facts }) => facts.length > 0) === true
      ? import("../envelope/bind-facts.js").then(({ bindFacts }) =>
          bindFacts(context),
        )
      : undefined,
  ({ audit }, context) =>
    audit &&
    import("../security/audit.js").then(({ bindAudit }) =>
      bindAudit(audit, context),
    ),
  ({ deprecation }, context) =>
    deprecation &&
    import("../versioning/deprecation.js").then(({ bindDeprecation }) =>
      bindDeprecation(deprecation, context),
    ),
  ({ rateLimit }, context) =>
    rateLimit &&
    import("../rate-limit/limiter.js").then(({ bindRateLimit }) =>
      bindRateLimit(rateLimit, context),
    ),
  // Outside of preconditions: what was carried out changes what they ask for.
  ({ idempotency }, context) =>
    idempotency &&
    import("../idempotency/repeater.js").then(({ bindIdempotency }) =>
      bindIdempotency(idempotency, context),
    ),
  ({ cacheHeaders }) =>
    cacheHeaders &&
    import("../caching/bind-cache-headers.js").then(({ bindCacheHeaders }) =>
      bindCacheHeaders(cacheHeaders),
    ),
  ({ conditional }, context) =>
    conditional &&
    import("../caching/bind-conditional.js").then(({ bindPreconditions }) =>
      bindPreconditions(conditional, context),
    ),
  ({ caching }, context) =>
    caching &&
    import("../caching/bind-response-cache.js").then(({ bindResponseCache }) =>
      bindResponseCache(caching, context),
    ),
  ({ invalidation }, context) =>
    invalidation &&
    import("../caching/bind-invalidation.js").then(({ bindInvalidation }) =>
      bindInvalidation(invalidation, context),
    ),
  // Inside of the cache, which keeps entity tags and dates with the answer.
  ({ conditional }, context) =>
    conditional &&
    import("../caching/bind-conditional.js").then(({ bindValidators }) =>
      bindValidators(conditional, context),
    ),
  ({ problems }) =>
    // The failure of any operation needs it, so there is nothing to load.
    problems && Promise.resolve(bindProblems(problems)),
  ({ timeout }) =>
    timeout &&
    import("./bind-timeout.js").then(({ bindTimeout }) => bindTimeout(timeout)),
  // Outside of pagination, whose items are linked; inside of tags and caches, which are about the finished body.
  ({ links }, { path }) =>
    links &&
    import("../links/bind-links.js").then(({ bindLinks }) =>
      bindLinks(links, path),
    ),
  ({ envelope }) =>
    envelope &&
    import("../envelope/bind-envelope.js").then(({ bindEnvelope }) =>
      bindEnvelope(envelope),
    ),
  ({ pagination }, context) =>
    pagination &&
    import("../pagination/bind-pagination.js").then(({ bindPagination }) =>
      bindPagination(pagination, context),
    ),
  // Innermost: entity tags are those of the members that were chosen.
  (policies) =>
    (policies.filter ?? policies.sort ?? policies.fields ?? policies.include) &&
    import("../query/bind-query.js").then(({ bindQuery }) =>
      bindQuery(policies),
    ),
];

/** The layers of one operation, outermost first. */
export async function bindPolicies(
  policies: Policies,
  context: PolicyContext,
): Promise<readonly Policy[]> {
  const bound = await Promise.all(rooms.map((bind) => bind(policies, context)));
  return bound.filter((policy) => policy !== undefined);
}
