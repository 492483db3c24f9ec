/** Room `query`: filters in brackets, `filter[createdAt][gte]=…`, from the object that the reader made of them. */
import type { FilterField, FilterPolicy } from "../contract/query-policies.js";
import type { AnyCondition, FilterOperator } from "../contract/querying.js";
import { type Fault, faultAt } from "./faults.js";
import { conditionOf, filterFields, operatorOf } from "./filter-terms.js";
import { takesList } from "./filter-value.js";

type Query = Readonly<Record<string, unknown>>;

/** In the order of the request; faults are added where something is not allowed. */
export function readFilterObject(
  policy: FilterPolicy,
  query: Query,
  faults: Fault[],
): AnyCondition[] {
  const fields = filterFields(policy);
  const conditions: AnyCondition[] = [];

  function add(
    field: FilterField,
    operator: string,
    given: unknown,
    path: readonly string[],
  ): void {
    const condition = conditionOf(field, operator, given, path, faults);
    if (condition !== undefined) conditions.push(condition);
  }

  /** `name`: the members so far, with dots. */
  function walk(name: string, given: unknown, path: readonly string[]): void {
    const field = fields.get(name);
    if (field === undefined) {
      if (!isRecord(given) || !fields.leads(name)) {
        faults.push(faultAt(path, "field", fields.names));
        return;
      }
      for (const [key, value] of Object.entries(given)) {
        walk(`${name}.${key}`, value, [...path, key]);
      }
      return;
    }
    if (!isRecord(given)) {
      const value = split(policy, field, given);
      add(field, impliedOperator(field, value), value, path);
      return;
    }
    for (const [key, value] of Object.entries(given)) {
      const inner = `${name}.${key}`;
      const operator = operatorOf(field, key);
      const isInner = fields.get(inner) !== undefined || fields.leads(inner);
      if (operator === undefined && isInner) walk(inner, value, [...path, key]);
      else {
        const operand = operator && takesList(operator) ? items(value) : value;
        add(field, key, operand, [...path, key]);
      }
    }
  }

  const whole =
    policy.parameter === undefined ? undefined : query[policy.parameter];
  if (policy.parameter !== undefined && whole !== undefined) {
    if (isRecord(whole)) {
      for (const [key, value] of Object.entries(whole)) {
        walk(key, value, [policy.parameter, key]);
      }
    } else faults.push(faultAt([policy.parameter], "type", "object"));
  }
  for (const { parameter, field, operator } of policy.members) {
    const given = query[parameter];
    const known = fields.get(field);
    if (given === undefined || known === undefined) continue;
    if (operator === undefined) walk(field, given, [parameter]);
    else {
      const operand = takesList(operator) ? items(given) : given;
      add(known, operator, operand, [parameter]);
    }
  }
  if (conditions.length > policy.max) {
    const parameter = policy.parameter ?? policy.members[0]?.parameter ?? "";
    faults.push(faultAt([parameter], "maxConditions", policy.max));
  }
  return conditions;
}

/** `a,b` is a list in JSON:API, where the field takes lists. */
function split(
  { syntax }: FilterPolicy,
  { operators }: FilterField,
  given: unknown,
): unknown {
  return syntax === "jsonapi" && operators.includes("in")
    ? items(given)
    : given;
}

/** `filter[status]=a` is equality, several values are a choice. */
function impliedOperator(
  { operators }: FilterField,
  given: unknown,
): FilterOperator {
  const isOne = !Array.isArray(given);
  return (isOne || !operators.includes("in")) && operators.includes("eq")
    ? "eq"
    : operators.includes("in")
      ? "in"
      : "eq";
}

/** A list in one text has commas; values with commas are given one by one, `[in][]=a,b&[in][]=c`. */
function items(given: unknown): unknown {
  if (typeof given !== "string" || !given.includes(",")) return given;
  return given.split(",");
}

function isRecord(value: unknown): value is Query {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
