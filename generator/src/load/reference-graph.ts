/** Room `load`: grows the reference graph: walks all that the entry reaches, and has further files read on the way. */
import type { Json, JsonObject } from "./document.js";
import { isKnownMetaSchema } from "./dialect.js";
import { wrongKind } from "./expect-kind.js";
import type { Area, Graph } from "./graph.js";
import { isObject, textMember } from "./member.js";
import { mayRefer } from "./grammar.js";
import type { Found, Reference, Resolution } from "./reference.js";
import { graftKey, resolveReference } from "./resolve-reference.js";
import { schemaScope } from "./schema-scope.js";
import type { Scope } from "./resource.js";
import { resolveUri, splitFragment } from "./uri.js";
import { setMember } from "./set-member.js";
import { type Visitor, walk } from "./walk.js";
import { graphVisitor } from "./graph-visitor.js";

/** What has to be read next, as URIs. */
export interface Wanted {
  files: string[];
  texts: string[];
}

/** Reads, and enters what it got into `files`, `texts` or `failed` of the graph. */
export type ReadMore = (wanted: Wanted) => Promise<void>;

/** Documents that reach through each other's replaced parts further than this are endless. */
const MAX_HOPS = 64;

export async function growGraph(
  graph: Graph,
  readMore: ReadMore,
): Promise<void> {
  let queue: Reference[] = [];
  const found = (reference: Reference): void => {
    queue.push(reference);
  };
  const visitor = graphVisitor(graph, (reference) => found(reference));
  const { entry } = graph;
  walkArea(graph, visitor, {
    node: entry.source.json,
    place: { form: "one", kind: "document" },
    pointer: "",
    scope: entry.scope,
  });
  for (;;) {
    const waiting: Reference[] = [];
    const files = new Set<string>();
    const texts = new Set<string>();
    // The queue grows while targets are walked.
    for (const reference of queue) {
      const resolution = resolveAny(graph, reference);
      if (resolution.state === "found") {
        settle(graph, visitor, reference, resolution.found, found);
      } else if (resolution.state === "wait") {
        waiting.push(reference);
        (reference.form === "text" ? texts : files).add(resolution.uri);
      } else if (resolution.failure.kind === "unreadable") {
        waiting.push(reference);
      } else {
        graph.broken.push({ reference, failure: resolution.failure });
      }
    }
    for (const uri of unknownMetaSchemas(graph)) files.add(uri);
    if (files.size === 0 && texts.size === 0) {
      // Until now a schema in a file still to be read might have had the URI.
      for (const reference of waiting) {
        const resolution = resolveAny(graph, reference);
        if (resolution.state === "failed") {
          graph.broken.push({ reference, failure: resolution.failure });
        }
      }
      return;
    }
    await readMore({ files: [...files], texts: [...texts] });
    queue = waiting;
  }
}

/** Registers the schema resources and anchors of a file without taking its references up. */
export function indexFile(graph: Graph, area: Area): void {
  const seen = new Set<object>();
  walk(
    { value: area.node, place: area.place, pointer: area.pointer },
    graph.version,
    area.scope,
    {
      enter(node, kind, pointer, scope) {
        if (typeof node === "boolean" || seen.has(node)) return undefined;
        seen.add(node);
        return kind === "schema"
          ? schemaScope(graph, node, pointer, scope)
          : scope;
      },
    },
  );
}

function walkArea(graph: Graph, visitor: Visitor<Scope>, area: Area): void {
  graph.areas.push(area);
  walk(
    { value: area.node, place: area.place, pointer: area.pointer },
    graph.version,
    area.scope,
    visitor,
  );
}

function resolveAny(graph: Graph, reference: Reference): Resolution {
  if (reference.form !== "text" || reference.text.startsWith("#")) {
    return resolveReference(graph, reference.text, reference.scope);
  }
  const { file } = reference.scope;
  const { uri: path } = splitFragment(reference.text);
  const uri = resolveUri(file.uri, path);
  if (uri === undefined) {
    return { state: "failed", failure: { kind: "no-uri" } };
  }
  const text = graph.texts.get(uri);
  if (text === undefined) {
    return graph.failed.has(uri)
      ? { state: "failed", failure: { kind: "unreadable", uri } }
      : { state: "wait", uri };
  }
  const target = graph.targetOf(text, file, reference.pointer);
  const { pointer, scope } = reference;
  return {
    state: "found",
    found: { node: text, target, file, pointer, scope },
  };
}

function settle(
  graph: Graph,
  visitor: Visitor<Scope>,
  reference: Reference,
  found: Found,
  enqueue: (reference: Reference) => void,
): void {
  const { holder, place, form, slot } = reference;
  if (form === "text") {
    if (typeof found.node === "string") fill(reference, found.node);
    return;
  }
  const failure = wrongKind(place, found);
  if (failure !== undefined) {
    graph.broken.push({ reference, failure });
    return;
  }
  if (form === "ref") {
    graph.targets.set(holder, found.target);
  } else if (form === "dynamic") {
    const { fragment } = splitFragment(reference.text);
    const isDynamic =
      isObject(found.node) &&
      fragment !== "" &&
      textMember(found.node, "$dynamicAnchor") === fragment;
    graph.dynamicTargets.set(holder, {
      ...found.target,
      ...(isDynamic ? { anchor: fragment } : {}),
    });
  } else if (slot !== undefined) {
    const next = isObject(found.node)
      ? textMember(found.node, "$ref")
      : undefined;
    if (isObject(found.node) && next !== undefined && !mayRefer(place.kind)) {
      if (slot.hops >= MAX_HOPS) {
        graph.broken.push({ reference, failure: { kind: "endless" } });
        return;
      }
      enqueue({
        ...reference,
        text: next,
        scope: found.scope,
        slot: { ...slot, hops: slot.hops + 1 },
      });
      return;
    }
    const node = merged(found.node, holder);
    graph.grafts.set(graftKey(reference.scope.file, reference.pointer), {
      ...found,
      node,
    });
    fill(reference, node);
    found = { ...found, node };
  }
  if (!isKnown(graph, found, place)) {
    const { node, pointer, scope } = found;
    walkArea(graph, visitor, { node, place, pointer, scope });
  }
}

function isKnown(
  graph: Graph,
  found: Found,
  place: Reference["place"],
): boolean {
  if (place.form !== "one") return false;
  if (typeof found.node !== "object" || found.node === null) return true;
  return graph.kinds.get(found.node) === place.kind;
}

function fill(reference: Reference, value: Json): void {
  const { slot } = reference;
  if (slot === undefined) return;
  if (Array.isArray(slot.parent)) slot.parent[Number(slot.key)] = value;
  else setMember(slot.parent, String(slot.key), value);
}

/** Fields beside the `$ref` win over those of the target. */
function merged(target: Json, holder: JsonObject): Json {
  const keys = Object.keys(holder).filter((key) => key !== "$ref");
  if (keys.length === 0 || !isObject(target)) return target;
  const both: JsonObject = {};
  for (const key of Object.keys(target)) {
    setMember(both, key, target[key] ?? null);
  }
  for (const key of keys) setMember(both, key, holder[key] ?? null);
  return both;
}

function unknownMetaSchemas(graph: Graph): string[] {
  return [...graph.metaSchemas.keys()].filter(
    (uri) =>
      !isKnownMetaSchema(uri) &&
      !graph.files.has(uri) &&
      !graph.resources.has(uri) &&
      !graph.failed.has(uri),
  );
}
