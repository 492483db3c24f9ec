/** Room `links`: copies of a handler's answer with members set: what the handler gave is never changed. */

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value itself where it is no object. */
export function withMember(
  value: unknown,
  name: string,
  make: (known: unknown) => unknown,
): unknown {
  if (!isRecord(value)) return value;
  const known = Object.hasOwn(value, name) ? value[name] : undefined;
  return { ...value, [name]: make(known) };
}

/** Each item of the list that `path` leads to, replaced; the value itself where there is no list. */
export function withList(
  value: unknown,
  path: readonly string[],
  replace: (item: unknown) => unknown,
): unknown {
  const [name, ...rest] = path;
  if (name === undefined) {
    return Array.isArray(value) ? value.map(replace) : value;
  }
  if (!isRecord(value) || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: withList(value[name], rest, replace) };
}
