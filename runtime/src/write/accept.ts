/** Room `write`: content negotiation by `Accept` (RFC 9110 12.5.1). */

interface Range {
  readonly type: string;
  readonly subtype: string;
  /** `name=value`, lower case. */
  readonly parameters: readonly string[];
  readonly quality: number;
}

/** Longer lists are cut: nobody has so many preferences. */
const MAX_RANGES = 64;

/**
 * The declared type that the client likes best, in declared order where it likes several alike;
 * `undefined` when it refuses all. No field, or one without a single well-formed range, accepts everything.
 */
export function negotiate(
  accept: string | undefined,
  declared: readonly string[],
): string | undefined {
  if (accept === undefined || accept === "*/*") return declared[0];
  const ranges = parseAccept(accept);
  if (ranges.length === 0) return declared[0];
  let best: string | undefined;
  let bestQuality = 0;
  for (const type of declared) {
    const quality = qualityOf(type, ranges);
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  return best;
}

function parseAccept(accept: string): Range[] {
  const ranges: Range[] = [];
  for (const element of splitOutsideQuotes(accept, ",")) {
    if (ranges.length === MAX_RANGES) break;
    const range = parseRange(element);
    if (range !== undefined) ranges.push(range);
  }
  return ranges;
}

function parseRange(element: string): Range | undefined {
  const [head = "", ...rest] = splitOutsideQuotes(element, ";");
  const [type = "", subtype = "", ...more] = head
    .trim()
    .toLowerCase()
    .split("/");
  if (type === "" || subtype === "" || more.length > 0) return undefined;
  if (type === "*" && subtype !== "*") return undefined;
  const parameters: string[] = [];
  let quality = 1;
  for (const part of rest) {
    const parameter = part.trim().toLowerCase();
    if (!parameter.startsWith("q=")) {
      if (parameter !== "") parameters.push(parameter.replaceAll('"', ""));
      continue;
    }
    const value = parameter.slice(2);
    if (!/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(value)) return undefined;
    quality = Number(value);
    // The weight is the last thing that means anything.
    break;
  }
  return { type, subtype, parameters, quality };
}

/** The most specific range decides, not the most generous one. */
function qualityOf(declared: string, ranges: readonly Range[]): number {
  const [head = "", ...rest] = declared.toLowerCase().split(";");
  const [type = "", subtype = ""] = head.trim().split("/");
  const own = rest.map((parameter) => parameter.trim());
  let quality = 0;
  let specificity = -1;
  for (const range of ranges) {
    if (range.type !== "*" && range.type !== type) continue;
    if (range.subtype !== "*" && range.subtype !== subtype) continue;
    if (!range.parameters.every((it) => own.includes(it) || isCharset(it))) {
      continue;
    }
    const rank =
      (range.type === "*" ? 0 : range.subtype === "*" ? 100 : 200) +
      range.parameters.length;
    if (rank > specificity) {
      specificity = rank;
      quality = range.quality;
    } else if (rank === specificity) {
      quality = Math.max(quality, range.quality);
    }
  }
  return quality;
}

/** Everything is sent as UTF-8, so that asking for it narrows nothing. */
function isCharset(parameter: string): boolean {
  return parameter === "charset=utf-8" || parameter === "charset=utf8";
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
