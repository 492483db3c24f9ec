/** Room `observe`: errors as plain values, with what caused them. */

/** Longer chains of causes are cut; a chain may be a ring. */
const MAX_CAUSES = 8;

/** Anything but an error is given back as it is. */
export function describeValue(value: unknown, left = MAX_CAUSES): unknown {
  if (!(value instanceof Error)) return value;
  const known: Record<string, unknown> = {
    name: value.name,
    message: value.message,
    stack: value.stack,
  };
  if ("code" in value) known["code"] = value.code;
  if (value.cause !== undefined && left > 0) {
    known["cause"] = describeValue(value.cause, left - 1);
  }
  return known;
}
