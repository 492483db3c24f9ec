/** Room `caching`: a value inside of another, by the names that lead to it. */

/** `undefined` where the path leads nowhere. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) {
      return undefined;
    }
    at = Reflect.get(at, name);
  }
  return at;
}
