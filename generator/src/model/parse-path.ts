/** Room `model`: a path key of the document as segments of text and variables. */
import type { Segment } from "./api.js";

/** Without `?query` and `#fragment`, which are no part of a path; inside braces they belong to a name. */
export function pathOf(key: string): string {
  return /^(?:\{[^{}]*\}|[^?#])*/.exec(key)?.[0] ?? key;
}

/** One segment per `/`; `/` is one empty segment, `/a/` has an empty one at its end. */
export function parsePath(path: string): Segment[] {
  const text = path.startsWith("/") ? path.slice(1) : path;
  return splitSegments(text).map((segment) => ({ parts: parseParts(segment) }));
}

/** Two paths with equal keys match the same requests. */
export function routeKey(segments: Segment[]): string {
  return JSON.stringify(
    segments.map(({ parts }) =>
      parts.map((part) => (typeof part === "string" ? part : 0)),
    ),
  );
}

/** A `/` inside braces belongs to the name of a variable. */
function splitSegments(text: string): string[] {
  return text.match(/(?:\{[^{}]*\}|[^/])+|(?<=^|\/)(?=\/|$)/g) ?? [""];
}

function parseParts(segment: string): Segment["parts"] {
  const parts: Segment["parts"] = [];
  for (const piece of segment.split(/(\{[^{}]+\})/)) {
    if (piece === "") continue;
    parts.push(
      piece.length > 2 && piece.startsWith("{") && piece.endsWith("}")
        ? { variable: piece.slice(1, -1) }
        : decode(piece),
    );
  }
  return parts;
}

/** A literal `%` that starts no escape stays what it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
