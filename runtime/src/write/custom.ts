/** Room `write`: values that handlers give as other types than JSON has. */

/** A function for projections: what is on the wire already, and nothing at all, go through. */
export function encoder(
  serialize: (value: never) => unknown,
): (value: unknown) => unknown {
  return (value) =>
    value === undefined ||
    value === null ||
    typeof value === "string" ||
    typeof value === "number"
      ? value
      : Reflect.apply(serialize, undefined, [value]);
}

/** RFC 3339, UTC, with milliseconds. An invalid date throws. */
export function encodeDate(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** RFC 3339 `full-date`: the day in UTC. */
export function encodeDay(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}

/** A JSON number. Beyond 2^53 it could not be read back by most clients as what it is, so it is a fault of ours. */
export function encodeBigint(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(
      "an integer beyond 2^53 cannot be written as a number",
    );
  }
  return number;
}

/** In a schema of strings, text: exact whatever the size. */
export function encodeBigintText(value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
