/** Room `pagination`: the body around the items of one page. */
import type { PageFact, PaginationPolicy } from "../contract/policies.js";

/** What is known of a page; members that do not apply are `undefined`. */
export type PageFacts = {
  readonly [Fact in PageFact]?:
    | (Fact extends `${string}Url` | "nextCursor"
        ? string
        : Fact extends `has${string}`
          ? boolean
          : number)
    | undefined;
};

export function pageBody(
  { items: path, members, fixed }: PaginationPolicy,
  items: readonly unknown[],
  facts: PageFacts,
): unknown {
  if (path.length === 0) return items;
  const body: Record<string, unknown> = {};
  for (const { at, value } of fixed) put(body, at, value);
  for (const { at, fact, otherwise } of members) {
    const value = facts[fact] ?? otherwise;
    if (value !== undefined) put(body, at, value);
  }
  put(body, path, items);
  return body;
}

/** The path comes from the contract, never from a request. */
function put(
  body: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): void {
  let at = body;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) {
      define(at, name, value);
      return;
    }
    const next: unknown = Object.hasOwn(at, name) ? at[name] : undefined;
    if (isRecord(next)) at = next;
    else {
      const made: Record<string, unknown> = {};
      define(at, name, made);
      at = made;
    }
  }
}

function define(
  at: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  Object.defineProperty(at, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
