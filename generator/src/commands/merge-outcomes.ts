/** Room `commands`: one outcome of a run over several targets. */
import type { Outcome } from "./outcome.js";

export function mergeOutcomes(outcomes: readonly Outcome[]): Outcome {
  const merged: Outcome = {
    exit: 0,
    diagnostics: [],
    sources: [],
    files: [],
    timings: {},
    summary: [],
  };
  for (const each of outcomes) {
    if (each.exit > merged.exit) merged.exit = each.exit;
    merged.diagnostics.push(...each.diagnostics);
    merged.sources.push(...each.sources);
    merged.files.push(...each.files);
    merged.summary.push(...each.summary);
    for (const [stage, ms] of Object.entries(each.timings)) {
      merged.timings[stage] = (merged.timings[stage] ?? 0) + ms;
    }
  }
  return merged;
}
