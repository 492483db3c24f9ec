/** Room `load`: `$id`, `$anchor`, `$dynamicAnchor` and `$schema`: what a schema changes for what is inside of it. */
import type { JsonObject, Target } from "./document.js";
import type { Graph } from "./graph.js";
import { member, textMember } from "./member.js";
import type { Resource, Scope } from "./resource.js";
import { resolveUri, splitFragment } from "./uri.js";

/** The scope inside of a schema (JSON Schema 2020-12 section 8). OpenAPI 3.0 has none of these keywords. */
export function schemaScope(
  graph: Graph,
  schema: JsonObject,
  pointer: string,
  outside: Scope,
): Scope {
  if ((outside.file.openapi ?? graph.version) === "3.0") return outside;
  let scope = outside;
  const id = textMember(schema, "$id");
  if (id !== undefined) {
    const resource = resourceOf(graph, schema, id, pointer, outside);
    if (resource !== undefined && resource !== outside.resource) {
      scope = { ...outside, resource };
    }
  }
  const metaSchema = textMember(schema, "$schema");
  if (metaSchema !== undefined) {
    const { uri } = splitFragment(metaSchema);
    scope = { ...scope, metaSchema: uri };
    if (!graph.metaSchemas.has(uri)) {
      graph.metaSchemas.set(uri, { scope, pointer });
    }
  }
  if (member(schema, "$recursiveAnchor") === true) {
    scope = { ...scope, recursive: pointer };
  }
  const anchor = textMember(schema, "$anchor");
  const dynamicAnchor = textMember(schema, "$dynamicAnchor");
  if (anchor !== undefined || dynamicAnchor !== undefined) {
    const target = graph.targetOf(schema, scope.file, pointer);
    const { anchors, dynamicAnchors } = scope.resource;
    if (anchor !== undefined) note(graph, anchors, anchor, target, scope);
    if (dynamicAnchor !== undefined) {
      note(graph, anchors, dynamicAnchor, target, scope);
      dynamicAnchors.set(dynamicAnchor, target);
    }
  }
  return scope;
}

function resourceOf(
  graph: Graph,
  schema: JsonObject,
  id: string,
  pointer: string,
  outside: Scope,
): Resource | undefined {
  const known = graph.resourceByRoot.get(schema);
  if (known !== undefined) return known;
  const { uri: reference } = splitFragment(id);
  // `"$id": "#name"` was an anchor in older drafts and names no resource.
  if (reference === "") return undefined;
  const uri = resolveUri(outside.resource.uri, reference);
  if (uri === undefined) return undefined;
  const resource: Resource = {
    uri,
    root: schema,
    file: outside.file,
    pointer,
    anchors: new Map(),
    dynamicAnchors: new Map(),
  };
  graph.resourceByRoot.set(schema, resource);
  if (graph.resources.has(uri)) {
    graph.clashes.push({ name: uri, scope: outside, pointer });
  } else {
    graph.resources.set(uri, resource);
  }
  return resource;
}

function note(
  graph: Graph,
  anchors: Map<string, Target>,
  name: string,
  target: Target,
  scope: Scope,
): void {
  const known = anchors.get(name);
  if (known !== undefined && known.node !== target.node) {
    graph.clashes.push({
      name: `#${name}`,
      scope,
      pointer: target.origin.pointer,
    });
    return;
  }
  anchors.set(name, target);
}
