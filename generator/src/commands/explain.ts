/** Room `commands`: `kontract explain CODE`. */
import { explain } from "../lint/explain.js";
import type { Outcome } from "./outcome.js";
import { UsageError } from "./usage-error.js";

export function runExplain(text: string): Outcome {
  const code = text.trim().toUpperCase();
  const found = explain(code);
  if (found === undefined) {
    throw new UsageError(
      `\`${text}\` is not the code of a finding; codes look like KT2003`,
    );
  }
  return {
    exit: 0,
    diagnostics: [],
    sources: [],
    files: [],
    timings: {},
    summary: [],
    data: `${code}: ${found.title}\n\n${found.help}\n`,
    more: { explanation: found },
  };
}
