/**
 * Room `write`: helpers of generated projections, which copy what a contract declares and nothing else. A value with members
 * where the contract declares no such value is left out (`undefined`): nobody has said what of it may be sent.
 */

/** Where neither an object nor an array is declared. What JSON shows as a scalar (a `Date`) is one. */
export function scalar(value: unknown): unknown {
  if (typeof value === "function") return undefined;
  return typeof value !== "object" || value === null ? value : shown(value);
}

/** Where any array is declared, but no object. */
export function anyArray(value: unknown): unknown {
  return Array.isArray(value) ? value : scalar(value);
}

/** Where any object is declared, but no array. */
export function anyObject(value: unknown): unknown {
  return Array.isArray(value) ? undefined : value;
}

/** What `JSON.stringify` would make of an object, if that is a scalar. */
function shown(value: object): unknown {
  if (!("toJSON" in value) || typeof value.toJSON !== "function") {
    return undefined;
  }
  const text: unknown = value.toJSON("");
  return typeof text === "object" && text !== null ? undefined : text;
}

/** Projects every item of an array. */
export function projectEach(
  items: unknown,
  project: (item: unknown) => unknown,
): unknown {
  if (!Array.isArray(items)) return scalar(items);
  // Most arrays of scalars need no copy.
  if (project === scalar && items.every(isScalar)) return items;
  const out: unknown[] = new Array(items.length);
  for (let at = 0; at < items.length; at++) out[at] = project(items[at]);
  return out;
}

/** Projects every member of a map. */
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
  if (!isMap(map)) return scalar(map);
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
 * declares it. A projection that is not meant for the value (an array's for an object) leaves it out and does not count.
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
      united = unite(united, known.get(project));
    }
    return united;
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

function isScalar(value: unknown): boolean {
  return (
    (typeof value !== "object" || value === null) && typeof value !== "function"
  );
}
