/** Room `query`: the value of one condition, by the type that its field has in the document. */
import { isDate, isDateTime, isUuid } from "../check/formats.js";
import type { FilterField } from "../contract/query-policies.js";
import type { FilterOperator } from "../contract/querying.js";
import { boolean, integer, number } from "../read/scalars.js";

/** Values of one list. */
export const MAX_VALUES = 100;

/** What a schema keyword would say of the value. */
export interface ValueFault {
  readonly code: string;
  readonly limit?: unknown;
}

export type Read = { readonly value: unknown } | { readonly fault: ValueFault };

const FORMATS = {
  date: isDate,
  "date-time": isDateTime,
  uuid: isUuid,
} as const;

export function takesList(operator: FilterOperator): boolean {
  return operator === "in" || operator === "nin";
}

/** `given`: one text, several, or what the reader of the parameter made of them already. */
export function operandOf(
  field: FilterField,
  operator: FilterOperator,
  given: unknown,
): Read {
  if (takesList(operator)) return listOf(field, given);
  if (Array.isArray(given)) return { fault: { code: "repeated" } };
  if (operator === "null") {
    const value = typeof given === "string" ? boolean(given) : given;
    return typeof value === "boolean"
      ? { value }
      : { fault: { code: "type", limit: "boolean" } };
  }
  if (operator === "contains" || operator === "startsWith") {
    return typeof given === "string"
      ? { value: given }
      : { fault: { code: "type", limit: "string" } };
  }
  return scalarOf(field, given);
}

function listOf(field: FilterField, given: unknown): Read {
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (items.length > MAX_VALUES) {
    return { fault: { code: "maxItems", limit: MAX_VALUES } };
  }
  const values: unknown[] = [];
  for (const item of items) {
    const read = scalarOf(field, item);
    if ("fault" in read) return read;
    values.push(read.value);
  }
  return { value: values };
}

function scalarOf(field: FilterField, given: unknown): Read {
  const { type, format, values } = field;
  const value = typeof given === "string" ? typed(type, given) : given;
  if (!isOfType(type, value)) return { fault: { code: "type", limit: type } };
  if (values !== undefined && !values.some((each) => each === value)) {
    return { fault: { code: "enum", limit: values } };
  }
  if (format !== undefined && typeof value === "string") {
    if (!FORMATS[format](value)) {
      return { fault: { code: "format", limit: format } };
    }
  }
  return { value };
}

function typed(type: FilterField["type"], text: string): unknown {
  switch (type) {
    case "integer":
      return integer(text);
    case "number":
      return number(text);
    case "boolean":
      return boolean(text);
    case "string":
      return text;
  }
}

function isOfType(type: FilterField["type"], value: unknown): boolean {
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}
