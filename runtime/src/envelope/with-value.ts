/** Room `envelope`: copies of an answer with a member set, however deep: what the handler gave is never changed. */

/** A value that is there already stays. */
export function withValue(
  whole: unknown,
  [name, ...rest]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return whole ?? value;
  const known = isRecord(whole) ? whole : {};
  const inner = Object.hasOwn(known, name) ? known[name] : undefined;
  return { ...known, [name]: withValue(inner, rest, value) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
