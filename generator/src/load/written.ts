/** Room `load`: where the text of a place stands, when a `$ref` on its way was replaced by its target. */
import type { Origin } from "../lint/diagnostic.js";
import type { Graph } from "./graph.js";
import { graftKey } from "./resolve-reference.js";

/** Grafts may lie within grafts: follows until nothing changes. */
export function written(graph: Graph, origin: Origin): Origin {
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
