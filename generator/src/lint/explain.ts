/** Room `lint`: a code explained. */
import { CATALOGUE } from "./catalogue.js";
import type { CatalogueEntry } from "./catalogue/entry.js";

export interface Explanation extends CatalogueEntry {
  code: string;
}

/** `undefined`: there is no such code. Case does not matter. */
export function explain(code: string): Explanation | undefined {
  const known = code.trim().toUpperCase();
  const entry = CATALOGUE.get(known);
  return entry === undefined ? undefined : { code: known, ...entry };
}
