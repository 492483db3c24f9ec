/** Media types, parsed strictly (RFC 9110 8.3.1). */
import { describe, expect, it } from "vitest";
import {
  declareType,
  matchDeclared,
  parseMediaType,
} from "../../../runtime/src/read/media-type.js";
import { processorTime } from "../../processor-time.js";

describe("parseMediaType", () => {
  it.each([
    ["Text/Plain", "text/plain", {}],
    [' text/plain\t; A=b ;c="D;\\"e" ', "text/plain", { a: "b", c: 'D;"e' }],
    ["a/b;charset=UTF-8", "a/b", { charset: "utf-8" }],
    ["a/b;;", "a/b", {}],
    ['a/b;x=""', "a/b", { x: "" }],
  ])("takes %j", (text, essence, parameters) => {
    const parsed = parseMediaType(text);
    expect(parsed?.essence).toBe(essence);
    expect(Object.fromEntries(parsed?.parameters ?? [])).toEqual(parameters);
  });

  it.each([
    "",
    "text",
    "text/",
    "/plain",
    "text/plain/x",
    "text plain/x",
    "\u000btext/plain",
    "text/plain; a",
    "text/plain; a =b",
    "text/plain; a= b",
    'text/plain; a="b',
    'text/plain; a="b"c',
    "text/plain; a=b; A=c",
    "text/plain, text/html",
  ])("refuses %j", (text) => {
    expect(parseMediaType(text)).toBeUndefined();
  });

  it("is quick with hostile fields", () => {
    const start = processorTime();
    parseMediaType(`a/b${" ;".repeat(8_000)}x`);
    parseMediaType(`a/b;x="${"\\a".repeat(8_000)}`);
    parseMediaType(`a/b;${" ".repeat(16_000)}x`);
    expect(processorTime() - start).toBeLessThan(500);
  });
});

describe("matchDeclared", () => {
  const declared = ["*/*", "text/*", "text/plain", "text/plain;v=1"].map(
    declareType,
  );
  it.each([
    ["image/png", "*/*"],
    ["text/html", "text/*"],
    ["text/plain", "text/plain"],
    ["text/plain;v=1;charset=utf-8", "text/plain;v=1"],
    ["text/plain;v=2", "text/plain"],
  ])("%s", (given, want) => {
    const parsed = parseMediaType(given);
    expect(parsed && matchDeclared(parsed, declared)?.written).toBe(want);
  });

  it("takes no type of the same suffix for another", () => {
    const given = parseMediaType("application/problem+json");
    expect(
      given && matchDeclared(given, [declareType("application/json")]),
    ).toBeUndefined();
  });
});
