/** Room `server`: the rooms that policies live in, outermost first. Each is loaded with the first operation that needs it. */
import type { Policies } from "../contract/policies.js";
import type { Policy, PolicyContext } from "../contract/policy.js";

type Bind = (
  policies: Policies,
  context: PolicyContext,
) => Promise<Policy> | undefined;

const rooms: readonly Bind[] = [
  ({ audit }, context) =>
    audit &&
    import("../security/audit.js").then(({ bindAudit }) =>
      bindAudit(audit, context),
    ),
  ({ deprecation }) =>
    deprecation &&
    import("../versioning/deprecation.js").then(({ bindDeprecation }) =>
      bindDeprecation(deprecation),
    ),
  ({ pagination }, context) =>
    pagination &&
    import("../pagination/bind-pagination.js").then(({ bindPagination }) =>
      bindPagination(pagination, context),
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
