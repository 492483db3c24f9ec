/** Room `commands`: `kontract check`: writes nothing, and says what `generate` would change and why. */
import { exitCodeOf } from "./exit-code.js";
import { checkHandlers } from "./check-handlers.js";
import { checkOutput } from "./check-output.js";
import { type Drift, driftJson, driftSummary } from "./drift.js";
import { mergeOutcomes } from "./merge-outcomes.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets, type Target } from "./targets.js";

export async function runCheck(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const drift: Drift[] = [];
  for (const target of await resolveTargets(flags, globals)) {
    outcomes.push(await check(target, globals, drift));
  }
  const merged = mergeOutcomes(outcomes);
  merged.summary.push(
    ...(merged.exit === 0 ? ["everything is up to date"] : driftSummary(drift)),
  );
  merged.more = { drift: driftJson(drift, merged.sources) };
  return merged;
}

async function check(
  target: Target,
  { cwd }: GlobalOptions,
  drift: Drift[],
): Promise<Outcome> {
  const { generate } = await import("../generate.js");
  const generated = await generate(target.spec, target.options);
  const { diagnostics, sources, timings } = generated;
  const outcome: Outcome = {
    exit: exitCodeOf(diagnostics),
    diagnostics,
    sources,
    files: [],
    timings,
    summary: [],
  };
  if (outcome.exit !== 0) return outcome;
  const start = performance.now();
  checkOutput(target, generated, cwd, outcome, drift);
  timings["compare"] = performance.now() - start;
  if (target.handlers !== false) {
    const from = performance.now();
    await checkHandlers(
      target,
      target.handlers,
      generated,
      cwd,
      outcome,
      drift,
    );
    timings["scaffold"] = performance.now() - from;
  }
  outcome.exit = exitCodeOf(outcome.diagnostics);
  return outcome;
}
