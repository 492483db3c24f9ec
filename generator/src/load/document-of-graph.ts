/** Room `load`: the finished graph as the `Document` that all later stages see. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { dialectOf } from "./dialect.js";
import type { Origin } from "../lint/diagnostic.js";
import type {
  Dialect,
  Document,
  JsonObject,
  NodeKind,
  Target,
} from "./document.js";
import type { Graph } from "./graph.js";
import { isObject, member } from "./member.js";
import { ignoresSiblings, mayRefer } from "./reference-rules.js";
import { graftKey, resolveReference } from "./resolve-reference.js";
import { walk } from "./walk.js";

const NO_ANCHORS: ReadonlyMap<string, Target> = new Map();

export function documentOf(graph: Graph): Document {
  const { entry, version } = graph;
  const root = isObject(entry.source.json) ? entry.source.json : {};
  const files = graph.loaded.map((file) => file.source);
  const dialects = new Map<string | undefined, Dialect>();
  let digest: string | undefined;
  return {
    root,
    version,
    files,
    origin: { file: entry.source.path, pointer: "" },
    get digest() {
      digest ??= digestOf(graph);
      return digest;
    },
    target: (holder) => graph.targets.get(holder),
    dynamicTarget: (holder) => graph.dynamicTargets.get(holder),
    mappingTarget: (schema, value) => mappingTarget(graph, schema, value),
    visit: (enter) => visitAll(graph, enter),
    written: (origin) => written(graph, origin),
    dynamicAnchors: (schema) =>
      graph.resourceByRoot.get(schema)?.dynamicAnchors ?? NO_ANCHORS,
    resourceRoot(schema) {
      const resourceRoot = graph.scopeOf.get(schema)?.resource.root;
      return isObject(resourceRoot) ? resourceRoot : root;
    },
    dialect(schema: JsonObject): Dialect {
      const scope = graph.scopeOf.get(schema) ?? entry.scope;
      if ((scope.file.openapi ?? version) === "3.0") return "3.0";
      const known = dialects.get(scope.metaSchema);
      if (known !== undefined) return known;
      const dialect =
        dialectOf(scope.metaSchema, (uri) => {
          const resource =
            graph.resources.get(uri) ?? graph.files.get(uri)?.scope.resource;
          return resource?.root;
        }) ?? "3.1";
      dialects.set(scope.metaSchema, dialect);
      return dialect;
    },
    bundle: () => root,
  };
}

/** Paths relative to the entry, so that the digest is the same wherever the project lies. */
function digestOf(graph: Graph): string {
  const hash = createHash("sha256");
  const base = posix.dirname(graph.entry.source.path);
  for (const { source } of graph.loaded) {
    hash.update(posix.relative(base, source.path)).update("\0");
    hash.update(source.text).update("\0");
  }
  return hash.digest("hex");
}

function mappingTarget(
  graph: Graph,
  schema: JsonObject,
  value: string,
): Target | undefined {
  const scope = graph.scopeOf.get(schema) ?? graph.entry.scope;
  // A legal component name is a name before it is a relative reference (OpenAPI 3.1.1, Discriminator Object).
  if (/^[\w.-]+$/.test(value)) {
    for (const file of new Set([scope.file, graph.entry])) {
      const named = resolveReference(
        graph,
        `#/components/schemas/${value}`,
        file.scope,
      );
      if (named.state === "found") return named.found.target;
    }
  }
  const resolution = resolveReference(graph, value, scope);
  return resolution.state === "found" ? resolution.found.target : undefined;
}

function visitAll(
  graph: Graph,
  enter: (node: JsonObject, kind: NodeKind, origin: Origin) => void,
): void {
  const seen = new Map<object, NodeKind>();
  for (const { node, place, pointer, scope } of graph.areas) {
    const file = scope.file.source.path;
    walk({ value: node, place, pointer }, graph.version, file, {
      enter(each, kind, at, inside) {
        if (typeof each === "boolean" || seen.get(each) === kind) {
          return undefined;
        }
        seen.set(each, kind);
        const graft =
          graph.grafts.size === 0
            ? undefined
            : written(graph, { file: inside, pointer: at });
        enter(each, kind, graft ?? { file: inside, pointer: at });
        return mayRefer(kind) &&
          typeof member(each, "$ref") === "string" &&
          ignoresSiblings(kind, graph.version)
          ? undefined
          : inside;
      },
    });
  }
}

/** Grafts may lie within grafts: follows until nothing changes. */
function written(graph: Graph, origin: Origin): Origin {
  let at = origin;
  for (let hops = 0; hops < 64 && graph.grafts.size > 0; hops++) {
    const next = oneGraft(graph, at);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

function oneGraft(graph: Graph, origin: Origin): Origin | undefined {
  const file = graph.loaded.find((each) => each.source.path === origin.file);
  if (file === undefined) return undefined;
  for (
    let pointer = origin.pointer;
    pointer !== "";
    pointer = pointer.slice(0, pointer.lastIndexOf("/"))
  ) {
    const graft = graph.grafts.get(graftKey(file, pointer));
    if (graft !== undefined) {
      const { file: target, pointer: base } = graft.target.origin;
      return {
        ...origin,
        file: target,
        pointer: base + origin.pointer.slice(pointer.length),
      };
    }
  }
  return undefined;
}
