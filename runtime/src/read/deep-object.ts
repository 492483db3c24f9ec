/** Room `read`: `deepObject` parameters, `filter[a][b]=1`, without more structure than the request spells out. */
import type { Shape, TextFields, TextValue } from "../contract/raw-request.js";
import { isUnion, lone } from "./coerce.js";
import { setOwn } from "./own-data.js";

/** Deeper brackets are refused. */
const MAX_DEPTH = 16;

type Node = { [key: string]: Node | string[] };

/** Collects the pairs of one parameter; each member becomes text, a list of texts, or an object of such. */
export function createDeepObject(shape: Shape | undefined): {
  /**
   * False when `brackets` (what follows the name) is no well-formed `[a][b]`, leads where `shape` has nothing, or
   * contradicts an earlier pair. Without brackets it is a scalar or a list, where the schema has one.
   */
  add(brackets: string, value: string): boolean;
  /** `undefined` when nothing was added. */
  finish(): TextValue | undefined;
} {
  const root: Node = {};
  const texts: string[] = [];
  let members = 0;
  return {
    add(brackets, value) {
      if (brackets === "") {
        texts.push(value);
        return shape !== undefined && admitsText(shape) && members === 0;
      }
      members++;
      const keys = keysOf(brackets);
      if (keys === undefined || texts.length > 0) return false;
      if (shape !== undefined && !admits(shape, keys, 0)) return false;
      return place(root, keys, value);
    },
    finish() {
      if (texts.length > 0) return lone(texts);
      if (members === 0) return undefined;
      const fields = finish(root);
      // `color[]=blue` is a list, where the schema has one.
      return Object.hasOwn(fields, "") ? fields[""] : fields;
    },
  };
}

/** Indexes beyond this are none: a list of a request is never longer than the pairs that it may have. */
const INDEX = /^\d{1,4}$/;

/** Whether the schema declares what the keys lead to. A member without a schema is one text, with nothing below it. */
function admits(
  shape: Shape | undefined,
  keys: readonly string[],
  at: number,
): boolean {
  const key = keys[at];
  if (key === undefined) return true;
  if (shape === undefined || typeof shape === "string") return false;
  if (isUnion(shape)) return shape.some((each) => admits(each, keys, at));
  if ("items" in shape) {
    if (key !== "" && !INDEX.test(key)) return false;
    const own = key === "" ? undefined : shape.prefix?.[Number(key)];
    return admits(own ?? shape.items, keys, at + 1);
  }
  if (key === "") return false;
  const own = Object.hasOwn(shape.fields, key) ? shape.fields[key] : shape.rest;
  return admits(own, keys, at + 1);
}

/** Whether a name without brackets is one of the ways to write the value: a scalar or a list. */
function admitsText(shape: Shape): boolean {
  if (typeof shape === "string") return true;
  return isUnion(shape) ? shape.some(admitsText) : "items" in shape;
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
    setOwn(
      fields,
      key,
      Array.isArray(value) ? (lone(value) ?? "") : finish(value),
    );
  }
  return fields;
}
