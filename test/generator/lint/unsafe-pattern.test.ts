import { expect, it } from "vitest";
import { isUnsafePattern } from "../../../generator/src/lint/unsafe-pattern.js";

it.each([
  "^[a-z]+$",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "^[A-Za-z0-9_-]{1,64}$",
  "^(a|b|c)$",
  "[a-z]+",
  "abc",
  "^x-",
  "^https?://",
  "^(?:[0-9a-f]{4}-){7}$",
])("%s is matched in linear time", (source) => {
  expect(isUnsafePattern(source)).toBe(false);
});

it.each([
  "^(a+)+$",
  "^(a|aa)*$",
  "(x+x+)+y",
  "^(.*)\\1$",
  "^(?<n>a)\\k<n>$",
  "^a*a*b$",
  "a+b",
  "^x$|a+b",
  "^([a-z]+,?)*$",
  "^((ab)*c){2,}$",
  "^(a{1,3}){5}$",
  "^(a|aa){20}$",
  ".*.*=.*",
  `^${"a".repeat(3_000)}$`,
])("%s may not be", (source) => {
  expect(isUnsafePattern(source)).toBe(true);
});

it("reads classes, escapes and groups of all kinds", () => {
  expect(isUnsafePattern("^[)(+*]+$")).toBe(false);
  expect(isUnsafePattern("^[\\]+]+$")).toBe(false);
  expect(isUnsafePattern("^\\(\\+\\+$")).toBe(false);
  expect(isUnsafePattern("^(?!a)(?<=b)[a-z]*$")).toBe(false);
});
