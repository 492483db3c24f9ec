/** Room `query`: gives handlers the filter, the order and the members that are wanted, and cuts answers down to them. */
import type { Policies } from "../contract/policies.js";
import type { Exchange, Policy } from "../contract/policy.js";
import { type Fault, queryProblem } from "./faults.js";
import { readFilterObject } from "./filter-object.js";
import { readFilterText } from "./filter-text.js";
import { readNames } from "./names.js";
import { selectMembers } from "./select-members.js";
import { readSort } from "./sort.js";

type Query = Readonly<Record<string, unknown>>;
type QueryPolicies = Pick<Policies, "filter" | "sort" | "fields" | "include">;

/** One layer for all four, so that a client hears of all its faults at once. */
export function bindQuery(policies: QueryPolicies): Policy {
  const { filter, sort, fields, include } = policies;
  const chosen = new WeakMap<Exchange, readonly string[]>();

  function read(query: Query, faults: Fault[]) {
    const given: Record<string, unknown> = {};
    if (filter?.syntax === "rsql") {
      const text = query[filter.parameter ?? "filter"];
      given["filter"] = readFilterText(filter, text, faults);
    } else if (filter !== undefined) {
      given["filter"] = readFilterObject(filter, query, faults);
    }
    if (sort !== undefined) given["sort"] = readSort(sort, query, faults);
    if (include !== undefined) {
      const { parameter, allowed } = include;
      given["include"] =
        readNames(parameter, query[parameter], allowed, faults) ??
        include.default;
    }
    const names =
      fields &&
      (readNames(
        fields.parameter,
        query[fields.parameter],
        fields.allowed,
        faults,
      ) ??
        fields.default);
    return { given, names };
  }

  const entering: Policy = {
    enter(exchange) {
      const query = exchange.request?.query;
      const faults: Fault[] = [];
      const { given, names } = read(isRecord(query) ? query : {}, faults);
      if (faults.length > 0) throw queryProblem(faults);
      for (const [name, value] of Object.entries(given)) {
        exchange.give(name, value);
      }
      if (names !== undefined) {
        exchange.give("fields", names);
        chosen.set(exchange, names);
      }
      return undefined;
    },
  };
  if (fields === undefined) return entering;
  return {
    ...entering,
    // The serialized answer has passed its contract by now; what is cut off it can only be less.
    seal(exchange, wire) {
      const names = chosen.get(exchange);
      if (names === undefined || wire.status !== fields.status) return wire;
      if (typeof wire.body !== "string") return wire;
      const body: unknown = JSON.parse(wire.body);
      const cut = selectMembers(body, fields.at, names);
      return { ...wire, body: JSON.stringify(cut) };
    },
  };
}

function isRecord(value: unknown): value is Query {
  return typeof value === "object" && value !== null;
}
