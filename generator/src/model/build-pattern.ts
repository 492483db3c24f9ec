/** Room `model`: a regular expression of the document, with the flags that it is valid with. */
import { isUnsafePattern } from "../lint/unsafe-pattern.js";
import type { Pattern } from "./schema.js";

/**
 * JSON Schema wants the `u` flag (2020-12 core, section 6.4); many documents hold escapes such as `\-` that are only
 * valid without it, and mean the same there. Undefined for what is no regular expression: the linter has said so.
 */
export function buildPattern(source: string): Pattern | undefined {
  for (const flags of ["u", ""] as const) {
    if (!compiles(source, flags)) continue;
    const pattern: Pattern = { source, flags };
    if (isUnsafePattern(source)) pattern.unsafe = true;
    return pattern;
  }
  return undefined;
}

function compiles(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}
