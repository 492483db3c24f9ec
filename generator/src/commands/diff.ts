/** Room `commands`: `kontract diff`: what changed between two versions of an API, for those who call it. */
import { resolve } from "node:path";
import { compareApis } from "../diff/compare-apis.js";
import { isAtLeast } from "../diff/severity.js";
import type { Change, Severity } from "../diff/change.js";
import { readResources } from "./config.js";
import { addToChangelog } from "./changelog.js";
import { diffJson } from "./diff-json.js";
import { diffMarkdown } from "./diff-markdown.js";
import { diffText } from "./diff-text.js";
import { loadVersion, placeChanges, type DiffReport } from "./diff-report.js";
import type { GlobalOptions, Outcome } from "./outcome.js";
import { openSide } from "./revision.js";
import { UsageError } from "./usage-error.js";

export interface DiffFlags {
  before: string;
  after: string;
  failOn?: string;
  format?: string;
  changelog?: string;
}

const BOUNDS: Record<string, Severity> = {
  breaking: "breaking",
  warning: "warning",
  any: "info",
};
const FORMATS = ["text", "markdown"];

export async function runDiff(
  flags: DiffFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const bound = BOUNDS[flags.failOn ?? "breaking"];
  if (
    bound === undefined ||
    !Object.hasOwn(BOUNDS, flags.failOn ?? "breaking")
  ) {
    throw new UsageError("`--fail-on` is `breaking`, `warning` or `any`");
  }
  const format = flags.format ?? "text";
  if (!FORMATS.includes(format)) {
    throw new UsageError(
      "`--format` of `diff` is `text` or `markdown`; `--json` prints an object",
    );
  }
  const { cwd } = globals;
  const sides = {
    before: await openSide(flags.before, flags.after, cwd),
    after: await openSide(flags.after, flags.before, cwd),
  };
  const resources = await readResources(globals);
  const before = await loadVersion(sides.before, globals, resources);
  const after = await loadVersion(sides.after, globals, resources);
  const outcome: Outcome = {
    exit: 0,
    diagnostics: [...before.diagnostics, ...after.diagnostics],
    sources: [...before.sources, ...after.sources],
    files: [],
    timings: {},
    summary: [],
  };
  if (!before.version || !after.version) return { ...outcome, exit: 3 };
  outcome.diagnostics = [];

  const start = performance.now();
  const now = Date.now();
  const changes = compareApis(before.version.api, after.version.api, { now });
  outcome.timings["diff"] = performance.now() - start;
  const report: DiffReport = {
    names: { before: sides.before.name, after: sides.after.name },
    versions: { before: before.version, after: after.version },
    changes: placeChanges(changes, {
      before: before.version,
      after: after.version,
    }),
  };
  if (changes.some(({ severity }) => isAtLeast(severity, bound)))
    outcome.exit = 1;
  outcome.more = diffJson(report);
  outcome.data =
    format === "markdown" ? diffMarkdown(report) : diffText(report);
  if (flags.changelog !== undefined) {
    const path = resolve(cwd, flags.changelog);
    const status = addToChangelog(path, report);
    outcome.files.push({ path: flags.changelog, status });
  }
  outcome.summary.push(countChanges(changes));
  return outcome;
}

export function countChanges(
  changes: readonly Pick<Change, "severity">[],
): string {
  const count = (severity: Severity) =>
    changes.filter((each) => each.severity === severity).length;
  return changes.length === 0
    ? "nothing has changed for clients"
    : `${count("breaking")} breaking, ${count("warning")} warnings, ${count("info")} other changes`;
}
