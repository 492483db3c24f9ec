/** Filters and orders of books as a model in memory has them, and arbitrary ones of both. */
import type { AnyCondition, AnyFilter, Sort } from "@kontract/runtime";
import * as fc from "fast-check";
import type { Book } from "../../../generated/index.js";

export const TITLES = ["alpha", "beta", "betas", "gamma", "o'hara", "100%_"];
export const STATUSES = ["forthcoming", "in-print", "out-of-print"] as const;
export const DAYS = ["1950-01-01", "1950-01-02", "2000-02-29", null] as const;
export const AMOUNTS = [100, 200, 300];

/** Titles whose order is the same in every collation. */
export const PLAIN_TITLES = TITLES.filter((title) => /^[a-z]+$/.test(title));

const day = fc.constantFrom(
  "1949-12-31",
  ...DAYS.filter((each) => each !== null),
);
const amount = fc.constantFrom(99, ...AMOUNTS);
const status = fc.constantFrom(...STATUSES);
const title = fc.constantFrom("delta", ...TITLES);
const piece = fc.constantFrom("a", "bet", "%", "_", "'", "100", "");

function condition(
  field: string,
  operators: readonly AnyCondition["operator"][],
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<AnyCondition> {
  return fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(...operators),
    value,
  });
}

export const someCondition: fc.Arbitrary<AnyCondition> = fc.oneof(
  condition("status", ["eq", "ne"], status),
  condition(
    "status",
    ["in", "nin"],
    fc.array(status, { minLength: 1, maxLength: 3 }),
  ),
  condition("title", ["eq"], title),
  condition("title", ["contains", "startsWith"], piece),
  condition("publishedOn", ["eq", "gt", "gte", "lt", "lte"], day),
  condition("publishedOn", ["null"], fc.boolean()),
  condition("price.amount", ["gt", "gte", "lt", "lte"], amount),
);

export const someFilter: fc.Arbitrary<AnyFilter> = fc.letrec<{
  filter: AnyFilter;
  term: AnyFilter[number];
}>((tie) => ({
  filter: fc.array(tie("term"), { maxLength: 3 }),
  term: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    someCondition,
    fc.record({ anyOf: fc.array(tie("filter"), { maxLength: 3 }) }),
  ),
})).filter;

export const someSort: fc.Arbitrary<Sort> = fc
  .uniqueArray(
    fc.record({
      field: fc.constantFrom("title", "price", "publishedOn"),
      direction: fc.constantFrom("asc" as const, "desc" as const),
    }),
    { maxLength: 3, selector: ({ field }) => field },
  )
  .map((keys) => [...keys, { field: "id", direction: "asc" }]);

/** The ids that there should be, in their order. */
export function idsOf(
  books: readonly Book[],
  filter: AnyFilter,
  sort: Sort,
): string[] {
  return books
    .filter((book) => holds(book, filter))
    .toSorted((a, b) => compare(a, b, sort))
    .map(({ id }) => id);
}

type Scalar = string | number | null;

function valueOf(book: Book, field: string): Scalar {
  switch (field) {
    case "id":
      return book.id;
    case "title":
      return book.title;
    case "status":
      return book.status;
    case "publishedOn":
      return book.publishedOn ?? null;
    case "price":
    case "price.amount":
      return book.price.amount;
    default:
      throw new Error(`the model has no ${field}`);
  }
}

function holds(book: Book, filter: AnyFilter): boolean {
  return filter.every((term) => {
    if ("anyOf" in term) return term.anyOf.some((terms) => holds(book, terms));
    const own = valueOf(book, term.field);
    const { operator, value } = term;
    const listed = Array.isArray(value) && value.includes(own);
    switch (operator) {
      case "eq":
        return own === value;
      case "ne":
        return own !== value;
      case "in":
        return listed;
      case "nin":
        return !listed;
      case "null":
        return (own === null) === value;
      case "contains":
        return String(own).includes(String(value));
      case "startsWith":
        return String(own).startsWith(String(value));
      default: {
        if (own === null) return false;
        const order = own < (value as Scalar & {}) ? -1 : own === value ? 0 : 1;
        if (operator === "gt") return order > 0;
        if (operator === "gte") return order >= 0;
        return operator === "lt" ? order < 0 : order <= 0;
      }
    }
  });
}

function compare(a: Book, b: Book, sort: Sort): number {
  for (const { field, direction } of sort) {
    const [left, right] = [valueOf(a, field), valueOf(b, field)];
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === (direction === "asc") ? -1 : 1;
  }
  return 0;
}
