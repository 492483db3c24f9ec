/** Room `commands`: `kontract lint`: everything that `generate` would say about the document. */
import { generate } from "../generate.js";
import { exitCodeOf } from "./exit-code.js";
import { mergeOutcomes } from "./merge-outcomes.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets } from "./targets.js";

export async function runLint(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const { spec, options } of await resolveTargets(flags, globals)) {
    // The emitters have their say, too: what is typed only, what cannot be enforced.
    const { diagnostics, sources, timings } = await generate(spec, options);
    outcomes.push({
      exit: exitCodeOf(diagnostics),
      diagnostics,
      sources,
      files: [],
      timings,
      summary: [],
    });
  }
  const merged = mergeOutcomes(outcomes);
  const count = (severity: string) =>
    merged.diagnostics.filter((each) => each.severity === severity).length;
  merged.summary.push(`${count("error")} errors, ${count("warning")} warnings`);
  return merged;
}
