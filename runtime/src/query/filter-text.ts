/** Room `query`: filters in one text, `filter=status==new;createdAt=ge=2026-01-01`. */
import type { FilterPolicy } from "../contract/query-policies.js";
import type { AnyFilter } from "../contract/querying.js";
import { type Fault, faultAt } from "./faults.js";
import { conditionOf, filterFields } from "./filter-terms.js";
import { takesList } from "./filter-value.js";
import { parseRsql, type RsqlTerms } from "./rsql.js";

/** What RSQL calls them, where we say otherwise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["ge", "gte"],
  ["le", "lte"],
  ["out", "nin"],
]);

/** Faults are added where something is not allowed, or no expression at all. */
export function readFilterText(
  policy: FilterPolicy,
  given: unknown,
  faults: Fault[],
): AnyFilter {
  const { parameter = "filter" } = policy;
  if (given === undefined || given === "") return [];
  if (typeof given !== "string") {
    faults.push(faultAt([parameter], "type", "string"));
    return [];
  }
  const parsed = parseRsql(given, policy);
  if ("code" in parsed) {
    faults.push(faultAt([parameter], parsed.code, parsed.limit));
    return [];
  }
  const fields = filterFields(policy);
  const resolve = (terms: RsqlTerms): AnyFilter =>
    terms.flatMap<AnyFilter[number]>((term) => {
      if ("anyOf" in term) return [{ anyOf: term.anyOf.map(resolve) }];
      const path = [parameter, term.selector];
      const field = fields.get(term.selector);
      if (field === undefined) {
        faults.push(faultAt([parameter], "field", fields.names));
        return [];
      }
      const operator = NAMES.get(term.operator) ?? term.operator;
      const { operand } = term;
      const isList = field.operators.some(
        (each) => each === operator && takesList(each),
      );
      // Parentheses around the one value of another operator are a list all the same.
      const value = isList && typeof operand === "string" ? [operand] : operand;
      const condition = conditionOf(field, operator, value, path, faults);
      return condition === undefined ? [] : [condition];
    });
  return resolve(parsed);
}
