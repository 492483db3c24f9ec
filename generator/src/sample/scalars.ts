/** Room `sample`: texts and numbers that some facets allow, the plainest first. */
import type { NumberFacet, StringFacet } from "../model/schema.js";
import { textsOf } from "./formats.js";
import { isNumber, isText } from "./holds.js";
import { patternTexts } from "./pattern-text.js";

const WORDS = ["text", "string", "value", "a", "Abc", "sample text"];
/** For patterns that ask for several kinds of characters at once. */
const MIXED = ["Aa1!", "Aa1-", "aA1_", "A1", "a1", "1a", "0", "00"];
/** Longer ones are not made. */
const LONGEST = 2_000_000;
/** Texts that are looked at before it is said that there is none. */
const TRIES = 200;

export function* texts(facets: readonly StringFacet[]): Generator<string> {
  const given = new Set<string>();
  let tries = 0;
  for (const text of proposals(facets)) {
    if (++tries > TRIES * (1 + facets.length)) return;
    if (given.has(text)) continue;
    given.add(text);
    if (facets.every((facet) => isText(facet, text))) yield text;
  }
}

function* proposals(facets: readonly StringFacet[]): Generator<string> {
  const min = Math.max(0, ...facets.map((facet) => facet.min ?? 0));
  const max = Math.min(...facets.map((facet) => facet.max ?? Infinity));
  if (min > LONGEST || min > max) return;
  const fit = (text: string): string =>
    [...text.padEnd(min, text === "" ? "a" : text)].slice(0, max).join("");
  for (const { format, content } of facets) {
    if (format !== undefined) {
      for (const text of textsOf(format)) yield text;
      for (const text of textsOf(format)) yield lengthen(text, min, format);
    }
    if (content === "base64") yield "c2FtcGxl";
  }
  const patterns = facets.flatMap((facet) => facet.patterns);
  for (const { source, flags } of patterns) {
    for (const text of patternTexts(source, flags)) {
      yield text;
      if (text.length < min) yield text.padEnd(min, text || "a");
    }
  }
  if (patterns.length > 0) {
    for (const text of MIXED) {
      for (const length of [min, min + 4, 8, 12, 16]) {
        yield text.padEnd(length, text).slice(0, max);
      }
    }
  }
  for (const word of WORDS) yield fit(word);
  for (let at = 1; at < TRIES; at++) {
    const end = String(at);
    yield fit(`text${end}`);
    if (max < 8) yield fit(end);
    // numbered at the end, where there is room for it
    yield `${"a".repeat(Math.max(0, min - end.length))}${end}`;
  }
}

/** A longer text of some formats. */
function lengthen(text: string, min: number, format: string): string {
  const missing = Math.max(0, min - text.length);
  if (format === "byte") return "QUFB".repeat(Math.ceil(min / 4));
  if (format === "email") return `${"a".repeat(missing)}${text}`;
  return `${text}${"a".repeat(missing)}`;
}

export function* numbers(
  facets: readonly NumberFacet[],
  isWhole: boolean,
): Generator<number> {
  const given = new Set<number>();
  for (const number of numberProposals(facets)) {
    const value = Object.is(number, -0) ? 0 : number;
    if (given.has(value) || !Number.isFinite(value)) continue;
    given.add(value);
    if (isWhole && !Number.isInteger(value)) continue;
    if (facets.every((facet) => isNumber(facet, value))) yield value;
  }
}

function* numberProposals(facets: readonly NumberFacet[]): Generator<number> {
  const low = Math.max(
    ...facets.map(({ min = -Infinity, exclusiveMin = -Infinity }) =>
      Math.max(min, exclusiveMin),
    ),
  );
  const high = Math.min(
    ...facets.map(({ max = Infinity, exclusiveMax = Infinity }) =>
      Math.min(max, exclusiveMax),
    ),
  );
  const divisors = facets.flatMap((facet) => facet.multipleOf ?? []);
  yield 1;
  for (const step of divisors) {
    const first = low === -Infinity ? 1 : Math.ceil(low / step);
    for (let at = first; at < first + 300; at++) {
      // in decimal, as the document has it
      yield Number((at * step).toPrecision(15));
    }
    if (high !== Infinity) {
      const last = Math.floor(high / step);
      for (let at = last; at > last - 50; at--) {
        yield Number((at * step).toPrecision(15));
      }
    }
  }
  yield* [low, Math.ceil(low), low + 1, Math.floor(low) + 1];
  yield* [high, Math.floor(high), high - 1, Math.ceil(high) - 1];
  yield* [0, 10, 100, 0.5, -1, (low + high) / 2];
  const from = low === -Infinity ? (high === Infinity ? 2 : high - 300) : low;
  for (let at = 0; at < 300; at++) yield Math.ceil(from) + at;
}
