/** Room `commands`: from a pointer into the bundled document to the file where the text stands. */
import { posix } from "node:path";
import type { Origin } from "../lint/diagnostic.js";
import type { Json, SourceFile } from "../load/document.js";
import { isObject, textMember } from "../load/member.js";
import type { Model } from "../model/schema.js";
import { childPointer, pointerKeys } from "../load/pointer.js";
import { childOf, percentDecoded, nodeAt } from "./json-path.js";

const MOST_STEPS = 50;

/** `/components/schemas/Book`: less says nothing about what has changed. */
const LEAST_KEYS = 3;

interface Place {
  file: SourceFile;
  node: Json;
  pointer: string;
}

/**
 * Follows the pointer through the entry document, and into other files where a reference stands in for the text. As deep
 * as the text goes: of what was removed, the place where it stood. `undefined`: the bundle alone has such a place.
 */
export function writtenPlace(
  sources: readonly SourceFile[],
  models: Iterable<Model>,
  pointer: string,
): Origin | undefined {
  const [entry] = sources;
  if (entry === undefined) return undefined;
  const keys = pointerKeys(pointer);
  const start: Place = { file: entry, node: entry.json, pointer: "" };
  const found = follow(start, keys, sources);
  if (found.depth >= Math.min(keys.length, LEAST_KEYS)) return originOf(found);
  // A schema that has come into the bundle from a file of its own, under its title.
  const [section, kind, name, ...rest] = keys;
  if (section !== "components" || kind !== "schemas") return undefined;
  for (const { title, schema } of models) {
    if (title !== name) continue;
    const { file: path, pointer: at } = schema.origin;
    const file = sources.find((each) => each.path === path);
    const node = file && nodeAt(file.json, at);
    if (file === undefined || node === undefined) continue;
    return originOf(follow({ file, node, pointer: at }, rest, sources));
  }
  return undefined;
}

function originOf({ file, pointer }: Place): Origin {
  return { file: file.path, pointer };
}

function follow(
  start: Place,
  keys: readonly string[],
  sources: readonly SourceFile[],
): Place & { depth: number } {
  let place = start;
  let depth = 0;
  for (const key of keys) {
    place = behindReferences(place, sources);
    const node = childOf(place.node, key);
    if (node === undefined) break;
    place = { ...place, node, pointer: childPointer(place.pointer, key) };
    depth++;
  }
  return { ...place, depth };
}

function behindReferences(start: Place, sources: readonly SourceFile[]): Place {
  let place = start;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (!isObject(place.node)) return place;
    const reference = textMember(place.node, "$ref");
    if (reference === undefined) return place;
    const [path = "", fragment = ""] = reference.split("#").map(percentDecoded);
    const name =
      path === ""
        ? place.file.path
        : posix.join(posix.dirname(place.file.path), path);
    const file = sources.find((each) => each.path === name);
    const node = file && nodeAt(file.json, fragment);
    if (file === undefined || node === undefined) return place;
    place = { file, node, pointer: fragment };
  }
  return place;
}
