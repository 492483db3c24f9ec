/** Room `rate-limit`: what clients are told of their budgets, in both families of fields. */
import type { Budget, Verdict } from "../contract/rate-limit-store.js";

/** A limit that applied to a request, and what became of it. */
export interface Applied {
  /** Printable ASCII. */
  readonly name: string;
  /** `quoted(name)`. */
  readonly label: string;
  /** Its item of `RateLimit-Policy`. */
  readonly policy: string;
  readonly budget: Budget;
  readonly verdict: Verdict;
}

/** Whole seconds, never too early. */
export function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

/** An item of `RateLimit-Policy`: `"reads";q=100;w=60`. */
export function policyItem(
  name: string,
  { algorithm, quota, window }: Budget,
): string {
  return algorithm === "concurrency"
    ? `${quoted(name)};q=${quota};qu="concurrent-requests"`
    : `${quoted(name)};q=${quota};w=${seconds(window)}`;
}

/** An item of `RateLimit`: `"reads";r=99;t=42`. `t` is left out where nothing is used up, or nobody knows. */
export function limitItem({ label, budget, verdict }: Applied): string {
  const item = `${label};r=${Math.max(0, verdict.remaining)}`;
  return verdict.reset === 0 || budget.algorithm === "concurrency"
    ? item
    : `${item};t=${seconds(verdict.reset)}`;
}

/** A structured String (RFC 9651 3.3.3). */
export function quoted(name: string): string {
  return `"${name.replaceAll(/["\\]/g, (each) => `\\${each}`)}"`;
}

/** The one limit that the `X-` family can speak of: one that refused, else the one with the smallest part left. */
export function tightest(applied: readonly Applied[]): Applied | undefined {
  let found: Applied | undefined;
  for (const each of applied) {
    if (found === undefined || rank(each) < rank(found)) found = each;
  }
  return found;
}

function rank({ budget, verdict }: Applied): number {
  return verdict.fits ? verdict.remaining / budget.quota : -1;
}
