/** Room `load`: every node of the document once, with its place in its own file. */
import type { Origin } from "../lint/diagnostic.js";
import type { JsonObject, NodeKind, VisitStart } from "./document.js";
import type { Graph } from "./graph.js";
import { ignoresSiblings, mayRefer } from "./grammar.js";
import { isObject, member } from "./member.js";
import { walk } from "./walk.js";

type Enter = (node: JsonObject, kind: NodeKind, origin: Origin) => void;

export function visitNodes(
  graph: Graph,
  enter: Enter,
  written: (origin: Origin) => Origin,
  starts?: readonly VisitStart[],
): void {
  const seen = new Map<object, NodeKind>();
  const queue: VisitStart[] = [...(starts ?? [])];

  const visitBelow = (
    value: Parameters<typeof walk>[0],
    file: string,
    isFollowing: boolean,
  ): void => {
    walk(value, graph.version, file, {
      enter(node, kind, pointer, inside) {
        if (typeof node === "boolean" || seen.get(node) === kind) {
          return undefined;
        }
        seen.set(node, kind);
        const place = { file: inside, pointer };
        enter(node, kind, written(place));
        if (isFollowing) follow(node, kind);
        return mayRefer(kind) &&
          typeof member(node, "$ref") === "string" &&
          ignoresSiblings(kind, graph.version)
          ? undefined
          : inside;
      },
    });
  };
  const follow = (node: JsonObject, kind: NodeKind): void => {
    const { targets, dynamicTargets } = graph;
    for (const target of [targets.get(node), dynamicTargets.get(node)]) {
      if (target === undefined || !isObject(target.node)) continue;
      queue.push({ node: target.node, kind, origin: target.origin });
    }
  };

  if (starts === undefined) {
    for (const { node, place, pointer, scope } of graph.areas) {
      const file = scope.file.source.path;
      visitBelow({ value: node, place, pointer }, file, false);
    }
    return;
  }
  for (const { node, kind, origin } of queue) {
    // The queue grows by what references lead to.
    visitBelow(
      { value: node, place: { form: "one", kind }, pointer: origin.pointer },
      origin.file,
      true,
    );
  }
}
