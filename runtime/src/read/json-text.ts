/** Room `read`: parameters whose text is JSON (`content` in the document). */
import type { Issues } from "../contract/issues.js";

/** The parsed value; text that is no JSON is reported at `at` and left as it is. */
export function jsonText(
  text: string | undefined,
  at: string,
  issues: Issues,
): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    issues.add(at, "json");
    return undefined;
  }
}
