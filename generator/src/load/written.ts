/** Room `load`: where the text of a place stands, when a `$ref` on its way was replaced by its target. */
import type { Origin } from "../lint/diagnostic.js";
import type { Graph } from "./graph.js";

/** Parts within parts that are followed. */
const MAX_HOPS = 64;

/** By file, then by the pointer of the part that was replaced: where its text stands. */
type Moved = ReadonlyMap<string, ReadonlyMap<string, Origin>>;

/** For a graph that grows no more. */
export function writtenPlaces(graph: Graph): (origin: Origin) => Origin {
  const moved = movedParts(graph);
  return (origin) => {
    let at = origin;
    for (let hops = 0; hops < MAX_HOPS; hops++) {
      const next = nextPlace(moved, at);
      if (next === undefined) break;
      at = next;
    }
    return at;
  };
}

function movedParts({ grafts, loaded }: Graph): Moved {
  const moved = new Map<string, Map<string, Origin>>();
  const paths = new Map(loaded.map((file) => [file.uri, file.source.path]));
  for (const [key, { target }] of grafts) {
    const hash = key.indexOf("#");
    const path = paths.get(key.slice(0, hash));
    if (path === undefined) continue;
    const parts = moved.get(path) ?? new Map<string, Origin>();
    parts.set(key.slice(hash + 1), target.origin);
    moved.set(path, parts);
  }
  return moved;
}

function nextPlace(moved: Moved, origin: Origin): Origin | undefined {
  const parts = moved.get(origin.file);
  if (parts === undefined) return undefined;
  for (
    let pointer = origin.pointer;
    pointer !== "";
    pointer = pointer.slice(0, pointer.lastIndexOf("/"))
  ) {
    const target = parts.get(pointer);
    if (target !== undefined) {
      const rest = origin.pointer.slice(pointer.length);
      return { ...origin, file: target.file, pointer: target.pointer + rest };
    }
  }
  return undefined;
}
