/** Room `lint`: findings at the places where the text stands. */
import type { Document } from "../load/document.js";
import type { Diagnostic } from "./diagnostic.js";

/** Builders count places from the entry; parts that a `$ref` was replaced by stand in files of their own. */
export function atWrittenPlaces(
  found: readonly Diagnostic[],
  { written }: Pick<Document, "written">,
): Diagnostic[] {
  return found.map((each) => ({
    ...each,
    origin: written(each.origin),
    ...(each.related === undefined
      ? {}
      : { related: each.related.map((origin) => written(origin)) }),
  }));
}
