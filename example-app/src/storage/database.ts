/** Room `storage`: what the application asks of a database, whichever driver stands behind it. */
import type { Sql } from "./sql.js";

export interface Database {
  /** Which driver it is, for the line that is printed at start. */
  readonly driver: "PGlite" | "PostgreSQL";
  /** `Row` is the caller's word for what its own columns are. */
  query<Row extends object>(statement: Sql): Promise<Row[]>;
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The row of a statement that always gives one, such as `insert … returning`. */
export function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("the database returned no row");
  return row;
}

/** Whether the error is the breach of this constraint: both drivers name it alike. */
export function violates(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    "constraint" in error &&
    error.constraint === constraint
  );
}

/** SQLSTATE of values that PostgreSQL has no room for: a NUL in text, half a surrogate pair in JSON, a date before its calendar, a number beyond its range. */
const UNSTORABLE = new Set([
  "22003",
  "22007",
  "22008",
  "22021",
  "22P02",
  "22P05",
]);

/** Whether a bound value is valid JSON, and yet nothing that the database can hold or compare. */
export function isUnstorable(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    UNSTORABLE.has(error.code)
  );
}
