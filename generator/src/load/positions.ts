/** Room `load`: JSON pointers to lines and columns, worked out only when a place is shown. */
import type { Origin } from "../lint/diagnostic.js";
import type { SourceFile } from "./document.js";
import { jsonPlaces } from "./json-places.js";
import { lineStarts, placeOfOffset } from "./lines.js";
import { yamlPlaces } from "./yaml-places.js";

/** A place in a text; line and column count from 1. */
export interface Position {
  line: number;
  column: number;
  /** Characters that belong to it on its line; at least 1. */
  length: number;
}

/** Offsets of the key (absent: list items and the root) and the value of a member. */
export interface MemberPlace {
  key?: TextRange;
  value: TextRange;
}

export interface TextRange {
  start: number;
  end: number;
}

/** One pass per file, however many places are asked for. A pointer that the text lacks stands at its nearest ancestor. */
export function positionsOf(
  files: readonly SourceFile[],
  origins: readonly Origin[],
): (Position | undefined)[] {
  const byFile = new Map<string, Set<string>>();
  for (const origin of origins) {
    if (origin.line !== undefined) continue;
    const pointers = byFile.get(origin.file);
    if (pointers === undefined) {
      byFile.set(origin.file, new Set([origin.pointer]));
    } else pointers.add(origin.pointer);
  }
  const places = new Map<string, FilePlaces>();
  for (const [path, pointers] of byFile) {
    const file = files.find((each) => each.path === path);
    if (file !== undefined) places.set(path, placesIn(file, pointers));
  }
  return origins.map((origin) => {
    if (origin.line !== undefined) {
      return { line: origin.line, column: origin.column ?? 1, length: 1 };
    }
    return places.get(origin.file)?.(origin);
  });
}

type FilePlaces = (origin: Origin) => Position | undefined;

function placesIn(file: SourceFile, pointers: ReadonlySet<string>): FilePlaces {
  const { text } = file;
  const starts = lineStarts(text);
  // YAML files may begin with a brace too: what parses as JSON has been read as JSON.
  const members =
    jsonPlaces(text, pointers) ?? yamlPlaces(text, pointers) ?? new Map();
  return (origin) => {
    const member = nearest(members, origin.pointer);
    if (member === undefined) return undefined;
    const range =
      origin.on === "value" ? member.value : (member.key ?? member.value);
    const { line, column } = placeOfOffset(starts, range.start);
    const lineEnd = (starts[line] ?? text.length + 1) - 1;
    const end = Math.min(range.end, lineEnd);
    return { line, column, length: Math.max(1, end - range.start) };
  };
}

function nearest(
  members: ReadonlyMap<string, MemberPlace>,
  pointer: string,
): MemberPlace | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const member = members.get(at);
    if (member !== undefined || at === "") return member;
  }
}
