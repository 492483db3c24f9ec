/** Room `contract`: what a document says of filters, orders and selections, as generated code says it. */
import type { FilterOperator } from "./querying.js";

/** A field that lists are filtered by. */
export interface FilterField {
  readonly name: string;
  readonly operators: readonly FilterOperator[];
  readonly type: "string" | "integer" | "number" | "boolean";
  /** Of texts: the formats of JSON Schema whose values can be compared. */
  readonly format?: "date" | "date-time" | "uuid";
  /** The only values that there are. */
  readonly values?: readonly (string | number)[];
}

export interface FilterPolicy {
  readonly syntax: "brackets" | "jsonapi" | "rsql";
  /** The query parameter that holds all of it: an object by fields, or one text for `rsql`. */
  readonly parameter?: string;
  /** Query parameters for one field each: an object by operators where no operator is said. */
  readonly members: readonly {
    readonly parameter: string;
    readonly field: string;
    readonly operator?: FilterOperator;
  }[];
  readonly fields: readonly FilterField[];
  /** Conditions of one filter. */
  readonly max: number;
  /** Parentheses within parentheses. */
  readonly depth: number;
}

export interface SortPolicy {
  /** The query parameter: a text with commas, or a list. */
  readonly parameter: string;
  /** The query parameter with the direction of keys that have no sign. */
  readonly order?: string;
  readonly allowed: readonly string[];
  /** Of those who ask for none; `-title` is descending. */
  readonly default: readonly string[];
  /** Keys of one order. */
  readonly max: number;
  /** The last key of every order, so that it is total. */
  readonly tiebreaker?: string;
}

export interface FieldsPolicy {
  /** The query parameter: a text with commas, or a list. */
  readonly parameter: string;
  /** Members that can be chosen; dots lead into members of members. */
  readonly allowed: readonly string[];
  /** Of those who choose none; the whole answer when absent. */
  readonly default?: readonly string[];
  /** The status whose body is cut down. */
  readonly status: number;
  /** Members that lead from the body to what is chosen from. */
  readonly at: readonly string[];
}

export interface IncludePolicy {
  /** The query parameter: a text with commas, or a list. */
  readonly parameter: string;
  readonly allowed: readonly string[];
  readonly default: readonly string[];
}
