/** Room `commands`: `kontract explain CODE`. */
import { explain } from "../lint/explain.js";
import type { Outcome } from "./outcome.js";
import { UsageError } from "./usage-error.js";

export function runExplain(text: string): Outcome {
  const found = explain(text);
  if (found === undefined) {
    throw new UsageError(
      `\`${text}\` is not the code of a finding; codes look like KT2003`,
    );
  }
  const { code, title, explanation, help, example } = found;
  const parts = [`${code}: ${title}`, explanation, help];
  if (example !== undefined) {
    parts.push(
      ["Example:", ...example.split("\n").map((line) => `  ${line}`)].join(
        "\n",
      ),
    );
  }
  return {
    exit: 0,
    diagnostics: [],
    sources: [],
    files: [],
    timings: {},
    data: `${parts.join("\n\n")}\n`,
    summary: [],
    more: { explanation: found },
  };
}
