/** Room `lint`: findings in the order in which they are shown, each once. */
import type { Diagnostic } from "./diagnostic.js";
import { type Position, positionsOf } from "../load/positions.js";
import type { SourceFile } from "../load/document.js";

export interface Placed {
  diagnostic: Diagnostic;
  /** Absent when the text is not at hand. */
  position?: Position;
}

/** By file (the entry first, then as they were reached) and line. Two stages may notice the same thing: one of them is enough. */
export function orderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): Placed[] {
  const once = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { code, origin } = each;
    const key = [
      code,
      origin.file,
      origin.pointer,
      origin.line,
      origin.column,
      // Whole-file findings may differ in their text alone.
      origin.pointer === "" ? each.message : "",
    ].join("\n");
    if (!once.has(key)) once.set(key, each);
  }
  const list = [...once.values()];
  const positions = positionsOf(
    sources,
    list.map(({ origin }) => origin),
  );
  const ranks = new Map(sources.map(({ path }, index) => [path, index]));
  return list
    .map((diagnostic, index): Placed => {
      const position = positions[index];
      return { diagnostic, ...(position === undefined ? {} : { position }) };
    })
    .sort(
      (a, b) =>
        rankOf(a, ranks) - rankOf(b, ranks) ||
        compareText(a.diagnostic.origin.file, b.diagnostic.origin.file) ||
        (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
        (a.position?.column ?? 0) - (b.position?.column ?? 0),
    );
}

function rankOf(
  { diagnostic }: Placed,
  ranks: ReadonlyMap<string, number>,
): number {
  return ranks.get(diagnostic.origin.file) ?? ranks.size;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
