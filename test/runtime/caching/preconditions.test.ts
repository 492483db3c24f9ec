/** The table of RFC 9110 13.2.2: every precondition, alone and together. */
import { describe, expect, it } from "vitest";
import { dateOf, judge } from "../../../runtime/src/caching/preconditions.js";

const day = "Thu, 01 Jan 2026 00:00:00 GMT";
const before = "Wed, 31 Dec 2025 23:59:59 GMT";
const after = "Thu, 01 Jan 2026 00:00:01 GMT";
const current = {
  etag: '"a"',
  lastModified: new Date("2026-01-01T00:00:00.900Z"),
};
const weak = { ...current, etag: 'W/"a"' };

type Row = [
  headers: Record<string, string>,
  read: unknown,
  write: unknown,
  what?: object,
];

describe("preconditions", () => {
  it.each<Row>([
    [{}, "go on", "go on"],
    [{ "if-match": '"a"' }, "go on", "go on"],
    [{ "if-match": '"b", "a"' }, "go on", "go on"],
    [{ "if-match": "*" }, "go on", "go on"],
    [{ "if-match": '"b"' }, 412, 412],
    // Strong comparison.
    [{ "if-match": 'W/"a"' }, 412, 412],
    [{ "if-match": '"a"' }, 412, 412, weak],
    [{ "if-match": "a" }, 412, 412],
    [{ "if-unmodified-since": day }, "go on", "go on"],
    [{ "if-unmodified-since": before }, 412, 412],
    [{ "if-unmodified-since": "yesterday" }, "go on", "go on"],
    // If-Match is looked at alone.
    [{ "if-match": '"a"', "if-unmodified-since": before }, "go on", "go on"],
    [{ "if-none-match": '"a"' }, 304, 412],
    // Weak comparison.
    [{ "if-none-match": 'W/"a"' }, 304, 412],
    [{ "if-none-match": '"a"' }, 304, 412, weak],
    [{ "if-none-match": "*" }, 304, 412],
    [{ "if-none-match": '"b"' }, "go on", "go on"],
    [{ "if-modified-since": day }, 304, "go on"],
    [{ "if-modified-since": after }, 304, "go on"],
    [{ "if-modified-since": before }, "go on", "go on"],
    // If-None-Match beats If-Modified-Since, whatever it says.
    [{ "if-none-match": '"b"', "if-modified-since": after }, "go on", "go on"],
    // First what must hold, then what need not be sent.
    [{ "if-match": '"b"', "if-none-match": '"a"' }, 412, 412],
    [{ "if-match": '"a"', "if-none-match": '"a"' }, 304, 412],
  ])("%j", (headers, read, write, what = current) => {
    expect(judge(headers, true, what)).toBe(read);
    expect(judge(headers, false, what)).toBe(write);
  });

  it.each<[Record<string, string>, unknown]>([
    [{ "if-match": "*" }, 412],
    [{ "if-match": '"a"' }, 412],
    [{ "if-unmodified-since": day }, 412],
    // Create only.
    [{ "if-none-match": "*" }, "go on"],
    [{}, "go on"],
  ])("of what is not there: %j", (headers, verdict) => {
    expect(judge(headers, false, undefined)).toBe(verdict);
  });

  it.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", 784111777],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 784111777],
    ["Sun Nov  6 08:49:37 1994", 784111777],
    ["1994-11-06", undefined],
    ["", undefined],
  ])("have dates in the three forms of RFC 9110 5.6.7: %s", (text, seconds) => {
    expect(dateOf(text)).toBe(seconds);
  });
});
