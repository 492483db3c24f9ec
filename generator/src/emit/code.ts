/** Room `emit`: pieces of TypeScript as layout documents, made only through `ts` templates, so that text of a document can never become code. */
import type { ImportSymbol } from "./symbol.js";

/**
 * A layout document in the sense of Wadler's pretty printer, which is also prettier's: text with places where a line may
 * break, and groups that break together. `hard` says that a forced line break lies inside.
 */
export type Code =
  | {
      kind: "text";
      text: string;
      hard: false;
      /** Inside of a literal or comment: no identifier of ours stands in it. */
      literal?: true;
    }
  | { kind: "symbol"; symbol: ImportSymbol; hard: false }
  | { kind: "concat"; parts: readonly Code[]; hard: boolean }
  | {
      kind: "group";
      body: Code;
      hard: boolean;
      /** Set by the printer: other nodes ask whether this group broke. */
      id?: GroupId;
    }
  | { kind: "indent"; body: Code; hard: boolean; after?: GroupId }
  | { kind: "break"; flat: "" | " "; hard: boolean }
  | { kind: "flat"; body: Code; hard: false }
  | { kind: "if-break"; broken: Code; flat: Code; hard: boolean }
  | {
      /** All on one line; else only the last part broken; else everything broken. */
      kind: "choice";
      flat: Code;
      partly: Code;
      broken: Code;
      hard: boolean;
    };

/** Identity of a group whose outcome matters elsewhere. */
export type GroupId = { broke: boolean };

/** What may stand in a `ts` template. A string becomes a quoted literal, an array of code becomes lines. */
export type Slot = Code | string | number | boolean | null | readonly Code[];

export const line: Code = { kind: "break", flat: " ", hard: false };
export const softline: Code = { kind: "break", flat: "", hard: false };
export const hardline: Code = { kind: "break", flat: "", hard: true };
export const nothing: Code = { kind: "text", text: "", hard: false };

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** An identifier that a name stage has made. Anything that is none throws: that is a bug of ours. */
export function name(identifier: string): Code {
  if (!IDENTIFIER.test(identifier)) {
    throw new Error(`not an identifier: ${JSON.stringify(identifier)}`);
  }
  return raw(identifier);
}

/** An imported (or local) symbol: its import follows from its use. */
export function symbolCode(symbol: ImportSymbol): Code {
  return { kind: "symbol", symbol, hard: false };
}

export function concat(parts: readonly Code[]): Code {
  return { kind: "concat", parts, hard: parts.some((part) => part.hard) };
}

export function group(body: Code, id?: GroupId): Code {
  return id === undefined
    ? { kind: "group", body, hard: body.hard }
    : { kind: "group", body, hard: body.hard, id };
}

export function indent(body: Code): Code {
  return { kind: "indent", body, hard: body.hard };
}

/** Indented only when the group `after` broke. */
export function indentIfBroke(body: Code, after: GroupId): Code {
  return { kind: "indent", body, hard: body.hard, after };
}

export function ifBreak(broken: Code, flat: Code): Code {
  return { kind: "if-break", broken, flat, hard: false };
}

export function choice(flat: Code, partly: Code, broken: Code): Code {
  return { kind: "choice", flat, partly, broken, hard: flat.hard };
}

export function join(separator: Code, items: readonly Code[]): Code {
  return concat(
    items.flatMap((item, at) => (at === 0 ? [item] : [separator, item])),
  );
}

/** Statements or declarations, one after the other, each on its own line. */
export function lines(items: readonly Code[]): Code {
  return join(hardline, items);
}

/** A line comment or a JSDoc block whose text `doc.ts` has made safe. Not for anything else. */
export function comment(text: string): Code {
  const inside = text.replace(/^\/\*\*|\*\/$/g, "");
  if (text.startsWith("/*") ? inside.includes("*/") : text.includes("\n")) {
    throw new Error("a comment would end before its end");
  }
  return lines(text.split("\n").map(literal));
}

function flat(body: Code): Code {
  return { kind: "flat", body, hard: false };
}

/** A template literal: fixed text and simple expressions in turn. Nothing in it ever breaks. */
export function template(parts: readonly (string | Code)[]): Code {
  return concat([
    raw("`"),
    ...parts.flatMap((part) =>
      typeof part === "string"
        ? [literal(escapeTemplate(part))]
        : [raw("${"), flat(part), raw("}")],
    ),
    raw("`"),
  ]);
}

/** A regular expression literal. The source must be a valid pattern already. */
export function regex(source: string, flags: string): Code {
  // RegExp.prototype.source escapes `/` and line terminators; the rest of non-ASCII is escaped here.
  const text = new RegExp(source, flags).source;
  return raw(`/${escapeNonAscii(text)}/${flags}`);
}

export function ts(strings: TemplateStringsArray, ...slots: Slot[]): Code {
  const pieces = parsed(strings);
  const parts: Code[] = [];
  for (const [at, piece] of pieces.entries()) {
    parts.push(...piece.codes);
    const slot = slots[at];
    if (slot !== undefined) {
      const code = slotCode(slot);
      parts.push(piece.depth === 0 ? code : indented(code, piece.depth));
    }
  }
  return parts.length === 1 ? (parts[0] ?? nothing) : concat(parts);
}

function slotCode(slot: Slot): Code {
  if (typeof slot === "string") return literal(quote(slot));
  if (typeof slot === "number") return raw(numberText(slot));
  if (typeof slot === "boolean" || slot === null) return raw(String(slot));
  if (isList(slot)) return lines(slot);
  return slot;
}

function isList(slot: Code | readonly Code[]): slot is readonly Code[] {
  return Array.isArray(slot);
}

function indented(code: Code, depth: number): Code {
  return depth === 0 ? code : indented(indent(code), depth - 1);
}

interface Piece {
  codes: Code[];
  /** Indentation, in steps, of the line that a following slot stands on. */
  depth: number;
}

const cache = new WeakMap<TemplateStringsArray, Piece[]>();

/** Template text, once per call site: line breaks in it are hard, leading spaces are indentation (two per step). */
function parsed(strings: TemplateStringsArray): Piece[] {
  let pieces = cache.get(strings);
  if (pieces === undefined) {
    let depth = 0;
    pieces = strings.map((text) => {
      const codes: Code[] = [];
      for (const [at, part] of text.split("\n").entries()) {
        let rest = part;
        if (at > 0) {
          const spaces = /^ */.exec(part)?.[0].length ?? 0;
          depth = spaces / 2;
          rest = part.slice(spaces);
          codes.push(indented(hardline, depth));
        }
        if (rest !== "") codes.push(raw(rest));
      }
      return { codes, depth };
    });
    cache.set(strings, pieces);
  }
  return pieces;
}

/** The only place where text becomes code. Not exported: what may pass is decided above. */
function raw(text: string): Code {
  return { kind: "text", text, hard: false };
}

function literal(text: string): Code {
  return { kind: "text", text, hard: false, literal: true };
}

/** A string literal as prettier would write it: double quotes unless single ones save escapes; ASCII only. */
export function quote(text: string): string {
  const doubles = text.split('"').length - 1;
  const singles = text.split("'").length - 1;
  const mark = doubles > singles ? "'" : '"';
  let out = mark;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const char = text.charAt(at);
    if (char === mark || char === "\\") out += `\\${char}`;
    else if (unit === 10) out += "\\n";
    else if (unit === 13) out += "\\r";
    else if (unit === 9) out += "\\t";
    else if (unit < 32 || unit > 126) out += hex(unit);
    else out += char;
  }
  return out + mark;
}

function escapeTemplate(text: string): string {
  return escapeNonAscii(text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`));
}

function escapeNonAscii(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    out += unit < 32 || unit > 126 ? hex(unit) : text.charAt(at);
  }
  return out;
}

function hex(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** A number literal as prettier would write it. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (!Number.isFinite(value)) {
    throw new Error(`not a JSON number: ${value}`);
  }
  return String(value).replace("e+", "e");
}

/** Does the word occur as a word in the code's own text? */
export function mentions(code: Code, word: string): boolean {
  switch (code.kind) {
    case "text":
      return !code.literal && wordPattern(word).test(code.text);
    case "concat":
      return code.parts.some((part) => mentions(part, word));
    case "group":
    case "indent":
    case "flat":
      return mentions(code.body, word);
    case "if-break":
      return mentions(code.broken, word);
    case "choice":
      return mentions(code.flat, word);
    default:
      return false;
  }
}

const patterns = new Map<string, RegExp>();

/** `word` is an identifier. */
function wordPattern(word: string): RegExp {
  let pattern = patterns.get(word);
  if (pattern === undefined) {
    pattern = new RegExp(`(?<![\\w$])${word.replace(/\$/g, "\\$")}(?![\\w$])`);
    patterns.set(word, pattern);
  }
  return pattern;
}
