/** Room `load`: where a reference leads among the files and schema resources that are loaded; reads nothing. */
import type { Json, JsonObject, Target } from "./document.js";
import { isObject, member, textMember } from "./member.js";
import { childPointer, pointerKeys } from "./pointer.js";
import type { Failure, Found, Resolution } from "./reference.js";
import type { LoadedFile, Resource, Scope } from "./resource.js";
import { resolveUri, splitFragment } from "./uri.js";

/** The parts of the graph that resolving looks at. */
export interface ResolverState {
  /** By base URI: `$id`s. */
  resources: ReadonlyMap<string, Resource>;
  /** By the root object of the resource. */
  resourceByRoot: ReadonlyMap<object, Resource>;
  /** By the URI of every spelling that was read. */
  files: ReadonlyMap<string, LoadedFile>;
  /** URIs that could not be read. */
  failed: ReadonlySet<string>;
  /** Scopes that differ from their file's. */
  scopeOf: ReadonlyMap<object, Scope>;
  /** Parts that stand in the place of a reference: `file#pointer` → where they come from. */
  grafts: ReadonlyMap<string, Found>;
  targetOf(node: Json, file: LoadedFile, pointer: string): Target;
}

/** References on the way of a JSON pointer that are followed before it counts as endless. */
const MAX_HOPS = 64;

export function resolveReference(
  state: ResolverState,
  text: string,
  scope: Scope,
  hops = 0,
): Resolution {
  if (hops > MAX_HOPS) return failed({ kind: "endless" });
  const { uri, fragment } = splitFragment(text);
  if (uri === "") {
    const inside = resolveFragment(state, scope.resource, fragment, hops);
    // `#/components/…` below an `$id`: strictly another resource, and always meant as the document.
    if (
      inside.state === "failed" &&
      scope.resource !== scope.file.scope.resource
    ) {
      const whole = resolveFragment(
        state,
        scope.file.scope.resource,
        fragment,
        hops,
      );
      if (whole.state !== "failed") return whole;
    }
    return inside;
  }
  const candidates = new Set<string>();
  for (const base of [scope.resource.uri, scope.file.uri]) {
    const candidate = resolveUri(base, uri);
    if (candidate !== undefined) candidates.add(candidate);
  }
  const [first] = candidates;
  if (first === undefined) return failed({ kind: "no-uri" });
  for (const candidate of candidates) {
    const resource =
      state.resources.get(candidate) ??
      state.files.get(candidate)?.scope.resource;
    if (resource !== undefined) {
      return resolveFragment(state, resource, fragment, hops);
    }
    if (!state.failed.has(candidate)) {
      return { state: "wait", uri: candidate };
    }
  }
  return failed({ kind: "unreadable", uri: first });
}

function resolveFragment(
  state: ResolverState,
  resource: Resource,
  fragment: string,
  hops: number,
): Resolution {
  if (fragment === "" || fragment.startsWith("/")) {
    return resolvePointer(state, resource, fragment, hops);
  }
  const target = resource.anchors.get(fragment);
  if (target === undefined && fragment.includes("/")) {
    // No anchor has a slash: it is a pointer whose first one was forgotten.
    return resolvePointer(state, resource, `/${fragment}`, hops);
  }
  if (target === undefined) {
    return failed({ kind: "no-anchor", name: fragment });
  }
  return found(
    state,
    target.node,
    resource.file,
    target.origin.pointer,
    scopeAt(state, target.node, scopeOfResource(resource)),
  );
}

function resolvePointer(
  state: ResolverState,
  resource: Resource,
  fragment: string,
  hops: number,
): Resolution {
  let node = resource.root;
  let file = resource.file;
  let pointer = resource.pointer;
  let scope = scopeAt(state, node, scopeOfResource(resource));
  for (const key of pointerKeys(fragment)) {
    let child = childOf(node, key);
    if (child === undefined && isObject(node)) {
      // Tools that dereference make pointers through a `$ref` work, so documents have them.
      const text = textMember(node, "$ref");
      if (text !== undefined) {
        const through = resolveReference(state, text, scope, hops + 1);
        if (through.state !== "found") return through;
        ({ node, file, pointer, scope } = through.found);
        child = childOf(node, key);
      }
    }
    if (child === undefined) {
      return failed({
        kind: "no-member",
        file,
        parent: pointer,
        key,
        known: isObject(node) ? Object.keys(node) : [],
      });
    }
    node = child;
    pointer = childPointer(pointer, key);
    scope = scopeAt(state, node, scope);
    const graft =
      state.grafts.size === 0
        ? undefined
        : state.grafts.get(graftKey(file, pointer));
    if (graft !== undefined) ({ node, file, pointer, scope } = graft);
  }
  return found(state, node, file, pointer, scope);
}

/** Array items by canonical index only (RFC 6901 section 4). */
function childOf(node: Json, key: string): Json | undefined {
  if (Array.isArray(node)) {
    return /^(?:0|[1-9]\d*)$/.test(key) ? node[Number(key)] : undefined;
  }
  return isObject(node) ? member(node, key) : undefined;
}

export function graftKey(file: LoadedFile, pointer: string): string {
  return `${file.uri}#${pointer}`;
}

function scopeOfResource(resource: Resource): Scope {
  const { file } = resource;
  return resource === file.scope.resource
    ? file.scope
    : { ...file.scope, resource };
}

function scopeAt(state: ResolverState, node: Json, outside: Scope): Scope {
  if (typeof node !== "object" || node === null) return outside;
  return state.scopeOf.get(node) ?? outside;
}

function found(
  state: ResolverState,
  node: Json,
  file: LoadedFile,
  pointer: string,
  scope: Scope,
): Resolution {
  const target = state.targetOf(node, file, pointer);
  return { state: "found", found: { node, target, file, pointer, scope } };
}

function failed(failure: Failure): Resolution {
  return { state: "failed", failure };
}

export function hasReference(node: JsonObject): boolean {
  return typeof member(node, "$ref") === "string";
}
