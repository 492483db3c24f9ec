/** Room `commands`: `kontract lint`: everything that `generate` would say about the document, and what is a matter of style. */
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
    const { diagnostics, sources, timings } = await generate(spec, options, {
      style: true,
    });
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
  const count = (severity: string) => {
    const { length } = merged.diagnostics.filter(
      (each) => each.severity === severity,
    );
    return `${length} ${severity}${length === 1 ? "" : "s"}`;
  };
  merged.summary.push(`${count("error")}, ${count("warning")}`);
  return merged;
}
