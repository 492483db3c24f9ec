/** Room `commands`: from findings to an exit code. */
import type { Diagnostic } from "../lint/diagnostic.js";
import type { ExitCode } from "./outcome.js";

export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  if (diagnostics.some((each) => each.unusable)) return 3;
  return diagnostics.some((each) => each.severity === "error") ? 1 : 0;
}
