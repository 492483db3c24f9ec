/** Room `load`: the document and everything it refers to as one document without external references. */
import { type BundlePlaces, bundlePlaces } from "./bundle-places.js";
import type { Json, JsonObject, NodeKind, Target } from "./document.js";
import type { Graph } from "./graph.js";
import {
  ignoresSiblings,
  mayRefer,
  type Place,
  structures,
  type Version,
} from "./grammar.js";
import { isObject, member } from "./member.js";
import { childPointer } from "./pointer.js";
import type { Reference } from "./reference.js";
import { resolveReference } from "./resolve-reference.js";
import { setMember } from "./set-member.js";

/** Identifiers that would give a moved schema a base URI of its own: its references are rewritten instead. */
const IDENTIFIERS = new Set(["$id", "$anchor", "$dynamicAnchor"]);

interface Bundling {
  graph: Graph;
  names: BundlePlaces;
  references: ReadonlyMap<object, Reference>;
  /** External targets that got a component and are not copied yet. */
  pending: { target: Target; kind: NodeKind; section: string; name: string }[];
  /** Path items and references that are being written out: where the copy stands. */
  open: Map<object, string>;
}

/** A document in one file is its own bundle. */
export function bundleDocument(graph: Graph, root: JsonObject): JsonObject {
  if (graph.loaded.length === 1) return root;
  const references = new Map<object, Reference>();
  for (const each of graph.references) references.set(each.holder, each);
  const names = bundlePlaces(graph, root, references);
  const bundling: Bundling = {
    graph,
    names,
    references,
    pending: [],
    open: new Map(),
  };
  const bundle = copyNode(root, "document", "", bundling);
  if (!isObject(bundle)) return root;
  const { pending } = bundling;
  for (const { target, kind, section, name } of pending) {
    // The list grows by what the copies refer to.
    const at = childPointer(`/components/${section}`, name);
    const components = ownObject(bundle, "components");
    setMember(
      ownObject(components, section),
      name,
      copyNode(target.node, kind, at, bundling),
    );
  }
  return bundle;
}

function copyNode(
  node: Json,
  kind: NodeKind,
  at: string,
  bundling: Bundling,
): Json {
  if (!isObject(node)) return node;
  if (Object.hasOwn(node, "$ref") && mayRefer(kind)) {
    return copyReference(node, kind, at, bundling);
  }
  return copyFields(node, kind, at, bundling);
}

function copyReference(
  holder: JsonObject,
  kind: NodeKind,
  at: string,
  bundling: Bundling,
): Json {
  const { graph, names } = bundling;
  const target = graph.targets.get(holder);
  if (target === undefined) return copyFields(holder, kind, at, bundling);
  const siblings = copyFields(holder, kind, at, bundling);
  delete siblings["$ref"];
  const home = names.homeOf(target);
  if (home === at && !bundling.open.has(holder)) {
    // A component that only says where its text stands.
    bundling.open.set(holder, at);
    const content = copyNode(target.node, kind, at, bundling);
    bundling.open.delete(holder);
    return isObject(content) ? { ...content, ...siblings } : content;
  }
  if (home !== undefined) {
    return { $ref: referenceTo(holder, home, bundling), ...siblings };
  }
  if (kind === "pathItem") {
    return inlined(target, siblings, at, bundling);
  }
  const place = names.claim(target, kind);
  if (place === undefined) {
    const content = copyNode(target.node, kind, at, bundling);
    return isObject(content) ? { ...content, ...siblings } : content;
  }
  bundling.pending.push({ target, kind, ...place });
  const pointer = childPointer(`/components/${place.section}`, place.name);
  return { $ref: `#${encoded(pointer)}`, ...siblings };
}

/** References within the entry stay as they were written. */
function referenceTo(
  holder: JsonObject,
  home: string,
  { references, graph }: Bundling,
): string {
  const reference = references.get(holder);
  const isLocal =
    reference?.scope.file === graph.entry && reference.text.startsWith("#");
  return isLocal ? reference.text : `#${encoded(home)}`;
}

/** OpenAPI 3.0 has no place for shared path items, so each reference gets a copy. */
function inlined(
  target: Target,
  siblings: JsonObject,
  at: string,
  bundling: Bundling,
): Json {
  const { node } = target;
  if (!isObject(node)) return node;
  const around = bundling.open.get(node);
  if (around !== undefined) return { $ref: `#${encoded(around)}`, ...siblings };
  bundling.open.set(node, at);
  const content = copyNode(node, "pathItem", at, bundling);
  bundling.open.delete(node);
  return isObject(content) ? { ...content, ...siblings } : content;
}

function copyFields(
  node: JsonObject,
  kind: NodeKind,
  at: string,
  bundling: Bundling,
): JsonObject {
  const { graph, references } = bundling;
  const structure = structures(graph.version).get(kind);
  const isMoved = isExternal(node, bundling);
  const isIgnored =
    references.has(node) && ignoresSiblings(kind, versionOf(node, bundling));
  const copy: JsonObject = {};
  for (const key of Object.keys(node)) {
    const value = node[key] ?? null;
    if (isIgnored && !["$ref", "summary", "description"].includes(key)) {
      continue;
    }
    if (kind === "schema" && isMoved && IDENTIFIERS.has(key)) continue;
    const child = structure?.children.get(key);
    const place: Place | undefined =
      child === "text"
        ? undefined
        : (child ?? (key.startsWith("x-") ? undefined : structure?.others));
    const below = childPointer(at, key);
    setMember(
      copy,
      key,
      place === undefined ? value : copyPlace(value, place, below, bundling),
    );
  }
  if (kind === "schema") rewriteSchema(node, copy, isMoved, bundling);
  return copy;
}

function copyPlace(
  value: Json,
  place: Place,
  at: string,
  bundling: Bundling,
): Json {
  const { kind } = place;
  if (place.form === "one") return copyNode(value, kind, at, bundling);
  if (place.form === "list") {
    if (!Array.isArray(value)) return value;
    return value.map((each, index) =>
      copyNode(each, kind, childPointer(at, index), bundling),
    );
  }
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const below = childPointer(at, key);
    setMember(copy, key, copyNode(value[key] ?? null, kind, below, bundling));
  }
  return copy;
}

/** What a schema refers to by other means than `$ref`. */
function rewriteSchema(
  schema: JsonObject,
  copy: JsonObject,
  isMoved: boolean,
  bundling: Bundling,
): void {
  const { graph } = bundling;
  const dynamic = graph.dynamicTargets.get(schema);
  if (isMoved && dynamic !== undefined && !Object.hasOwn(copy, "$ref")) {
    // The dynamic scope is lost with the identifiers; the bundle shows what the reference means by itself.
    delete copy["$dynamicRef"];
    setMember(copy, "$ref", placeFor(dynamic, "schema", bundling));
  }
  const discriminator = member(copy, "discriminator");
  const mapping = isObject(discriminator)
    ? member(discriminator, "mapping")
    : undefined;
  if (!isObject(discriminator) || !isObject(mapping)) return;
  const scope = graph.scopeOf.get(schema) ?? graph.entry.scope;
  const rewritten: JsonObject = {};
  for (const tag of Object.keys(mapping)) {
    const value = mapping[tag] ?? null;
    const isUri =
      typeof value === "string" && (isMoved || !/^#|^[\w.-]+$/.test(value));
    const resolution = isUri
      ? resolveReference(graph, value, scope)
      : undefined;
    setMember(
      rewritten,
      tag,
      resolution?.state === "found"
        ? placeFor(resolution.found.target, "schema", bundling)
        : value,
    );
  }
  setMember(copy, "discriminator", { ...discriminator, mapping: rewritten });
}

function placeFor(target: Target, kind: NodeKind, bundling: Bundling): string {
  const { names, pending } = bundling;
  const home = names.homeOf(target);
  if (home !== undefined) return `#${encoded(home)}`;
  const place = names.claim(target, kind);
  if (place === undefined) return "#";
  pending.push({ target, kind, ...place });
  return `#${encoded(childPointer(`/components/${place.section}`, place.name))}`;
}

function isExternal(
  node: JsonObject,
  { graph, references }: Bundling,
): boolean {
  const scope = graph.scopeOf.get(node) ?? references.get(node)?.scope;
  return scope !== undefined && scope.file !== graph.entry;
}

function versionOf(node: JsonObject, { graph, references }: Bundling): Version {
  return references.get(node)?.scope.file.openapi ?? graph.version;
}

function ownObject(holder: JsonObject, key: string): JsonObject {
  const known = member(holder, key);
  if (isObject(known)) return known;
  const made: JsonObject = {};
  setMember(holder, key, made);
  return made;
}

/** As a URI fragment (RFC 3986 section 3.5). */
function encoded(pointer: string): string {
  return encodeURI(pointer).replaceAll("#", "%23");
}
