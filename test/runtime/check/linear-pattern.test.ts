/** Patterns in linear time: the same answers as the engine's, and no pattern that hangs. */
import { describe, expect, it } from "vitest";
import { safeTest } from "../../../runtime/src/check/linear-pattern.js";
import { compilePattern } from "../../../runtime/src/check/pattern-program.js";
import { parsePattern } from "../../../runtime/src/check/pattern-syntax.js";
import { seededRandom } from "../../random.js";
import { processorTime } from "../../processor-time.js";

/** Behind this, nothing is left to the engine: there are too many ways to try. */
const UNNATURAL = "(?:(?:|z)*)*";

function linear(source: string, flags: string, text: string): boolean {
  return safeTest(new RegExp(`${UNNATURAL}(?:${source})`, flags), text);
}

function native(source: string, flags: string, text: string): boolean {
  return new RegExp(source, flags).test(text);
}

const PATTERNS: [string, string[]][] = [
  ["^a*$", ["", "aaa", "aab"]],
  ["^(?:ab|cd)+$", ["abcd", "abc", ""]],
  ["^[a-z]+-[0-9]+$", ["ab-12", "ab-", "-1"]],
  ["(x[^]*?y|y[^]*?x)", ["x--y", "y\n\nx", "xx"]],
  ["^(?=.*[A-Z])(?=.*\\d).{4,}$", ["aB1x", "ab1x", "aBx1", "aB1"]],
  ["^(?!.*\\.\\.)[a-z.]+$", ["a.b", "a..b", ".."]],
  ["(?<=a+)b", ["aab", "b", "cb"]],
  ["(?<!a)b", ["ab", "b", "cab b"]],
  ["^(?=(?:..)*$)(?!.*(?<=x)y)", ["abcd", "abc", "axyd", "xy"]],
  ["\\bfoo\\b", ["a foo b", "foobar", "foo"]],
  ["\\Boo\\B", ["foot", "foo", "oo"]],
  ["^\\p{Lu}\\p{Ll}*$", ["Élan", "élan", "A"]],
  ["^.$", ["a", "\n", "💩", "💩💩", "\u2028", "\ud83d"]],
  ["^[^]$", ["a", "\n", "💩"]],
  ["^[💩-💫]+$", ["💩💪", "a", "\ud83d"]],
  ["^\\u{1F4A9}\\ud83d\\udca9$", ["💩💩", "💩"]],
  ["^\\x41\\u0042\\cJ\\t\\/$", ["AB\n\t/", "ab\n\t/"]],
  ["^[\\]\\-\\\\a]+$", ["]-\\a", "b"]],
  ["^(?<year>\\d{4})(-\\d{2}){0,2}$", ["2024", "2024-01-02", "2024-01-02-03"]],
  ["^(?:a{2,3}){2}$", ["aaaa", "aaaaaa", "aaa", "aaaaaaa"]],
  ["^a{2,}b?$", ["a", "aa", "aaab", "aabb"]],
  ["^(?:a?){3}a{3}$", ["aaa", "aaaaaa", "aa"]],
  ["a|b|", ["", "c"]],
  ["^(|a)+$", ["", "aaa", "b"]],
  ["$^", ["", "a"]],
  ["[]", ["", "a"]],
  ["^\\w+@\\w+\\.\\w+$", ["a@b.c", "a@b", "é@b.c"]],
  ["^\\0$", ["\0", "0"]],
  ["^[\\s\\S]*end$", ["x\nend", "end.", "end"]],
];

describe("the same answers as the engine", () => {
  it.each(PATTERNS)("%s", (source, texts) => {
    for (const text of texts) {
      expect([text, linear(source, "u", text)]).toEqual([
        text,
        native(source, "u", text),
      ]);
    }
  });

  it.each([
    ["^a{,2}$", ["a{,2}", "aa"]],
    ["^x{y}$", ["x{y}", "xy"]],
    ["^\\u{2}$", ["uu", "\u0002"]],
    ["^\\-[\\w-.]+$", ["-a.b", "a"]],
    ["^.$", ["💩", "\ud83d", "a"]],
    ["^..$", ["💩"]],
    ["^\\X41\\p$", ["X41p", "A"]],
    ["(?=a)*b", ["b", "ab"]],
  ])("without the u flag: %s", (source, texts) => {
    for (const text of texts) {
      expect([text, linear(source, "", text)]).toEqual([
        text,
        native(source, "", text),
      ]);
    }
  });

  it("on random patterns and texts", () => {
    const random = seededRandom(11);
    const atoms = [
      "a",
      "b",
      "[ab]",
      "[^a]",
      ".",
      "\\b",
      "(?=a)",
      "(?!b)",
      "(?<=a)",
      "(?<!b)",
      "^",
      "$",
    ];
    const pattern = (depth: number): string => {
      const kind = random.below(depth > 3 ? 1 : 5);
      if (kind === 1) return `(?:${pattern(depth + 1)}|${pattern(depth + 1)})`;
      if (kind === 2)
        return `(${pattern(depth + 1)})${random.pick(["*", "+", "?", "{2}", "{1,2}", "*?"])}`;
      if (kind === 3)
        return `(?${random.pick(["=", "!", "<=", "<!"])}${pattern(depth + 1)})`;
      if (kind === 4) return pattern(depth + 1) + pattern(depth + 1);
      return random.pick(atoms);
    };
    let matched = 0;
    let rounds = 0;
    for (let round = 0; round < 4_000; round++) {
      const source = pattern(0) + pattern(0);
      const text = Array.from({ length: random.below(8) }, () =>
        random.pick(["a", "b", "c", "é"]),
      ).join("");
      const want = native(source, "u", text);
      if (linear(source, "u", text) !== want) {
        expect.fail(`/${source}/u on ${JSON.stringify(text)} is ${want}`);
      }
      rounds++;
      if (want) matched++;
    }
    expect(matched).toBeGreaterThan(rounds / 10);
    expect(matched).toBeLessThan(rounds);
  });
});

describe("hostile patterns and texts", () => {
  it.each<[string, string, string, boolean]>([
    ["nested repetition", "^(a+)+$", `${"a".repeat(50_000)}b`, false],
    ["nested repetition that matches", "^(a+)+$", "a".repeat(50_000), true],
    ["repeated choice", "^(a|a)*$", `${"a".repeat(50_000)}b`, false],
    [
      "optional after optional",
      `^${"a?".repeat(30)}${"a".repeat(30)}$`,
      "a".repeat(30),
      true,
    ],
    ["three loops", "x*x*x*y", "x".repeat(50_000), false],
    ["no anchor", "\\s+$", `${" ".repeat(100_000)}x`, false],
    ["look-ahead", "^(?=(a+)+$)a", `${"a".repeat(50_000)}b`, false],
    ["mail address", "^([a-z0-9]+[._-]?)+@[a-z]+$", "a".repeat(100_000), false],
  ])("%s", (_, source, text, want) => {
    const start = processorTime();
    expect(safeTest(new RegExp(source, "u"), text)).toBe(want);
    expect(processorTime() - start).toBeLessThan(2_000);
  });

  it("refuses what it cannot match in bounded time", () => {
    const back = /^(a+)\1$/u;
    expect(safeTest(back, "aaaa")).toBe(true);
    expect(safeTest(back, "a".repeat(1_000))).toBe(false);
    const large = /^(?:(?:a{0,100}){100}){100}$/u;
    expect(safeTest(large, "a")).toBe(true);
    expect(safeTest(large, "a".repeat(1_000))).toBe(false);
    const wide = new RegExp(`^(?:${"a?".repeat(2_000)})*$`, "u");
    expect(safeTest(wide, "a".repeat(1_000_000))).toBe(false);
  });

  it("gives up on depth, size and back references, and on nothing else", () => {
    const tree = (source: string) => parsePattern(new RegExp(source, "u"));
    expect(tree(`${"(".repeat(1_000)}a${")".repeat(1_000)}`)).toBeUndefined();
    expect(tree("(a)\\1")).toBeUndefined();
    expect(tree("(?<n>a)\\k<n>")).toBeUndefined();
    const large = tree("(?:a{1000}){1000}");
    expect(large && compilePattern(large)).toBeUndefined();
    const small = tree("(?:a{10}){10}");
    expect(small && compilePattern(small)?.instructions.length).toBe(101);
  });

  it("leaves short texts to the engine", () => {
    let asked = 0;
    const pattern = /^[a-z]+-[0-9]+$/u;
    pattern.test = (text) => {
      asked++;
      return RegExp.prototype.test.call(pattern, text);
    };
    expect(safeTest(pattern, "abc-123")).toBe(true);
    expect(asked).toBe(1);
    expect(safeTest(pattern, `${"a".repeat(1_000)}-1`)).toBe(true);
    expect(asked).toBe(1);
  });
});
