/** Room `model`: all policies of all operations. */
import type { Operation, SecurityScheme } from "../api.js";
import type { OperationPlace } from "../build-operation.js";
import type { HttpContext } from "../http-context.js";
import { buildAudit } from "./audit.js";
import { buildCaching, buildInvalidation } from "./caching.js";
import { buildCacheHeaders, buildConditional } from "./conditional.js";
import { buildDeclaredProblems } from "./declared-problems.js";
import { buildEnvelope } from "./envelope.js";
import { buildDeprecation } from "./deprecation.js";
import { buildLinksPolicy } from "./links.js";
import { buildFields, buildInclude } from "./fields.js";
import { buildFilter } from "./filter.js";
import { buildPagination } from "./pagination.js";
import { buildIdempotency } from "./idempotency.js";
import { buildTimeout } from "./timeout.js";
import type { Policies } from "./policies.js";
import { type PolicyPlace, policyPlace } from "./policy-place.js";
import { buildRateLimit } from "./rate-limit.js";
import { readUnknownQuery } from "./unknown-query.js";
import { buildSort } from "./sort.js";

/** Gives the policy, or nothing where the document does not ask for it; says at `place` what it does not understand. */
type Builder<Policy> = (
  place: PolicyPlace,
  operation: Operation,
  schemes: readonly SecurityScheme[],
) => Policy | undefined;

/** In this order: what is chosen from is where the items of a page are. */
const builders: { [Name in keyof Policies]-?: Builder<Policies[Name]> } = {
  audit: buildAudit,
  timeout: buildTimeout,
  problems: buildDeclaredProblems,
  deprecation: buildDeprecation,
  pagination: buildPagination,
  conditional: buildConditional,
  cacheHeaders: buildCacheHeaders,
  caching: buildCaching,
  invalidation: buildInvalidation,
  rateLimit: buildRateLimit,
  idempotency: buildIdempotency,
  // After pagination and tags, before the links of the finished body.
  envelope: buildEnvelope,
  links: buildLinksPolicy,
  filter: buildFilter,
  sort: buildSort,
  fields: buildFields,
  include: buildInclude,
};

/** The operations are those of the places, in the same order. */
export function settlePolicies(
  places: readonly OperationPlace[],
  operations: readonly Operation[],
  { models, problems }: Pick<PolicyPlace, "models" | "problems">,
  schemes: readonly SecurityScheme[],
  { document, diagnostics }: HttpContext,
): void {
  const root = { node: document.root, origin: document.origin };
  const byId = new Map(operations.map((each) => [each.id, each]));
  const known = { operations: byId, models, problems };
  for (const [index, operation] of operations.entries()) {
    const place = places[index];
    if (place === undefined) continue;
    const around = policyPlace(place, root, known, diagnostics);
    // No policy of its own, but a word to the reader of parameters.
    const unknownQuery = readUnknownQuery(around);
    if (unknownQuery !== undefined) operation.unknownQuery = unknownQuery;
    for (const [name, build] of Object.entries(builders)) {
      const policy = build(around, operation, schemes);
      if (policy !== undefined) {
        Object.assign(operation.policies, { [name]: policy });
      }
    }
  }
}
