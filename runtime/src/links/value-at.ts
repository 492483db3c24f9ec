/** Room `links`: a value inside of another, as a JSON pointer leads to it (RFC 6901). */

/** `undefined` where the path leads nowhere. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) {
      return undefined;
    }
    at = Reflect.get(at, name);
  }
  return at;
}
