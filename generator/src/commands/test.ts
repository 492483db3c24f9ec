/** Room `commands`: `kontract test`: whether a running server keeps to the document. */
import { exitCodeOf } from "./exit-code.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets } from "./targets.js";
import { UsageError } from "./usage-error.js";

export interface TestFlags extends TargetFlags {
  url?: string;
  seed?: string;
  requests?: string;
}

/** Valid requests of each operation. */
const ROUNDS = 5;
/** Faulty requests of each operation for each valid one. */
const FAULTS = 4;

export async function runTest(
  flags: TestFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const { url } = flags;
  if (url === undefined || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(
      "the server is missing: `kontract test openapi.yaml --url http://localhost:3000`",
    );
  }
  const [seed, rounds] = [
    wholeNumber("seed", flags.seed, 1),
    wholeNumber("requests", flags.requests, ROUNDS),
  ];
  const [target, another] = await resolveTargets(flags, globals);
  if (target === undefined || another !== undefined) {
    throw new UsageError(
      "the config has several targets: name the document that shall be tested",
    );
  }
  const { generate } = await import("../generate.js");
  const generated = await generate(target.spec, target.options);
  const { diagnostics, sources, timings, layout } = generated;
  const outcome: Outcome = {
    exit: exitCodeOf(diagnostics),
    diagnostics,
    sources,
    files: [],
    timings,
    summary: [],
  };
  if (outcome.exit !== 0 || layout === undefined) return outcome;
  const { probe } = await import("../live/run-probe.js");
  const faults = rounds * FAULTS;
  const report = await probe(layout, { url, seed, rounds, faults });
  const { findings, requests, skipped } = report;
  const lines = findings.map(
    ({ operation, message, curl }) => `${operation}: ${message}\n  ${curl}\n`,
  );
  return {
    ...outcome,
    // they are the business of `lint`
    diagnostics: [],
    exit: findings.length > 0 ? 1 : 0,
    data: lines.join(""),
    summary: [
      ...(skipped.length > 0
        ? [`no valid request could be made of: ${skipped.join(", ")}`]
        : []),
      `${requests} requests, ${findings.length} findings (seed ${seed})`,
    ],
    more: { requests, findings, skipped, seed },
  };
}

function wholeNumber(
  flag: string,
  text: string | undefined,
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`\`--${flag} ${text}\` is no number`);
  }
  return Number(text);
}
