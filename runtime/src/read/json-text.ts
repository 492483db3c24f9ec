/** Room `read`: parameters whose text is JSON (`content` in the document). */
import type { Issues } from "../contract/issues.js";

/** Nesting of a JSON parameter; deeper is refused, so that no check has to follow it. */
const MAX_DEPTH = 64;

/** The parsed value; text that is no JSON, or JSON that is nested too deep or has a number out of range, is reported at `at`. */
export function jsonText(
  text: string | undefined,
  at: string,
  issues: Issues,
): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isBounded(value, MAX_DEPTH)) return value;
  } catch {
    // Reported below, as what is out of bounds.
  }
  issues.add(at, "json");
  return undefined;
}

function isBounded(value: unknown, left: number): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return (
    left > 0 && Object.values(value).every((each) => isBounded(each, left - 1))
  );
}
