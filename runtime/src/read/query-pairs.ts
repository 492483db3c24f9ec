/** Room `read`: the query string, scanned once for its pairs; names and values stay text until someone asks. */
import type { Separator } from "../contract/raw-request.js";
import { setOwn } from "./own-data.js";

/** More pairs than this are refused, so that look-ups stay cheap. */
export const MAX_PAIRS = 1000;

const AMPERSAND = 38;
const EQUALS = 61;
const PERCENT = 37;
const PLUS = 43;

/** `undefined` for bad escapes, invalid UTF-8 and NUL. `+` is a space in a query, and only there. */
export function decodeQuery(text: string): string | undefined {
  return decodeText(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/** `undefined` for bad escapes, invalid UTF-8 and NUL. */
export function decodeText(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    const decoded = decodeURIComponent(text);
    return decoded.includes("\0") ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/**
 * Items of a list in one value, not decoded yet. Separators may come escaped: a space has to, and many clients escape the
 * bar too. A comma that is escaped is data.
 */
export function splitQuery(value: string, separator: Separator): string[] {
  if (separator === ",") return value.split(",");
  return separator === " " ? value.split(/%20|\+/) : value.split(/\||%7[Cc]/);
}

/** Pairs by position: start of the name, its end, end of the value, for each in turn. */
export class QueryPairs {
  /** The whole text that the query ends, so that positions need no copy. */
  private readonly text: string;
  private readonly start: number;
  readonly marks: number[] = [];
  /** Whether anything at all needs decoding. */
  readonly escaped: boolean;
  /** Whether there were more than `MAX_PAIRS`. */
  readonly overflow: boolean;
  private decodedNames: string[] | undefined;
  /** Names that somebody looked for, where it is noted. */
  private readonly asked: Set<string> | undefined;

  /** The query of a request target: what follows the first `?`. */
  constructor(target: string, noted = false) {
    this.asked = noted ? new Set() : undefined;
    const mark = target.indexOf("?");
    const text = target;
    this.text = target;
    this.start = mark === -1 ? target.length : mark + 1;
    const { marks } = this;
    const end = text.length;
    let { start } = this;
    let equals = -1;
    let escaped = false;
    let overflow = false;
    for (let at = start; at <= end; at++) {
      const code = at === end ? AMPERSAND : text.charCodeAt(at);
      if (code > EQUALS) continue;
      if (code === AMPERSAND) {
        if (at > start) {
          if (marks.length === 3 * MAX_PAIRS) {
            overflow = true;
            break;
          }
          marks.push(start, equals === -1 ? at : equals, at);
        }
        start = at + 1;
        equals = -1;
      } else if (code === EQUALS) {
        if (equals === -1) equals = at;
      } else if (code === PERCENT || code === PLUS) escaped = true;
    }
    this.escaped = escaped;
    this.overflow = overflow;
  }

  /** Index of the first pair of that name at or after `from`, or -1. */
  find(name: string, from: number): number {
    if (this.asked !== undefined) this.asked.add(name);
    if (this.escaped) return this.names.indexOf(name, from);
    const { marks, text } = this;
    const length = name.length;
    const first = name.charCodeAt(0);
    for (let pair = from, at = from * 3; at < marks.length; pair++, at += 3) {
      const start = marks[at] ?? 0;
      if ((marks[at + 1] ?? 0) - start !== length) continue;
      if (length > 0 && text.charCodeAt(start) !== first) continue;
      if (text.startsWith(name, start)) return pair;
    }
    return -1;
  }

  /** Notes that the name belongs to the operation. */
  note(name: string): void {
    this.asked?.add(name);
  }

  /** Names that nobody looked for, each once. */
  unknown(): string[] {
    const { asked } = this;
    if (asked === undefined) return [];
    return [...new Set(this.names)].filter((name) => !asked.has(name));
  }

  /** Undecoded. */
  value(index: number): string {
    const nameEnd = this.marks[index * 3 + 1] ?? 0;
    return this.text.slice(nameEnd + 1, this.marks[index * 3 + 2]);
  }

  /** Decoded; a name that cannot be decoded stays as it was sent. */
  get names(): readonly string[] {
    if (this.decodedNames === undefined) {
      const { marks, text } = this;
      const names: string[] = [];
      for (let pair = 0; pair < marks.length; pair += 3) {
        const name = text.slice(marks[pair], marks[pair + 1]);
        names.push(decodeQuery(name) ?? name);
      }
      this.decodedNames = names;
    }
    return this.decodedNames;
  }

  /** Whether every name and value can be decoded, the ones included that nobody asks for. */
  get decodable(): boolean {
    const query = this.text.slice(this.start);
    return !this.escaped || decodeText(query) !== undefined;
  }
}

/** `R,100,G,200`; `undefined` when a value is missing or a member is there twice. */
export function alternate(
  items: readonly string[],
): Record<string, string> | undefined {
  if (items.length % 2 !== 0) return undefined;
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < items.length; at += 2) {
    const name = items[at] ?? "";
    if (Object.hasOwn(fields, name)) return undefined;
    setOwn(fields, name, items[at + 1] ?? "");
  }
  return fields;
}

/** `R=100`, `G=200`; `undefined` when one has no `=` or is there twice. */
export function assignments(
  items: readonly string[],
  decode: (text: string) => string,
): Record<string, string> | undefined {
  const fields: Record<string, string> = {};
  for (const item of items) {
    const equals = item.indexOf("=");
    if (equals === -1) return undefined;
    const name = decode(item.slice(0, equals));
    if (Object.hasOwn(fields, name)) return undefined;
    setOwn(fields, name, decode(item.slice(equals + 1)));
  }
  return fields;
}
