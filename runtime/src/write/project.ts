/** Room `write`: helpers of generated projections, which copy what a contract declares and nothing else. */

/** Projects every item of an array; anything else stays as it is. */
export function projectEach(
  items: unknown,
  project: (item: unknown) => unknown,
): unknown {
  if (!Array.isArray(items)) return items;
  const out: unknown[] = new Array(items.length);
  for (let at = 0; at < items.length; at++) out[at] = project(items[at]);
  return out;
}

/** Projects every member of a map; anything else stays as it is. */
export function projectValues(
  map: Record<string, unknown>,
  project: (value: unknown) => unknown,
): Record<string, unknown>;
export function projectValues(
  map: unknown,
  project: (value: unknown) => unknown,
): unknown;
export function projectValues(
  map: unknown,
  project: (value: unknown) => unknown,
): unknown {
  if (typeof map !== "object" || map === null || Array.isArray(map)) return map;
  // Null-prototype: a key such as `__proto__` is a key like any other.
  const out: Record<string, unknown> = Object.create(null) as Record<
    string,
    unknown
  >;
  for (const [key, value] of Object.entries(map)) out[key] = project(value);
  return out;
}
