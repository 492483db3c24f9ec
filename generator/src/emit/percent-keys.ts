/** Room `emit`: texts with a percent sign, which openapi-typescript would decode as parts of a URI. */
import type { Json } from "../load/document.js";

export interface PercentFree<T> {
  value: T;
  /** Puts the percent signs back into what was printed. */
  restore(text: string): string;
}

/** Percent signs become a private character that occurs nowhere in the value. */
export function withoutPercent<T>(value: T): PercentFree<T> {
  const text = JSON.stringify(value);
  if (!text.includes("%")) return { value, restore: (printed) => printed };
  const mark = unusedCharacter(text);
  const escape = `\\u${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  return {
    value: JSON.parse(text, (_, each: Json) => marked(each, mark)),
    restore: (printed) => printed.replaceAll(mark, "%").replaceAll(escape, "%"),
  };
}

/** Of the private use area (Unicode 23.5). A document that has all 6400 of them has more to fear. */
function unusedCharacter(text: string): string {
  const lower = text.toLowerCase();
  for (let code = 0xe000; code < 0xf8ff; code++) {
    const char = String.fromCharCode(code);
    if (text.includes(char)) continue;
    if (!lower.includes(code.toString(16))) return char;
  }
  return "\uf8ff";
}

function marked(value: Json, mark: string): Json {
  if (typeof value === "string") return value.replaceAll("%", mark);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key.replaceAll("%", mark),
      // Percent-encoding of what is no percent sign stays.
      key === "$ref" && typeof each === "string"
        ? each
            .replaceAll(`${mark}25`, "%25")
            .replaceAll(mark, "%")
            .replaceAll("%25", mark)
        : each,
    ]),
  );
}
