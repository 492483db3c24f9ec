/** Room `read`: `deepObject` parameters, `filter[a][b]=1`, without more structure than the request spells out. */
import type { TextFields, TextValue } from "../contract/raw-request.js";
import { setOwn } from "./own-data.js";

/** Deeper brackets are refused. */
const MAX_DEPTH = 16;

type Node = { [key: string]: Node | string[] };

/** Collects bracketed pairs; each member becomes text, a list of texts, or an object of such. */
export function createDeepObject(): {
  /** False when the name is no well-formed `[a][b]` or contradicts an earlier pair. */
  add(brackets: string, value: string): boolean;
  finish(): TextFields;
} {
  const root: Node = {};
  return {
    add(brackets, value) {
      const keys = keysOf(brackets);
      return keys !== undefined && place(root, keys, value);
    },
    finish: () => finish(root),
  };
}

function keysOf(brackets: string): string[] | undefined {
  if (!brackets.startsWith("[") || !brackets.endsWith("]")) return undefined;
  const keys = brackets.slice(1, -1).split("][", MAX_DEPTH + 1);
  if (keys.length > MAX_DEPTH) return undefined;
  return keys.some((key) => key.includes("[") || key.includes("]"))
    ? undefined
    : keys;
}

/** `a[]=1` is a list member of `a`, as `a=1&a=2` is. */
function place(root: Node, keys: string[], value: string): boolean {
  if (keys.length > 1 && keys.at(-1) === "") keys.pop();
  let node = root;
  for (const [index, key] of keys.entries()) {
    const present = Object.hasOwn(node, key) ? node[key] : undefined;
    if (index === keys.length - 1) {
      if (present === undefined) setOwn(node, key, [value]);
      else if (Array.isArray(present)) present.push(value);
      else return false;
      return true;
    }
    if (present === undefined) {
      const below: Node = {};
      setOwn(node, key, below);
      node = below;
    } else if (Array.isArray(present)) return false;
    else node = present;
  }
  return false;
}

/** No deeper than `MAX_DEPTH`, by construction. */
function finish(node: Node): TextFields {
  const fields: TextFields = {};
  for (const [key, value] of Object.entries(node)) {
    setOwn(fields, key, Array.isArray(value) ? lone(value) : finish(value));
  }
  return fields;
}

function lone(values: readonly string[]): TextValue {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
