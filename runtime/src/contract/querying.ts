/** Room `contract`: what handlers are given of filters, orders and selections (`x-filter`, `x-sort`, `x-fields`, `x-include`). */

/** `null`: whether the field has no value. `contains` and `startsWith` compare text as it is, `A` and `a` differ. */
export type FilterOperator =
  | "eq"
  | "ne"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "in"
  | "nin"
  | "contains"
  | "startsWith"
  | "null";

/** What one field may be compared by, and with what. */
export interface FilterBy<Operator extends FilterOperator, Value> {
  readonly operators: Operator;
  readonly value: Value;
}

type Operand<Operator, Value> = Operator extends "in" | "nin"
  ? readonly Value[]
  : Operator extends "contains" | "startsWith"
    ? string
    : Operator extends "null"
      ? boolean
      : Value;

type Comparison<Field, Operator, Value> = Operator extends FilterOperator
  ? {
      readonly field: Field;
      readonly operator: Operator;
      readonly value: Operand<Operator, Value>;
    }
  : never;

/** One condition, discriminated by `field` and `operator`. */
export type Condition<Fields> = {
  [Field in keyof Fields]: Fields[Field] extends FilterBy<
    infer Operator,
    infer Value
  >
    ? Comparison<Field, Operator, Value>
    : never;
}[keyof Fields];

/** Conditions that hold all together. */
export type Filter<Fields> = readonly Condition<Fields>[];

/** One of the lists has to hold; all terms of a list hold together. */
export interface AnyOf<Term> {
  readonly anyOf: readonly (readonly (Term | AnyOf<Term>)[])[];
}

/** Terms that hold all together: conditions, and alternatives of such lists (syntax `rsql`). */
export type FilterTree<Fields> = readonly (
  Condition<Fields> | AnyOf<Condition<Fields>>
)[];

/** A condition of whatever list, for adapters to databases. */
export interface AnyCondition {
  readonly field: string;
  readonly operator: FilterOperator;
  readonly value: unknown;
}

/** A filter of whatever list: every `Filter` and `FilterTree` is one. */
export type AnyFilter = readonly (AnyCondition | AnyOf<AnyCondition>)[];

/** One key of an order; the first that differs decides. */
export interface SortKey<Field extends string = string> {
  readonly field: Field;
  readonly direction: "asc" | "desc";
}

/** Each key once, the first that differs decides. */
export type Sort<Field extends string = string> = readonly SortKey<Field>[];

/** Each name once. */
export type Names<Name extends string> = readonly Name[];

/** What is left of an answer when its reader has chosen members. */
export type Sparse<Value> = Value extends readonly (infer Item)[]
  ? Sparse<Item>[]
  : Value extends object
    ? Partial<Value>
    : Value;
