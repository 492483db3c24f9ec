/** Room `examples`: a verdict as a finding at the value. */
import { below } from "../lint/below.js";
import type { Diagnostics } from "../lint/diagnostic.js";
import { shorten } from "../lint/shorten.js";
import { pointerOf } from "../load/pointer.js";
import type { Asked } from "./asked.js";
import type { Verdict } from "./judge.js";

export function tellFault(
  diagnostics: Diagnostics,
  { code, origin, what }: Asked,
  verdict: Verdict,
): void {
  if (verdict === undefined) return;
  if (verdict === "unknown") {
    diagnostics.warning(
      code,
      origin,
      `${what} was not held against its schema, whose references lead on in too many ways`,
      { help: "make the schemas refer to each other less" },
    );
    return;
  }
  const { path } = verdict;
  const where =
    path.length === 0 ? "it" : `\`${shorten(pointerOf(path.map(String)))}\``;
  const message = `${what} does not fit its schema: ${where} ${shorten(verdict.what)}`;
  diagnostics.warning(code, below(origin, ...path), message, {
    help: `correct ${what} or the schema`,
  });
}
