/** Room `caching`: what two requests must have in common to get the same answer. */
import { createHash } from "node:crypto";
import type { CachingPolicy } from "../contract/policies.js";
import type { Exchange } from "../contract/policy.js";
import { fillTemplate } from "./templates.js";

/**
 * `undefined` where the principal is no plain data, so that nobody can tell two of them apart: then nothing is kept.
 * Values are those after decoding, with defaults: `?page=1` and nothing are one request.
 */
export function cacheKeyOf(
  operationId: string,
  { scope, vary, negotiated }: CachingPolicy,
  exchange: Exchange,
): string | undefined {
  const { ctx, request, principal } = exchange;
  let owner: string | undefined = "";
  if (scope === "principal" && principal !== undefined) {
    owner = textOf(principal);
    if (owner === undefined) return undefined;
  }
  const parts = [
    operationId,
    owner,
    sorted(request?.params),
    sorted(request?.query),
    sorted(request?.headers),
    sorted(request?.cookies),
    request?.body ?? null,
    vary.map((template) => fillTemplate(template, exchange, undefined) ?? null),
    negotiated === true ? ctx.get("Accept") : "",
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** Functions and class instances with private parts have no text of their own. */
function textOf(principal: unknown): string | undefined {
  try {
    const text = JSON.stringify(principal);
    return text === undefined || text === "{}" ? undefined : text;
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
