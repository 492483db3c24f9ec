/** Room `query`: conditions of one filter, against the fields and operators that are allowed. */
import type { FilterField, FilterPolicy } from "../contract/query-policies.js";
import type { AnyCondition, FilterOperator } from "../contract/querying.js";
import { type Fault, faultAt } from "./faults.js";
import { operandOf } from "./filter-value.js";

/** The allow-list of one operation. */
export interface FilterFields {
  readonly names: readonly string[];
  get(name: string): FilterField | undefined;
  /** Whether an allowed field lies below this member. */
  leads(name: string): boolean;
}

export function filterFields({ fields }: FilterPolicy): FilterFields {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const names = [...byName.keys()];
  return {
    names,
    get: (name) => byName.get(name),
    leads: (name) => names.some((each) => each.startsWith(`${name}.`)),
  };
}

/** Says what is wrong with it, at `path`, where it is not allowed. */
export function conditionOf(
  field: FilterField,
  operator: string,
  given: unknown,
  path: readonly string[],
  faults: Fault[],
): AnyCondition | undefined {
  const known = operatorOf(field, operator);
  if (known === undefined) {
    faults.push(faultAt(path, "operator", field.operators));
    return undefined;
  }
  const read = operandOf(field, known, given);
  if ("fault" in read) {
    faults.push(faultAt(path, read.fault.code, read.fault.limit));
    return undefined;
  }
  return { field: field.name, operator: known, value: read.value };
}

export function operatorOf(
  { operators }: FilterField,
  name: string,
): FilterOperator | undefined {
  return operators.find((each) => each === name);
}
