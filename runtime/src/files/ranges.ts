/** Room `files`: which bytes a `Range` asks for (RFC 9110 section 14). */

/** First and last byte, both included. */
export type ByteRange = readonly [start: number, end: number];

/** `whole`: the field is to be ignored; `none`: 416. */
export type Ranges = readonly ByteRange[] | "whole" | "none";

/** More are not asked for in earnest (section 14.2 lets a server ignore them). */
const MAX_RANGES = 16;

export function rangesOf(field: string, size: number): Ranges {
  const [, list] = /^bytes[ \t]*=(.*)$/i.exec(field) ?? [];
  if (list === undefined || size === 0) return "whole";
  const specs = list.split(",", MAX_RANGES + 1);
  if (specs.length > MAX_RANGES) return "whole";
  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    const range = rangeOf(spec.trim(), size);
    if (range === "invalid") return "whole";
    if (range !== undefined) ranges.push(range);
  }
  if (ranges.length === 0) return "none";
  const merged = withoutOverlap(ranges);
  const total = merged.reduce((sum, [start, end]) => sum + end - start + 1, 0);
  // In parts it would only be more.
  return merged.length > 1 && total >= size ? "whole" : merged;
}

/** `undefined`: beyond the end. */
function rangeOf(
  spec: string,
  size: number,
): ByteRange | "invalid" | undefined {
  const found = /^(\d{0,16})-(\d{0,16})$/.exec(spec);
  const [, first = "", last = ""] = found ?? [];
  if (!found || (first === "" && last === "")) return "invalid";
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? undefined : [size - length, size - 1];
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Number(last);
  if (end < start && last !== "") return "invalid";
  return start >= size ? undefined : [start, Math.min(end, size - 1)];
}

/** In the order of the request, unless some overlap or touch: then by place, each byte once. */
function withoutOverlap(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const sorted = ranges.toSorted(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1] + 1) {
      last[1] = Math.max(last[1], end);
    } else merged.push([start, end]);
  }
  return merged.length === ranges.length ? ranges : merged;
}
