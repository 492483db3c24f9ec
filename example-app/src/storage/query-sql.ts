/** Room `storage`: filters and orders that clients ask for, as SQL: values are bound, columns come from a table of ours. */
import type { AnyCondition, AnyFilter, Sort } from "@kontract/runtime";
import { and, list, or, sql, type Sql } from "./sql.js";

/** Where a field stands, and the type in which it is compared. */
export interface Column {
  readonly value: Sql;
  readonly type: Sql;
}

export type Columns = Readonly<Record<string, Column>>;

/** All conditions of the filter; true when there is none. */
export function whereOf(filter: AnyFilter, columns: Columns): Sql {
  return and(
    filter.map((term) =>
      "anyOf" in term
        ? or(term.anyOf.map((terms) => whereOf(terms, columns)))
        : comparisonOf(term, columns),
    ),
  );
}

/** What follows `order by`; items without a value come last in either direction. */
export function orderOf(sort: Sort, columns: Columns): Sql {
  return list(
    sort.map(({ field, direction }) => {
      const { value } = columnOf(field, columns);
      return direction === "asc"
        ? sql`${value} asc nulls last`
        : sql`${value} desc nulls last`;
    }),
  );
}

function comparisonOf(
  { field, operator, value: operand }: AnyCondition,
  columns: Columns,
): Sql {
  const { value, type } = columnOf(field, columns);
  // Sent as text and cast by the server, so that both drivers send the same.
  const one = sql`${String(operand)}::text::${type}`;
  const several = (): Sql => {
    const values: readonly unknown[] = Array.isArray(operand) ? operand : [];
    return sql`${value} = any(${values.map(String)}::text[]::${type}[])`;
  };
  switch (operator) {
    case "eq":
      return sql`${value} = ${one}`;
    case "ne":
      return sql`${value} is distinct from ${one}`;
    case "gt":
      return sql`${value} > ${one}`;
    case "gte":
      return sql`${value} >= ${one}`;
    case "lt":
      return sql`${value} < ${one}`;
    case "lte":
      return sql`${value} <= ${one}`;
    case "in":
      return several();
    case "nin":
      return sql`not coalesce(${several()}, false)`;
    case "contains":
      return sql`strpos(${value}::text, ${String(operand)}) > 0`;
    case "startsWith":
      return sql`starts_with(${value}::text, ${String(operand)})`;
    case "null":
      return operand === true
        ? sql`${value} is null`
        : sql`${value} is not null`;
  }
}

function columnOf(field: string, columns: Columns): Column {
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column === undefined) throw new Error(`there is no column for ${field}`);
  return column;
}
