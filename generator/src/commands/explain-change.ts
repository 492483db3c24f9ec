/** Room `commands`: which operations differ between two documents that we bundled, and where. */
import type { Json } from "../load/document.js";
import { childPointer, pointerOf } from "../load/pointer.js";
import type { ManifestOperation } from "../output/manifest.js";
import { childOf, percentDecoded, isBranch, nodeAt } from "./json-path.js";

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
  const changes: OperationChange[] = [];
  const differences =
    before.bundle === undefined || after.bundle === undefined
      ? []
      : findDifferences(before.bundle, after.bundle);
  const { pairs, added, removed } = pairOperations(
    before.operations,
    after.operations,
  );
  for (const operation of after.operations) {
    const was = pairs.get(operation);
    const told = { operation: routeOf(operation), handler: operation.handler };
    if (added.has(operation)) {
      changes.push({ ...told, what: "added", at: [] });
    } else if (
      was?.hash !== operation.hash ||
      was.handler !== operation.handler
    ) {
      const places = placesOf(operation, before.bundle, after.bundle);
      const at = differences
        .filter((pointer) => places.some((place) => isWithin(pointer, place)))
        .slice(0, MOST_PLACES);
      changes.push({ ...told, what: "changed", at });
    }
  }
  for (const operation of removed) {
    const { handler } = operation;
    const told = { operation: routeOf(operation), handler };
    changes.push({ ...told, what: "removed", at: [] });
  }
  return changes;
}

interface Pairs {
  /** By the operation of today. */
  pairs: Map<ManifestOperation, ManifestOperation>;
  added: Set<ManifestOperation>;
  removed: Set<ManifestOperation>;
}

/** An operation is the same when its id is, else when its route is: two may share a route when one of them is not routed. */
function pairOperations(
  before: readonly ManifestOperation[],
  after: readonly ManifestOperation[],
): Pairs {
  const pairs: Pairs["pairs"] = new Map();
  const added = new Set(after);
  const removed = new Set(before);
  for (const keyOf of [
    idAndRoute,
    ({ id }: ManifestOperation) => id,
    routeOf,
  ]) {
    const old = new Map([...removed].map((each) => [keyOf(each), each]));
    for (const operation of added) {
      const was = old.get(keyOf(operation));
      if (was === undefined || !removed.delete(was)) continue;
      added.delete(operation);
      pairs.set(operation, was);
    }
  }
  return { pairs, added, removed };
}

function routeOf({ method, path }: ManifestOperation): string {
  return `${method} ${path}`;
}

function idAndRoute(operation: ManifestOperation): string {
  return `${operation.id} ${routeOf(operation)}`;
}

/** The pointers of what an operation consists of: itself, its path's common part, and what it refers to. */
function placesOf(
  { method, path }: ManifestOperation,
  ...bundles: (Json | undefined)[]
): string[] {
  const item = pointerOf(["paths", path]);
  const places = new Set([
    `${item}/${method.toLowerCase()}`,
    childPointer(`${item}/additionalOperations`, method),
    `${item}/parameters`,
    `${item}/$ref`,
    "/security",
    "/components/securitySchemes",
  ]);
  for (const place of places) {
    for (const bundle of bundles) {
      const node = bundle === undefined ? undefined : nodeAt(bundle, place);
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
        if (value.startsWith("#/")) found.push(percentDecoded(value.slice(1)));
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
      const place = childPointer(pointer, key);
      if (others.delete(key)) {
        compare(value, childOf(two, key) ?? null, place, depth + 1);
      } else found.push(place);
    }
    for (const key of others) found.push(childPointer(pointer, key));
  };
  compare(before, after, "", 0);
  return found;
}

function isWithin(pointer: string, place: string): boolean {
  return (
    pointer === place ||
    pointer.startsWith(`${place}/`) ||
    place.startsWith(`${pointer}/`)
  );
}
