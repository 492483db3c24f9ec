/** Room `security`: what a token's bearer may do, against what an operation asks for. */
import { problem } from "../errors/problem.js";

/** `scope` (RFC 6749 3.3, RFC 8693 4.2) or `scp`, as a list or as words. */
export function scopesOf(claims: Readonly<Record<string, unknown>>): string[] {
  const given = claims["scope"] ?? claims["scp"];
  const list = Array.isArray(given) ? given : String(given ?? "").split(" ");
  return list.filter(
    (scope): scope is string => typeof scope === "string" && scope !== "",
  );
}

/** Throws 403; the guard adds `error="insufficient_scope"` and the scopes (RFC 6750 3.1). */
export function demandScopes(
  granted: readonly string[],
  wanted: readonly string[],
): void {
  const missing = wanted.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw problem.forbidden({
    detail: `the credential lacks the scope ${missing.join(", ")}`,
  });
}
