/** Room `commands`: which operation a request reaches, as the router decides it. */
import type { Api, Operation, Segment } from "../model/api.js";
import { percentDecoded } from "./json-path.js";

export type Match =
  | { operation: Operation; values: Record<string, string> }
  /** The path is there, the method is not: what `Allow` would say (RFC 9110, section 10.2.1). */
  | { allow: string[] };

/**
 * `path`: one of the document as it is written, or one of a request. The most concrete path that has the method goes first
 * (decision 0011); HEAD is answered as GET is. `undefined`: no such path.
 */
export function matchRequest(
  { groups }: Api,
  method: string,
  path: string,
): Match | undefined {
  const operations = groups.flatMap((group) => group.operations);
  const candidates = candidatesFor(operations, path);
  if (candidates.length === 0) return undefined;
  for (const wanted of method === "HEAD" ? ["HEAD", "GET"] : [method]) {
    const found = candidates.find(
      ({ operation }) => operation.method === wanted,
    );
    if (found !== undefined) return found;
  }
  const methods = new Set(candidates.map(({ operation }) => operation.method));
  if (methods.has("GET")) methods.add("HEAD");
  methods.add("OPTIONS");
  return { allow: [...methods].sort() };
}

interface Candidate {
  operation: Operation;
  values: Record<string, string>;
}

function candidatesFor(
  operations: readonly Operation[],
  path: string,
): Candidate[] {
  // `/books/{bookId}` is a path of the document; `/books/me` is one of a request, too, which other paths may match.
  const written = operations.filter((each) => each.path === path);
  if (written.length > 0 && path.includes("{")) {
    return written.map((operation) => ({ operation, values: {} }));
  }
  const segments = path.split(/[?#]/, 1)[0]?.split("/").slice(1) ?? [];
  return operations
    .filter(({ routed }) => routed)
    .flatMap((operation) => {
      const values = valuesOf(operation.segments, segments);
      return values === undefined ? [] : [{ operation, values }];
    })
    .sort((one, two) =>
      compareSegments(one.operation.segments, two.operation.segments),
    );
}

function valuesOf(
  template: readonly Segment[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, { parts }] of template.entries()) {
    const names: string[] = [];
    const pattern = parts.map((part) => {
      if (typeof part === "string") return escape(part);
      names.push(part.variable);
      return "(.+?)";
    });
    const text = percentDecoded(segments[index] ?? "");
    const match = new RegExp(`^${pattern.join("")}$`, "su").exec(text);
    if (match === null) return undefined;
    for (const [at, name] of names.entries())
      values[name] = match[at + 1] ?? "";
  }
  return values;
}

/** Text goes before text with variables, and that before a variable alone; segment by segment. */
function compareSegments(
  one: readonly Segment[],
  two: readonly Segment[],
): number {
  for (const [index, segment] of one.entries()) {
    const other = two[index];
    const difference = other === undefined ? 0 : rank(other) - rank(segment);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank({ parts }: Segment): number {
  const text = parts.filter((part) => typeof part === "string").join("");
  return parts.length === 1 && text !== ""
    ? Number.MAX_SAFE_INTEGER
    : text.length;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
