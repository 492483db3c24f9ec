/** Room `commands`: `kontract lint`: everything that `generate` would say about the document, and what is a matter of style. */
import { generate } from "../generate.js";
import { exitCodeOf } from "./exit-code.js";
import { reportedFeatures, reportText } from "./feature-report.js";
import { mergeOutcomes } from "./merge-outcomes.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets } from "./targets.js";

/** `withReport`: also what the document uses, and what becomes of it. */
export async function runLint(
  flags: TargetFlags,
  globals: GlobalOptions,
  withReport: boolean,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const reports: object[] = [];
  let text = "";
  for (const { spec, options } of await resolveTargets(flags, globals)) {
    // The emitters have their say, too: what is typed only, what cannot be enforced.
    const { diagnostics, sources, timings, report } = await generate(
      spec,
      options,
      { style: true, report: withReport },
    );
    if (report) {
      const file = sources[0]?.path ?? spec;
      const features = reportedFeatures(report, sources);
      reports.push({ file, openapi: report.openapi, features });
      text += reportText(file, report.openapi, features);
    }
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
  if (withReport) {
    merged.data = text;
    merged.more = { report: reports };
  }
  return merged;
}
