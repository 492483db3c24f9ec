/** Room `load`: numbers beyond all doubles become the largest one: JSON, and code, have no infinity. */
import type { Json } from "./document.js";

export function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** What a JSON text needs to hold one: a large exponent, or very many digits. */
const SUSPECT = /[eE]\+?\d{3}|\d{309}/;

/** Changes the value in place. */
export function makeFinite(root: Json, text: string): void {
  if (!SUSPECT.test(text)) return;
  const open: Json[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    for (const [key, each] of Object.entries(node)) {
      if (typeof each !== "number") open.push(each);
      else if (!Number.isFinite(each)) {
        Object.defineProperty(node, key, { value: finite(each) });
      }
    }
  }
}
