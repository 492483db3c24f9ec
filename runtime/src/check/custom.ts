/** Room `check`: values that handlers see as other types than JSON has. */
import type { Issues } from "../contract/issues.js";

/**
 * The value as `parse` makes it; as it is where it is no string and no number, or where something is wrong with the request
 * already. What `parse` refuses is a fault of the request.
 */
export function decoded(
  value: unknown,
  parse: (value: never) => unknown,
  at: string,
  issues: Issues,
): unknown {
  if (issues.size > 0) return value;
  if (typeof value !== "string" && typeof value !== "number") return value;
  try {
    return Reflect.apply(parse, undefined, [value]);
  } catch {
    issues.add(at, "format");
    return value;
  }
}

/** RFC 3339 `date-time` and `date`, which is midnight UTC. A leap second is the second after it. */
export function parseDate(text: string): Date {
  const date = new Date(text.replace(/:60(?=[.Zz+-])/, ":59"));
  if (Number.isNaN(date.getTime())) throw new RangeError("no date");
  return text === "" || !/:60[.Zz+-]/.test(text)
    ? date
    : new Date(date.getTime() + 1000);
}

/** Text exactly. A number is exact up to 2^53 only: beyond, its digits are lost before anybody could look at them. */
export function parseBigint(value: string | number): bigint {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError("beyond 2^53");
  }
  if (value === "") throw new RangeError("no number");
  return BigInt(value);
}
