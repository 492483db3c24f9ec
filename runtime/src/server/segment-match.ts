/** Room `server`: one path segment against one template segment, without regular expressions. */
import type { TemplateSegment } from "./path-template.js";

const ESCAPE = /%([0-9A-Fa-f]{2})/g;
const UNRESERVED = /[A-Za-z0-9._~-]/;

/** RFC 3986 6.2.2.2: escapes of unreserved characters mean those characters; others keep their escape. */
export function normalizeSegment(raw: string): string {
  if (!raw.includes("%")) return raw;
  return raw.replaceAll(ESCAPE, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : escaped.toUpperCase();
  });
}

/** Literals as they look in a normalized segment. */
export function compileSegment(segment: TemplateSegment): SegmentMatcher {
  return segment.parts.map((part) =>
    typeof part === "string" ? { literals: spellings(part) } : undefined,
  );
}

interface Literal {
  readonly literals: readonly string[];
}

/** A literal (in its possible spellings) or a variable (`undefined`), in turn. */
export type SegmentMatcher = readonly (Literal | undefined)[];

function spellings(text: string): string[] {
  const escaped = encodeURIComponent(Buffer.from(text).toString());
  return escaped === text ? [text] : [text, escaped];
}

/**
 * Pushes the undecoded values of the variables to `values`; false, and nothing pushed, when the segment does not fit.
 * Taking the first possible end for each variable finds a match whenever there is one, in one pass.
 */
export function matchSegment(
  text: string,
  matcher: SegmentMatcher,
  values: string[],
): boolean {
  const before = values.length;
  let at = 0;
  for (let index = 0; index < matcher.length; index++) {
    const part = matcher[index];
    if (part !== undefined) {
      const literal = part.literals.find((it) => text.startsWith(it, at));
      if (literal === undefined) return undo(values, before);
      at += literal.length;
      continue;
    }
    const end = variableEnd(text, at, matcher, index);
    if (end <= at) return undo(values, before);
    values.push(text.slice(at, end));
    at = end;
  }
  return at === text.length || undo(values, before);
}

/** Where the variable at `index` ends; not after `at` when it cannot. */
function variableEnd(
  text: string,
  at: number,
  matcher: SegmentMatcher,
  index: number,
): number {
  if (index === matcher.length - 1) return text.length;
  const next = matcher[index + 1];
  // Without a text between them, the former variable takes one character.
  if (next === undefined) return Math.min(at + 1, text.length);
  if (index === matcher.length - 2) {
    const literal = next.literals.find((it) => text.endsWith(it));
    return literal === undefined ? -1 : text.length - literal.length;
  }
  let end = -1;
  for (const literal of next.literals) {
    const found = text.indexOf(literal, at + 1);
    if (found !== -1 && (end === -1 || found < end)) end = found;
  }
  return end;
}

function undo(values: string[], length: number): false {
  values.length = length;
  return false;
}
