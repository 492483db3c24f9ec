/** Room `commands`: findings as workflow commands of GitHub Actions, which shows them beside the lines of a change. */
import { orderDiagnostics } from "../lint/order.js";
import type { Outcome } from "./outcome.js";
import { pathBelow, type SourceRoot } from "./source-path.js";

/** One line a finding, errors first: a step shows ten of a kind only. */
export function annotations(
  { diagnostics, sources }: Pick<Outcome, "diagnostics" | "sources">,
  root: SourceRoot,
): string {
  const placed = orderDiagnostics(diagnostics, sources);
  const lines = placed.map(({ diagnostic, position }) => {
    const { severity, code, message, help, origin } = diagnostic;
    const properties = [
      ["file", pathBelow(origin.file, root) ?? origin.file],
      ["line", position?.line],
      ["col", position?.column],
      ["endColumn", position && position.column + position.length],
      ["title", code],
    ] as const;
    const shown = properties
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    const text = help === undefined ? message : `${message}\n${help}`;
    return {
      severity,
      line: `::${severity} ${shown.join(",")}::${escape(text)}\n`,
    };
  });
  return [
    ...lines.filter(({ severity }) => severity === "error"),
    ...lines.filter(({ severity }) => severity === "warning"),
  ]
    .map(({ line }) => line)
    .join("");
}

/** A text of a document can neither end the command nor begin another one. */
function escape(text: string): string {
  return text
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escape(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
