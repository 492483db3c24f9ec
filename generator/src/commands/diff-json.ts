/** Room `commands`: changes as members of the object that `--json` prints. */
import type { DiffReport } from "./diff-report.js";

export function diffJson({
  names,
  versions,
  changes,
}: DiffReport): Record<string, unknown> {
  const count = (severity: string) =>
    changes.filter((each) => each.severity === severity).length;
  return {
    before: { name: names.before, version: versions.before.api.version },
    after: { name: names.after, version: versions.after.api.version },
    counts: {
      breaking: count("breaking"),
      warning: count("warning"),
      info: count("info"),
    },
    changes,
  };
}
