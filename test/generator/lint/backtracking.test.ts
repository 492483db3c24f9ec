import { describe, expect, it } from "vitest";
import { backtracks } from "../../../generator/src/lint/backtracking.js";
import { processorTime } from "../../processor-time.js";

describe("backtracks", () => {
  it.each([
    "^(a+)+$",
    "(.*a){20}$",
    "^([a-zA-Z0-9._-]+)*@x$",
    "^(a|aa)+$",
    "^(\\w+\\s?)*$",
    "(x+x+)+y",
    "^((a*)b?)*$",
    "^(?:x{2,})*$",
    "^(.|[a-z])*$",
    "^(?<word>\\w+)*$",
    "^(-a+a*)*$",
    "^(-[a-z-]+)*$",
    "^(-?[a-z]+)*$",
    "^(A[a-z]+)*$",
    "^(-\\W+)*$",
  ])("%s may", (pattern) => {
    expect(backtracks(pattern)).toBe(true);
  });

  it.each([
    "^[a-z]+$",
    "^\\d{4}-\\d{2}$",
    "^(a|b)*$",
    "^(?:ab|cd)+$",
    "^(\\([^)]\\))*$",
    "^[(+*|]+$",
    "^(a+){3}$",
    "^(25[0-5]|2[0-4][0-9])(\\.(25[0-5]|2[0-4][0-9])){3}$",
    "^a{1,200}b?$",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^(?:[\\w]+,)*$",
    "^(\\/[^/]+)+$",
    "",
  ])("%s does not", (pattern) => {
    expect(backtracks(pattern)).toBe(false);
  });

  it("is itself quick on long patterns", () => {
    const start = processorTime();
    backtracks("(".repeat(20_000) + "a" + ")".repeat(20_000));
    backtracks("[".repeat(20_000));
    backtracks("(a|b)".repeat(20_000));
    expect(processorTime() - start).toBeLessThan(2_000);
  });
});
