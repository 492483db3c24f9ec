/** Room `commands`: `kontract explain CODE | "GET /books/1"`. */
import { explain } from "../lint/explain.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { UsageError } from "./usage-error.js";

export async function runExplain(
  text: string,
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const found = explain(text);
  if (found === undefined) {
    if (/^KT\w*$/i.test(text.trim())) {
      throw new UsageError(
        `\`${text}\` is not the code of a finding; codes look like KT2003`,
      );
    }
    const { explainRequest } = await import("./explain-request.js");
    return explainRequest(text, flags, globals);
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
