/** Room `load`: what the walk notes of each node: references, schema resources, kinds. */
import type { JsonObject } from "./document.js";
import { ignoresSiblings, mayRefer } from "./grammar.js";
import type { Graph } from "./graph.js";
import { isObject, member, textMember } from "./member.js";
import type { Reference } from "./reference.js";
import type { Scope } from "./resource.js";
import { schemaScope } from "./schema-scope.js";
import { setMember } from "./set-member.js";
import type { Visitor } from "./walk.js";

export function graphVisitor(
  graph: Graph,
  found: (reference: Reference) => void,
): Visitor<Scope> {
  return {
    enter(node, kind, pointer, outside) {
      if (typeof node === "boolean") return undefined;
      if (graph.kinds.get(node) === kind) return undefined;
      graph.kinds.set(node, kind);
      let scope = outside;
      if (kind === "schema") {
        scope = schemaScope(graph, node, pointer, outside);
        if (scope !== graph.entry.scope) graph.scopeOf.set(node, scope);
        readRecursiveRef(graph, node, pointer, scope);
        if (Object.hasOwn(node, "$dynamicRef")) {
          const text = textMember(node, "$dynamicRef");
          if (text !== undefined) {
            const place = { form: "one", kind } as const;
            found({
              holder: node,
              text,
              form: "dynamic",
              place,
              scope,
              pointer,
            });
          }
        }
      }
      if (!Object.hasOwn(node, "$ref") || !mayRefer(kind)) return scope;
      const text = member(node, "$ref");
      if (typeof text !== "string") {
        graph.notTexts.push({ scope, pointer, value: text ?? null });
        return scope;
      }
      const place = { form: "one", kind } as const;
      const reference: Reference = {
        holder: node,
        text,
        form: "ref",
        place,
        scope,
        pointer,
      };
      graph.references.push(reference);
      found(reference);
      return ignoresSiblings(kind, scope.file.openapi ?? graph.version)
        ? undefined
        : scope;
    },
    graft(parent, key, place, pointer, scope) {
      const holder = Array.isArray(parent)
        ? parent[Number(key)]
        : parent[String(key)];
      if (!isObject(holder)) return;
      const text = textMember(holder, "$ref") ?? "";
      const slot = { parent, key, hops: 0 };
      found({ holder, text, form: "graft", place, scope, pointer, slot });
    },
    text(parent, key, pointer, scope) {
      const holder = parent[key];
      if (!isObject(holder)) return;
      const text = textMember(holder, "$ref") ?? "";
      const place = { form: "one", kind: "info" } as const;
      const slot = { parent, key, hops: 0 };
      found({ holder, text, form: "text", place, scope, pointer, slot });
    },
  };
}

/**
 * `$recursiveRef` is of JSON Schema 2019-09, and some documents for 3.1 have it. It means the nearest schema around that has
 * `$recursiveAnchor`; as a `$ref` to it, every later stage understands it.
 */
function readRecursiveRef(
  graph: Graph,
  schema: JsonObject,
  pointer: string,
  scope: Scope,
): void {
  if (scope.recursive === undefined || Object.hasOwn(schema, "$ref")) return;
  if (member(schema, "$recursiveRef") !== "#") return;
  const text = `#${encodeURI(scope.recursive).replaceAll("#", "%23")}`;
  setMember(schema, "$ref", text);
  graph.recursive.push({ scope, pointer, text });
}
