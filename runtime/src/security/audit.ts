/** Room `security`: tells the log of security events of every call of an operation, however it ends. */
import type { AuditPolicy } from "../contract/policies.js";
import type { Policy, PolicyContext } from "../contract/policy.js";

export function bindAudit(
  { event }: AuditPolicy,
  { operationId, report }: PolicyContext,
): Policy {
  return {
    settle({ ctx, principal }, { wire }) {
      report(ctx, "audit", {
        action: event ?? operationId,
        status: wire?.status,
        principal: idOf(principal),
      });
    },
  };
}

/** Who it was; of several schemes together each by its name. Nothing else of a principal is written. */
function idOf(principal: unknown): unknown {
  if (typeof principal !== "object" || principal === null) return undefined;
  if ("id" in principal) {
    const { id } = principal;
    return typeof id === "string" || typeof id === "number" ? id : undefined;
  }
  const ids: Record<string, unknown> = {};
  for (const [scheme, each] of Object.entries(principal)) {
    if (typeof each === "object" && each !== null && "id" in each) {
      ids[scheme] = idOf(each);
    }
  }
  return Object.keys(ids).length === 0 ? undefined : ids;
}
