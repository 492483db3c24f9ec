/** Room `storage`: how columns become values, the same for both drivers, which differ when left alone. */

const BIGINT = 20;
const DATE = 1082;
const TIMESTAMP_WITH_TIME_ZONE = 1184;

/** Object id of a column type → reader of its text form. */
export const COLUMN_TYPES: ReadonlyMap<number, (text: string) => unknown> =
  new Map<number, (text: string) => unknown>([
    [BIGINT, readBigint],
    [DATE, (text) => text],
    [TIMESTAMP_WITH_TIME_ZONE, readTimestamp],
  ]);

function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError("a bigint column is beyond the safe integers");
  }
  return value;
}

/** `2026-01-01 09:00:00.5+00`, PostgreSQL's form in the time zone UTC, as RFC 3339 has it. */
function readTimestamp(text: string): string {
  return text.replace(" ", "T").replace(/\+00$/, "Z");
}
