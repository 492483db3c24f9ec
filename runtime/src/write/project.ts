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

type Projection = (value: unknown) => unknown;

/** Results of the running call, by value and projection: shared parts of nested unions are copied once. */
let running: Map<unknown, Map<Projection, unknown>> | undefined;

/**
 * Projects by every branch of a union that nothing tells apart and unites the copies: a member stays when any branch
 * declares it. A projection that is not meant for the value (an array's for an object) hands it back and does not count.
 */
export function projectAny(
  value: unknown,
  projections: readonly Projection[],
): unknown {
  if (typeof value !== "object" || value === null) return value;
  const outermost = running === undefined;
  running ??= new Map();
  try {
    let known = running.get(value);
    if (known === undefined) {
      known = new Map();
      running.set(value, known);
    }
    let united: unknown;
    for (const project of projections) {
      if (!known.has(project)) known.set(project, project(value));
      const copy = known.get(project);
      if (copy === value) continue;
      united = united === undefined ? copy : unite(united, copy);
    }
    return united === undefined ? value : united;
  } finally {
    if (outermost) running = undefined;
  }
}

/** Two partial copies of one value. Neither is changed: both may be parts of other results. */
function unite(a: unknown, b: unknown): unknown {
  if (a === b || b === undefined) return a;
  if (a === undefined) return b;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.map((item: unknown, at) => unite(item, b[at]));
  }
  if (!isMap(a) || !isMap(b)) return a;
  const out = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(a)) out[key] = item;
  for (const [key, item] of Object.entries(b)) out[key] = unite(out[key], item);
  return out;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
