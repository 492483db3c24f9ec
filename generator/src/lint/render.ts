/** Room `lint`: findings as text for people, each with the lines it speaks about. */
import type { SourceFile } from "../load/document.js";
import type { Position } from "../load/positions.js";
import { type Palette, paletteOf } from "./color.js";
import type { Diagnostic } from "./diagnostic.js";
import { describePlace } from "./describe-place.js";
import { orderDiagnostics, type Placed } from "./order.js";

export interface RenderOptions {
  color?: boolean;
  /** More are counted only. */
  limit?: number;
}

const LIMIT = 50;

/** Longer lines are cut around the place. */
const WIDTH = 100;

export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  options: RenderOptions = {},
): string {
  const palette = paletteOf(options.color ?? false);
  const ordered = orderDiagnostics(diagnostics, sources);
  // Errors are what stops the run: warnings may not push them out of sight.
  const shown = withinLimit(ordered, options.limit ?? LIMIT);
  let text = "";
  for (const placed of shown) {
    text += renderOne(placed, sources, palette);
  }
  const more = ordered.length - shown.length;
  if (more > 0) text += `and ${more} more\n`;
  return text;
}

function withinLimit(ordered: readonly Placed[], limit: number): Placed[] {
  if (ordered.length <= limit) return [...ordered];
  const errors = ordered.filter(
    ({ diagnostic }) => diagnostic.severity === "error",
  );
  const kept = new Set(errors.slice(0, limit));
  for (const each of ordered) {
    if (kept.size >= limit) break;
    kept.add(each);
  }
  return ordered.filter((each) => kept.has(each));
}

function renderOne(
  { diagnostic, position }: Placed,
  sources: readonly SourceFile[],
  palette: Palette,
): string {
  const { severity, code, message, help, origin, related = [] } = diagnostic;
  const head = palette[severity](`${severity} ${code}`);
  let text = `${head}: ${palette.strong(clean(message))}\n`;
  const place =
    position === undefined
      ? origin.file
      : `${origin.file}:${position.line}:${position.column}`;
  const what = describePlace(origin.pointer);
  text += `  ${place}${what === "" ? "" : `   ${clean(what)}`}\n`;
  const source = sources.find(({ path }) => path === origin.file);
  if (source !== undefined && position !== undefined) {
    text += excerpt(source.text, position, palette, severity);
  }
  for (const each of relatedLines(related, sources)) {
    text += palette.faint(`  see also ${each}`) + "\n";
  }
  if (help !== undefined) {
    const [first = "", ...rest] = help.split("\n");
    text += `  help: ${clean(first)}\n`;
    for (const line of rest) text += `    ${clean(line)}\n`;
  }
  return text;
}

function relatedLines(
  related: NonNullable<Diagnostic["related"]>,
  sources: readonly SourceFile[],
): string[] {
  const placed = orderDiagnostics(
    related.map((origin) => ({
      code: "KT0",
      severity: "warning",
      message: "",
      origin,
    })),
    sources,
  );
  return placed.map(({ diagnostic: { origin }, position }) => {
    const place =
      position === undefined
        ? origin.file
        : `${origin.file}:${position.line}:${position.column}`;
    const what = describePlace(origin.pointer);
    return what === "" ? place : `${place}   ${clean(what)}`;
  });
}

function excerpt(
  text: string,
  { line, column, length }: Position,
  palette: Palette,
  severity: Diagnostic["severity"],
): string {
  const whole = lineOf(text, line);
  if (whole === undefined) return "";
  const from = column > WIDTH ? column - WIDTH / 2 : 1;
  const cut = whole.slice(from - 1, from - 1 + WIDTH);
  const shown = `${from > 1 ? "…" : ""}${clean(cut)}`;
  const number = String(line).padStart(5);
  const indent = " ".repeat(column - from + (from > 1 ? 1 : 0));
  const room = Math.max(1, cut.length - (column - from));
  const caret = "^".repeat(Math.min(Math.max(1, length), room));
  return (
    palette.faint(`${number} |`) +
    ` ${shown}`.trimEnd() +
    "\n" +
    palette.faint("      |") +
    ` ${indent}${palette[severity](caret)}\n`
  );
}

function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
}

/** Text of a document must not steer the terminal. */
function clean(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "�");
}
