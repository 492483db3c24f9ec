/** Room `load`: where members stand in JSON text: one scan for all pointers that are asked for. */
import { scanJson } from "./json-scanner.js";
import { childPointer, pointerKeys } from "./pointer.js";
import type { MemberPlace, TextRange } from "./positions.js";

/** The wanted pointers as a tree, so that the scan can skip everything else. */
interface Wanted {
  pointer: string;
  children: Map<string, Wanted>;
}

interface Level {
  /** `undefined`: nothing below is wanted. */
  wanted: Wanted | undefined;
  isObject: boolean;
  index: number;
  /** The member that is being read. */
  key?: TextRange;
  child: Wanted | undefined;
  start: number;
}

/** `undefined`: the text is not JSON. Ancestors of the pointers are in the answer too. */
export function jsonPlaces(
  text: string,
  pointers: Iterable<string>,
): Map<string, MemberPlace> | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const root = wantedTree(pointers);
  const places = new Map<string, MemberPlace>();
  const levels: Level[] = [];

  const begin = (): { wanted: Wanted | undefined; key?: TextRange } => {
    const top = levels[levels.length - 1];
    if (top === undefined) return { wanted: root };
    if (!top.isObject) {
      top.child = top.wanted?.children.get(String(top.index++));
      return { wanted: top.child };
    }
    return {
      wanted: top.child,
      ...(top.key === undefined ? {} : { key: top.key }),
    };
  };
  const note = (
    wanted: Wanted | undefined,
    key: TextRange | undefined,
    value: TextRange,
  ): void => {
    if (wanted === undefined) return;
    places.set(wanted.pointer, {
      value,
      ...(key === undefined ? {} : { key }),
    });
  };

  const fault = scanJson(text, {
    open(offset, isObject) {
      const { wanted, key } = begin();
      // The end is not known yet: a collection is shown by its first character.
      note(wanted, key, { start: offset, end: offset + 1 });
      levels.push({
        wanted,
        isObject,
        index: 0,
        child: undefined,
        start: offset,
      });
    },
    close() {
      levels.pop();
    },
    key(start, end) {
      const top = levels[levels.length - 1];
      if (top?.wanted === undefined) return;
      top.child = top.wanted.children.get(keyText(text, start, end));
      top.key = { start, end };
    },
    scalar(start, end) {
      const { wanted, key } = begin();
      note(wanted, key, { start, end });
    },
  });
  return fault === undefined ? places : undefined;
}

function wantedTree(pointers: Iterable<string>): Wanted {
  const root: Wanted = { pointer: "", children: new Map() };
  for (const pointer of pointers) {
    let at = root;
    for (const key of pointerKeys(pointer)) {
      let child = at.children.get(key);
      if (child === undefined) {
        child = { pointer: childPointer(at.pointer, key), children: new Map() };
        at.children.set(key, child);
      }
      at = child;
    }
  }
  return root;
}

function keyText(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(text.slice(start, end)));
  } catch {
    return raw;
  }
}
