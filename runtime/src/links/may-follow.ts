/** Room `links`: whether who asks may call what a link leads to, as far as the request tells. */
import type { Exchange } from "../contract/policy.js";
import type { SecurityRequirement } from "../contract/security.js";

/** By the schemes that let the request in; by scopes where the principal has `scopes` or `scope`. */
export function mayFollow(
  security: readonly SecurityRequirement[] | undefined,
  { granted, principal }: Pick<Exchange, "granted" | "principal">,
): boolean {
  if (security === undefined || security.length === 0) return true;
  return security.some((requirement) => {
    const required = Object.entries(requirement);
    if (required.length === 0) return true;
    if (granted === undefined) return false;
    const held = granted;
    const isAlone = Object.keys(held).length === 1;
    return required.every(([scheme, scopes]) => {
      if (!Object.hasOwn(held, scheme)) return false;
      const known = scopesOf(isAlone ? principal : memberOf(principal, scheme));
      return known === undefined || scopes.every((scope) => known.has(scope));
    });
  });
}

function scopesOf(principal: unknown): ReadonlySet<unknown> | undefined {
  const scopes = memberOf(principal, "scopes");
  if (Array.isArray(scopes)) return new Set<unknown>(scopes);
  const scope = memberOf(principal, "scope");
  return typeof scope === "string" ? new Set(scope.split(" ")) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" &&
    value !== null &&
    Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
