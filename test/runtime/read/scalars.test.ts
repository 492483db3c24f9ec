/** Text to typed values, strictly. */
import { describe, expect, it } from "vitest";
import { coerce } from "../../../runtime/src/read/coerce.js";
import type {
  Shape,
  TextValue,
} from "../../../runtime/src/contract/raw-request.js";
import { boolean, integer, number } from "../../../runtime/src/read/scalars.js";

describe("integer", () => {
  it.each([
    ["0", 0],
    ["-1", -1],
    ["120", 120],
    ["999999999999999", 999_999_999_999_999],
    ["-9007199254740991", -9_007_199_254_740_991],
  ])("takes %s", (text, value) => {
    expect(integer(text)).toBe(value);
  });
  it.each(
    [
      ["", "-", "+1", "01", "-01", "00", " 1", "1 ", "1.0", "1e2", "0x10"],
      ["9007199254740992", "-9223372036854775808", "9223372036854775807"],
      ["1_000", "Infinity", "NaN", "\u0661", "1,0", "9".repeat(400)],
    ].flat(),
  )("leaves %j as it is", (text) => {
    expect(integer(text)).toBe(text);
  });
  it("leaves what is absent absent", () => {
    expect(integer(undefined)).toBeUndefined();
  });
});

describe("number", () => {
  it.each(["0", "-0.5", "1e2", "1.5E-3", "123456789.25"])(
    "takes %s",
    (text) => {
      expect(number(text)).toBe(Number(text));
    },
  );
  it.each(["", ".5", "5.", "+1", "1e", "1e999", "0x1", "Infinity", " 1"])(
    "leaves %j as it is",
    (text) => {
      expect(number(text)).toBe(text);
    },
  );
});

describe("boolean", () => {
  it("takes true and false only", () => {
    expect(
      ["true", "false", "TRUE", "1", "", undefined].map((text) =>
        boolean(text),
      ),
    ).toEqual([true, false, "TRUE", "1", "", undefined]);
  });
});

describe("coerce", () => {
  it.each<[string, TextValue, Shape, unknown]>([
    ["a scalar", "5", "integer", 5],
    ["a scalar that is none", "x", "integer", "x"],
    ["a list", ["1", "x"], { items: "integer" }, [1, "x"]],
    ["a lone value as a list", "1", { items: "integer" }, [1]],
    [
      "indexes without a gap as a list",
      { 0: "1", 1: "2" },
      { items: "integer" },
      [1, 2],
    ],
    [
      "indexes with a gap as they are",
      { 0: "1", 2: "2" },
      { items: "integer" },
      { 0: "1", 2: "2" },
    ],
    [
      "a prefix",
      ["1", "true", "x"],
      { items: "string", prefix: ["integer", "boolean"] },
      [1, true, "x"],
    ],
    [
      "members",
      { a: "1", b: "2", c: "3" },
      { fields: { a: "integer" }, rest: "number" },
      { a: 1, b: 2, c: 3 },
    ],
    [
      "members without a rest",
      { a: "1", b: "2" },
      { fields: { a: "integer" } },
      { a: 1, b: "2" },
    ],
    [
      "nested members",
      { a: { b: ["1"] } },
      { fields: { a: { fields: { b: { items: "integer" } } } } },
      { a: { b: [1] } },
    ],
    ["a union, in order", "5", ["null", "integer", "string"], 5],
    ["null in a union", "null", ["null", "integer"], null],
    ["text in a union", "x", ["null", "integer", "string"], "x"],
    ["a list in a union", ["1"], ["integer", { items: "integer" }], [1]],
    ["a text where members belong", "x", { fields: {} }, "x"],
  ])("%s", (_name, value, shape, want) => {
    expect(coerce(value, shape)).toEqual(want);
  });

  it("keeps inherited names out of look-ups", () => {
    const value = JSON.parse(
      '{"__proto__":"1","constructor":"2"}',
    ) as TextValue;
    const typed = coerce(value, { fields: {}, rest: "integer" });
    expect(Object.entries(typed as object)).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });
});
