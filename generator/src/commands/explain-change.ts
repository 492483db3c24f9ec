/** Room `commands`: which operations differ between two documents that we bundled, and where. */
import type { Json, JsonObject } from "../load/document.js";
import type { ManifestOperation } from "../output/manifest.js";

export interface OperationChange {
  /** `GET /books/{bookId}`. */
  operation: string;
  handler: string;
  what: "added" | "removed" | "changed";
  /** Pointers into the bundled document, at most three. */
  at: string[];
}

const MOST_PLACES = 3;
const DEEPEST = 200;

export function explainChanges(
  before: {
    operations: readonly ManifestOperation[];
    bundle: Json | undefined;
  },
  after: { operations: readonly ManifestOperation[]; bundle: Json | undefined },
): OperationChange[] {
  const old = new Map(before.operations.map((each) => [keyOf(each), each]));
  const changes: OperationChange[] = [];
  const differences =
    before.bundle === undefined || after.bundle === undefined
      ? []
      : findDifferences(before.bundle, after.bundle);
  for (const operation of after.operations) {
    const key = keyOf(operation);
    const was = old.get(key);
    old.delete(key);
    const { handler } = operation;
    if (was === undefined) {
      changes.push({ operation: key, handler, what: "added", at: [] });
    } else if (was.hash !== operation.hash || was.handler !== handler) {
      const places = placesOf(operation, before.bundle, after.bundle);
      const at = differences
        .filter((pointer) => places.some((place) => isWithin(pointer, place)))
        .slice(0, MOST_PLACES);
      changes.push({ operation: key, handler, what: "changed", at });
    }
  }
  for (const [key, { handler }] of old) {
    changes.push({ operation: key, handler, what: "removed", at: [] });
  }
  return changes;
}

function keyOf({ method, path }: ManifestOperation): string {
  return `${method} ${path}`;
}

/** The pointers of what an operation consists of: itself, its path's common part, and what it refers to. */
function placesOf(
  { method, path }: ManifestOperation,
  ...bundles: (Json | undefined)[]
): string[] {
  const item = `/paths/${escape(path)}`;
  const places = new Set([
    `${item}/${method.toLowerCase()}`,
    `${item}/additionalOperations/${escape(method)}`,
    `${item}/parameters`,
    `${item}/$ref`,
    "/security",
    "/components/securitySchemes",
  ]);
  for (const place of places) {
    for (const bundle of bundles) {
      const node = bundle === undefined ? undefined : at(bundle, place);
      if (node === undefined) continue;
      for (const pointer of references(node)) places.add(pointer);
    }
  }
  return [...places];
}

function references(node: Json): string[] {
  const found: string[] = [];
  const stack: Json[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      if (key === "$ref" && typeof value === "string") {
        if (value.startsWith("#/")) found.push(decode(value.slice(1)));
      } else {
        stack.push(value);
      }
    }
  }
  return found;
}

function findDifferences(before: Json, after: Json): string[] {
  const found: string[] = [];
  const compare = (one: Json, two: Json, pointer: string, depth: number) => {
    if (one === two) return;
    if (!isBranch(one) || !isBranch(two) || depth > DEEPEST) {
      found.push(pointer);
      return;
    }
    const others = new Set(Object.keys(two));
    for (const [key, value] of Object.entries(one)) {
      const place = `${pointer}/${escape(key)}`;
      if (others.delete(key)) {
        compare(value, member(two, key) ?? null, place, depth + 1);
      } else found.push(place);
    }
    for (const key of others) found.push(`${pointer}/${escape(key)}`);
  };
  compare(before, after, "", 0);
  return found;
}

function at(root: Json, pointer: string): Json | undefined {
  let node: Json | undefined = root;
  for (const part of pointer.split("/").slice(1)) {
    if (node === undefined || !isBranch(node)) return undefined;
    node = member(node, part.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return node;
}

function member(node: JsonObject | Json[], key: string): Json | undefined {
  return Object.hasOwn(node, key)
    ? (node as Record<string, Json>)[key]
    : undefined;
}

function isBranch(node: Json): node is JsonObject | Json[] {
  return typeof node === "object" && node !== null;
}

function isWithin(pointer: string, place: string): boolean {
  return (
    pointer === place ||
    pointer.startsWith(`${place}/`) ||
    place.startsWith(`${pointer}/`)
  );
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
