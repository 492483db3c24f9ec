/** Room `load`: the finished graph as the `Document` that all later stages see. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { bundleDocument } from "./bundle.js";
import { dialectOf } from "./dialect.js";
import type { Dialect, Document, JsonObject, Target } from "./document.js";
import type { Graph } from "./graph.js";
import { isObject } from "./member.js";
import { resolveReference } from "./resolve-reference.js";
import { visitNodes } from "./visit-nodes.js";
import { writtenPlaces } from "./written.js";

const NO_ANCHORS: ReadonlyMap<string, Target> = new Map();

export function documentOf(graph: Graph): Document {
  const { entry, version } = graph;
  const root = isObject(entry.source.json) ? entry.source.json : {};
  const files = graph.loaded.map((file) => file.source);
  const dialects = new Map<string | undefined, Dialect>();
  const written = writtenPlaces(graph);
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
    visit: (enter, starts) => visitNodes(graph, enter, written, starts),
    written,
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
    bundle: () => bundleDocument(graph, root),
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
