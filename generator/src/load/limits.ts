/** Room `load`: how deep and how large a document may be, aliases counted as if they were written out. */
import type { Json } from "./document.js";

/** Levels of objects and arrays. Everything after the loader may recurse over a document because of this limit. */
export const MAX_DEPTH = 512;

/** Nodes of a YAML file with its aliases written out. */
export const MAX_EXPANDED_NODES = 1_000_000;

export type Excess = "depth" | "size" | "cycle";

interface Frame {
  node: Json[] | { [key: string]: Json };
  children: Json[];
  next: number;
  size: number;
  height: number;
}

/** Measures each shared node once, so that the work is bounded by the text and not by its expansion. */
export function excessOf(root: Json): Excess | undefined {
  if (typeof root !== "object" || root === null) return undefined;
  const done = new Map<object, { size: number; height: number }>();
  const open = new Set<object>();
  const stack: Frame[] = [frameOf(root)];
  open.add(root);
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    if (frame === undefined) break;
    const child = frame.children[frame.next++];
    if (child === undefined) {
      stack.pop();
      open.delete(frame.node);
      done.set(frame.node, { size: frame.size, height: frame.height });
      const parent = stack[stack.length - 1];
      if (parent !== undefined) add(parent, frame.size, frame.height);
      if (frame.size > MAX_EXPANDED_NODES) return "size";
      if (frame.height > MAX_DEPTH) return "depth";
      continue;
    }
    if (typeof child !== "object" || child === null) {
      frame.size++;
      continue;
    }
    if (open.has(child)) return "cycle";
    const known = done.get(child);
    if (known !== undefined) {
      add(frame, known.size, known.height);
      continue;
    }
    open.add(child);
    stack.push(frameOf(child));
  }
  return undefined;
}

function add(frame: Frame, size: number, height: number): void {
  frame.size += size;
  frame.height = Math.max(frame.height, height + 1);
}

function frameOf(node: Frame["node"]): Frame {
  const children = Array.isArray(node) ? node : Object.values(node);
  return { node, children, next: 0, size: 1, height: 1 };
}
