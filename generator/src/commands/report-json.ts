/** Room `commands`: the one object that `--json` prints. */
import { positionsOf } from "../load/positions.js";
import { kontractVersion } from "../version.js";
import type { Outcome } from "./outcome.js";

export function reportJson(outcome: Outcome): string {
  const { diagnostics, sources, files, timings, more = {} } = outcome;
  const positions = positionsOf(
    sources,
    diagnostics.map((each) => each.origin),
  );
  const report = {
    version: kontractVersion(),
    ok: outcome.exit === 0,
    diagnostics: diagnostics.map(
      ({ code, severity, message, help, origin }, index) => ({
        code,
        severity,
        message,
        file: origin.file,
        line: positions[index]?.line,
        column: positions[index]?.column,
        pointer: origin.pointer,
        help,
      }),
    ),
    files,
    timings: Object.fromEntries(
      Object.entries(timings).map(([stage, ms]) => [
        stage,
        Math.round(ms * 10) / 10,
      ]),
    ),
    ...more,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
