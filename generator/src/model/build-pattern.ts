/** Room `model`: a regular expression of the document, with the flags that it is valid with. */
import { below } from "./below.js";
import { isUnsafePattern } from "./unsafe-pattern.js";
import type { SchemaPlace } from "./schema-place.js";
import type { Pattern } from "./schema.js";

/**
 * JSON Schema wants the `u` flag (2020-12 core, section 6.4); many documents hold escapes such as `\-` that are only
 * valid without it, and mean the same there.
 */
export function buildPattern(
  source: string,
  place: SchemaPlace,
  ...tokens: string[]
): Pattern | undefined {
  for (const flags of ["u", ""] as const) {
    if (!compiles(source, flags)) continue;
    const pattern: Pattern = { source, flags };
    if (isUnsafePattern(source)) pattern.unsafe = true;
    return pattern;
  }
  place.diagnostics.error(
    "KT2202",
    below(place.origin, ...tokens),
    "the pattern is not a regular expression of ECMA-262",
    { help: "correct the pattern or remove it" },
  );
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
