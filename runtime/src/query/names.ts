/** Room `query`: lists of names in one parameter: members to choose, relations to include. */
import { type Fault, faultAt } from "./faults.js";

/** Each name once, in the order of the request; `undefined` where nothing is given. `given`: `a,b`, or a list of such. */
export function readNames(
  parameter: string,
  given: unknown,
  allowed: readonly string[],
  faults: Fault[],
): string[] | undefined {
  const names = textsOf(given);
  if (names.length === 0) return undefined;
  if (names.every((name) => allowed.includes(name))) return [...new Set(names)];
  faults.push(faultAt([parameter], "enum", allowed));
  return undefined;
}

/** Commas separate, in each of several texts too. Empty ones say nothing. */
export function textsOf(given: unknown): string[] {
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
  return texts
    .flatMap((text) => (typeof text === "string" ? text.split(",") : []))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}
