/** Room `load`: where external parts stand in the bundle, and under which names. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Json, JsonObject, NodeKind, Target } from "./document.js";
import type { Graph } from "./graph.js";
import { isObject, member } from "./member.js";
import { childPointer, pointerKeys } from "./pointer.js";
import type { Reference } from "./reference.js";

const SECTIONS: ReadonlyMap<NodeKind, string> = new Map([
  ["schema", "schemas"],
  ["response", "responses"],
  ["parameter", "parameters"],
  ["example", "examples"],
  ["requestBody", "requestBodies"],
  ["header", "headers"],
  ["securityScheme", "securitySchemes"],
  ["link", "links"],
  ["callback", "callbacks"],
]);

export interface BundlePlaces {
  /** The pointer of a target in the bundle; `undefined`: it has no place yet. */
  homeOf(target: Target): string | undefined;
  /** A component for a target that has no place; `undefined`: there are no components of its kind. */
  claim(
    target: Target,
    kind: NodeKind,
  ): { section: string; name: string } | undefined;
}

export function bundlePlaces(
  graph: Graph,
  root: JsonObject,
  references: ReadonlyMap<object, Reference>,
): BundlePlaces {
  const homes = new Map<Json | string, string>();
  const taken = new Map<string, Set<string>>();
  const components = member(root, "components");
  for (const section of new Set(SECTIONS.values())) {
    const map = isObject(components) ? member(components, section) : undefined;
    const names = isObject(map) ? Object.keys(map) : [];
    taken.set(section, new Set(names));
    if (!isObject(map)) continue;
    for (const name of names) {
      const pointer = childPointer(`/components/${section}`, name);
      const node = map[name];
      if (!isObject(node)) continue;
      if (!homes.has(node)) homes.set(node, pointer);
      // `Pet: { $ref: ./pet.yaml }`: the file is written out here.
      const target = references.has(node) ? graph.targets.get(node) : undefined;
      if (target === undefined || isInEntry(graph, target)) continue;
      const key = keyOf(target);
      if (!homes.has(key)) homes.set(key, pointer);
    }
  }

  return {
    homeOf(target) {
      const known = homes.get(keyOf(target));
      if (known !== undefined) return known;
      return isInEntry(graph, target) ? target.origin.pointer : undefined;
    },
    claim(target, kind) {
      const section = SECTIONS.get(kind);
      const names = section === undefined ? undefined : taken.get(section);
      if (section === undefined || names === undefined) return undefined;
      const plain = plainName(target);
      let name = plain;
      for (let length = 4; names.has(name); length++) {
        name = `${plain}_${hashOf(graph, target).slice(0, length)}`;
      }
      names.add(name);
      homes.set(keyOf(target), childPointer(`/components/${section}`, name));
      return { section, name };
    },
  };
}

/** Objects by identity: all spellings of a reference lead to the same one. */
function keyOf({ node, origin }: Target): Json | string {
  return isObject(node) ? node : `${origin.file}#${origin.pointer}`;
}

function isInEntry(graph: Graph, target: Target): boolean {
  return target.origin.file === graph.entry.source.path;
}

/** The last key of the pointer, else the file without its extension, in the characters that component names may have. */
function plainName({ origin }: Target): string {
  const last = pointerKeys(origin.pointer).at(-1);
  const file = posix.basename(origin.file).replace(/(?<=.)\.[^.]*$/, "");
  const name = last === undefined || /^\d+$/.test(last) ? file : last;
  const legal = name.replace(/[^\w.-]+/g, "_");
  return legal === "" ? "_" : legal;
}

/** Of the original name, relative to the entry: an unrelated addition renames nothing. */
function hashOf(graph: Graph, { origin }: Target): string {
  const folder = posix.dirname(graph.entry.source.path);
  const name = `${posix.relative(folder, origin.file)}#${origin.pointer}`;
  const digest = createHash("sha256").update(name).digest();
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return [...digest].map((byte) => letters[byte % 32]).join("");
}
