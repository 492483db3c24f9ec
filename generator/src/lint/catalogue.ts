/** Room `lint`: every code that diagnostics have, in one list. A code that is not in here does not exist. */
import { CODE } from "./catalogue/code.js";
import { CONTRACT } from "./catalogue/contract.js";
import type { CatalogueEntry } from "./catalogue/entry.js";
import { POLICIES } from "./catalogue/policies.js";
import { READING } from "./catalogue/reading.js";
import { STYLE } from "./catalogue/style.js";
import { SCHEMAS } from "./catalogue/schemas.js";
import { UNSUPPORTED } from "./catalogue/unsupported.js";

export const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map(
  [READING, CONTRACT, SCHEMAS, POLICIES, UNSUPPORTED, CODE, STYLE].flatMap(
    (part) => Object.entries(part),
  ),
);
