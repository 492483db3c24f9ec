/** Room `model`: all operations of the document, in its order, with their ids. */
import type { JsonObject } from "../load/document.js";
import { below } from "./below.js";
import type { OperationPlace } from "./build-operation.js";
import type { Holder } from "./build-params.js";
import { dereference, type Place } from "./dereference.js";
import { deriveId } from "./derive-id.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member, objectMember, textMember } from "./member.js";
import { parsePath, pathOf } from "./parse-path.js";

const methods: ReadonlySet<string> = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
]);

type Found = Omit<OperationPlace, "id" | "derived" | "routed">;

export function findOperations(context: HttpContext): OperationPlace[] {
  const { document } = context;
  const found: Found[] = [];
  for (const [key, value] of Object.entries(
    objectMember(document.root, "paths") ?? {},
  )) {
    if (key.startsWith("x-")) continue;
    const origin = below(document.origin, "paths", key);
    const path = pathOf(key);
    const segments = parsePath(path);
    const operations = new Map<string, Place>();
    const pathItems = isObject(value)
      ? resolvePathItem(context, { node: value, origin })
      : [];
    for (const item of pathItems) collectMethods(context, item, operations);
    for (const [method, operation] of operations) {
      found.push({
        method,
        key,
        path,
        segments,
        pathItems,
        pathOrigin: origin,
        operation,
      });
    }
  }
  return withIds(found);
}

/**
 * A path item may hold a reference *and* members of its own (OpenAPI 3.1, path item object). Farthest first: what
 * stands nearer wins.
 */
export function resolvePathItem(
  { document }: HttpContext,
  start: Holder,
): Holder[] {
  const chain: Holder[] = [];
  const seen = new Set<JsonObject>();
  let next: Holder | undefined = start;
  while (next !== undefined && !seen.has(next.node)) {
    seen.add(next.node);
    chain.unshift(next);
    const target: ReturnType<typeof document.target> =
      typeof member(next.node, "$ref") === "string"
        ? document.target(next.node)
        : undefined;
    next =
      target && isObject(target.node)
        ? { node: target.node, origin: target.origin }
        : undefined;
  }
  return chain;
}

export function collectMethods(
  context: HttpContext,
  { node, origin }: Holder,
  operations: Map<string, Place>,
): void {
  const latest = context.document.version === "3.2";
  for (const [key, value] of Object.entries(node)) {
    if (methods.has(key) || (latest && key === "query")) {
      const place = dereference(context.document, value, below(origin, key));
      if (place) operations.set(key.toUpperCase(), place);
    }
    if (latest && key === "additionalOperations" && isObject(value)) {
      for (const [method, each] of Object.entries(value)) {
        const place = dereference(
          context.document,
          each,
          below(origin, key, method),
        );
        // Methods are case-sensitive (RFC 9110 section 9.1): kept as written.
        if (place && !operations.has(method)) operations.set(method, place);
      }
    }
  }
}

function withIds(found: Found[]): OperationPlace[] {
  const taken = new Set<string>();
  for (const { operation } of found) {
    const id = writtenId(operation.node);
    if (id !== undefined) taken.add(id);
  }
  return found.map((place) => {
    const written = writtenId(place.operation.node);
    const rest = { derived: written === undefined, routed: true };
    if (written !== undefined) return { ...place, ...rest, id: written };
    const id = deriveId(place.method, place.path, taken);
    taken.add(id);
    return { ...place, ...rest, id };
  });
}

export function writtenId(node: JsonObject): string | undefined {
  const id = textMember(node, "operationId");
  return id === undefined || id.trim() === "" ? undefined : id;
}
