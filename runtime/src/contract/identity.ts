/** Room `contract`: by what name a principal is known to policies that tell clients apart. */

/**
 * Text and numbers are names; objects are named by `id` or `sub`; principals of several schemes by all of theirs.
 * `undefined` where nothing of that kind is there.
 */
export function identityOf(principal: unknown): string | undefined {
  return nameOf(principal) ?? nameOfAll(principal);
}

function nameOf(principal: unknown): string | undefined {
  if (typeof principal === "string") return principal;
  if (typeof principal === "number") return String(principal);
  if (typeof principal !== "object" || principal === null) return undefined;
  for (const member of ["id", "sub"]) {
    const value: unknown = Reflect.get(principal, member);
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || typeof value === "bigint") {
      return String(value);
    }
  }
  return undefined;
}

/** `{ apiKey: { id: "a" }, user: { sub: "b" } }`. */
function nameOfAll(principal: unknown): string | undefined {
  if (typeof principal !== "object" || principal === null) return undefined;
  const names: [string, string][] = [];
  for (const [scheme, each] of Object.entries(principal)) {
    const name = typeof each === "object" ? nameOf(each) : undefined;
    if (name === undefined) return undefined;
    names.push([scheme, name]);
  }
  return names.length > 0 ? JSON.stringify(names) : undefined;
}
