/** Room `model`: the requests that the service sends: webhooks, and callbacks of operations. */
import type { Origin } from "../lint/diagnostic.js";
import type { Json, JsonObject } from "../load/document.js";
import type { Operation, Outgoing } from "./api.js";
import { below } from "./below.js";
import { buildOperation, type OperationPlace } from "./build-operation.js";
import { dereference, type Place } from "./dereference.js";
import { deriveId } from "./derive-id.js";
import {
  collectMethods,
  resolvePathItem,
  writtenId,
} from "./find-operations.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member, objectMember } from "./member.js";

/** One path item that the service sends requests to. */
interface Target {
  /** Name of the webhook, or the expression that gives the URL. */
  key: string;
  /** What operations without an id are called after. */
  base: string;
  node: Json | undefined;
  origin: Origin;
  of?: Operation;
  /** Of a callback. */
  name?: string;
}

/** A callback that several operations share is sent by one function. */
export function buildOutgoing(
  places: readonly OperationPlace[],
  operations: readonly Operation[],
  context: HttpContext,
): Outgoing[] {
  const taken = new Set(operations.map(({ id }) => id));
  const seen = new Set<JsonObject>();
  const outgoing: Outgoing[] = [];
  const targets = [
    ...webhooks(context),
    ...places.flatMap((place, at) => callbacks(place, operations[at], context)),
  ];
  for (const target of targets) {
    const { node, origin, of, name } = target;
    const methods = new Map<string, Place>();
    const pathItems = isObject(node)
      ? resolvePathItem(context, { node, origin })
      : [];
    for (const item of pathItems) collectMethods(context, item, methods);
    for (const [method, operation] of methods) {
      if (seen.has(operation.node)) continue;
      seen.add(operation.node);
      const written = writtenId(operation.node);
      const isFree = written !== undefined && !taken.has(written);
      const id = isFree ? written : idOf(target, method, methods, taken);
      taken.add(id);
      const built = buildOperation(
        {
          id,
          derived: !isFree,
          method,
          key: target.key,
          path: target.key,
          segments: [],
          pathItems,
          pathOrigin: origin,
          operation,
          routed: false,
        },
        context,
      );
      built.sent = true;
      // What the service asks of its clients is not what receivers ask of the service.
      if (member(operation.node, "security") === undefined) built.security = [];
      outgoing.push({
        operation: built,
        ...(of && { of }),
        ...(name !== undefined && { name }),
      });
    }
  }
  return outgoing;
}

function idOf(
  { base }: Target,
  method: string,
  methods: ReadonlyMap<string, Place>,
  taken: ReadonlySet<string>,
): string {
  if (methods.size === 1 && !taken.has(base)) return base;
  return deriveId(method, `/${base}`, taken);
}

function webhooks({ document }: HttpContext): Target[] {
  return ["webhooks", "x-webhooks"].flatMap((field) => {
    if (field === "webhooks" && document.version === "3.0") return [];
    const map = objectMember(document.root, field) ?? {};
    return Object.entries(map).map(([key, node]) => ({
      key,
      base: key,
      node,
      origin: below(document.origin, field, key),
    }));
  });
}

function callbacks(
  { operation }: OperationPlace,
  of: Operation | undefined,
  { document }: HttpContext,
): Target[] {
  const map = objectMember(operation.node, "callbacks") ?? {};
  return Object.entries(map).flatMap(([name, value]) => {
    const place = dereference(
      document,
      value,
      below(operation.origin, "callbacks", name),
    );
    return Object.entries(place?.node ?? {})
      .filter(([key]) => !key.startsWith("x-"))
      .map(([key, node]) => ({
        key,
        base: `${of?.id ?? ""} ${name}`,
        node,
        origin: below(place?.origin ?? operation.origin, key),
        name,
        ...(of && { of }),
      }));
  });
}
