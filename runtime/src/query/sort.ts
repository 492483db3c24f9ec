/** Room `query`: the order of a list: `sort=-createdAt,title`, or `sort=createdAt&order=desc`. */
import type { SortPolicy } from "../contract/query-policies.js";
import type { SortKey } from "../contract/querying.js";
import { type Fault, faultAt } from "./faults.js";
import { textsOf } from "./names.js";

const DIRECTIONS = ["asc", "desc"] as const;

/** Keys with the tiebreaker behind; faults are added where something is not allowed. */
export function readSort(
  policy: SortPolicy,
  query: Readonly<Record<string, unknown>>,
  faults: Fault[],
): SortKey[] {
  const { parameter, allowed, max } = policy;
  const given = textsOf(query[parameter]);
  const otherwise = readDirection(policy, query, faults);
  const texts = given.length > 0 ? given : policy.default;
  const keys = texts.map((text) => keyOf(text, otherwise));
  const names = new Set(keys.map(({ field }) => field));
  if (keys.some(({ field }) => !allowed.includes(field)) && given.length > 0) {
    faults.push(faultAt([parameter], "field", allowed));
  }
  if (keys.length > max && given.length > 0) {
    faults.push(faultAt([parameter], "maxItems", max));
  }
  if (names.size < keys.length) {
    faults.push(faultAt([parameter], "uniqueItems"));
  }
  if (policy.tiebreaker !== undefined) {
    const last = keyOf(policy.tiebreaker, "asc");
    if (!names.has(last.field)) keys.push(last);
  }
  return keys;
}

function readDirection(
  { order }: SortPolicy,
  query: Readonly<Record<string, unknown>>,
  faults: Fault[],
): SortKey["direction"] {
  const given = order === undefined ? undefined : query[order];
  if (order === undefined || given === undefined || given === "") return "asc";
  const direction = DIRECTIONS.find(
    (each) => typeof given === "string" && each === given.toLowerCase(),
  );
  if (direction !== undefined) return direction;
  faults.push(faultAt([order], "enum", DIRECTIONS));
  return "asc";
}

/** A sign of its own counts more than the direction for all. `+` may arrive as a space, which was trimmed. */
function keyOf(text: string, otherwise: SortKey["direction"]): SortKey {
  if (text.startsWith("-")) return { field: text.slice(1), direction: "desc" };
  if (text.startsWith("+")) return { field: text.slice(1), direction: "asc" };
  return { field: text, direction: otherwise };
}
