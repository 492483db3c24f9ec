import { describe, expect, it } from "vitest";
import { decodeText } from "../../../generator/src/load/decode.js";

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === "string" ? Buffer.from(part) : Buffer.from([part]),
    ),
  );

describe("decodeText", () => {
  it.each<[string, Uint8Array, unknown]>([
    ["UTF-8", bytes("é😀"), { ok: true, text: "é😀" }],
    ["a byte order mark is skipped", bytes("\uFEFFa"), { ok: true, text: "a" }],
    [
      "surrogates written one by one are joined, and told",
      bytes("ab", 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, "c"),
      { ok: true, text: "ab😀c", surrogates: 2 },
    ],
    [
      "half a pair stays what it is",
      bytes(0xed, 0xa0, 0xbd),
      { ok: true, text: "\uD83D", surrogates: 0 },
    ],
  ])("%s", (_, input, wanted) => {
    expect(decodeText(input)).toEqual(wanted);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["UTF-16, little end first", bytes(0xff, 0xfe, "a", 0), /UTF-16/],
    ["UTF-16 without a mark", bytes("{", 0, '"', 0), /UTF-16/],
    ["UTF-16, big end first", bytes(0xfe, 0xff, 0, "a"), /UTF-16/],
    ["UTF-32", bytes(0xff, 0xfe, 0, 0), /UTF-32/],
    ["Latin-1", bytes("caf", 0xe9, ", x"), /offset 3 \(0xe9\)/],
    [
      "a character that is cut off",
      bytes("a", 0xe2, 0x82),
      /offset 1 \(0xe2\)/,
    ],
    ["an overlong form", bytes(0xc0, 0xaf), /offset 0 \(0xc0\)/],
    ["beyond Unicode", bytes("a", 0xf4, 0x90, 0x80, 0x80), /offset 1 \(0xf4\)/],
  ])("refuses %s", (_, input, message) => {
    const decoded = decodeText(input);
    expect(decoded).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});
