/** JSON values: kinds, counts, multiples, equality, and depth that must not hurt. */
import { describe, expect, it } from "vitest";
import {
  codePoints,
  countKeys,
  hasOwn,
  isEqual,
  isInt32,
  isInt64,
  isInteger,
  isMultipleOf,
  isRecord,
  isUnique,
} from "../../../runtime/src/check/values.js";
import { seededRandom } from "../../random.js";

function json(text: string): unknown {
  return JSON.parse(text);
}

/** `[[[…1…]]]` or `{"a":{"a":…1…}}`, deeper than any stack. */
function nested(kind: "array" | "object", depth: number, core: unknown) {
  let value = core;
  for (let i = 0; i < depth; i++)
    value = kind === "array" ? [value] : { a: value };
  return value;
}

describe("kinds", () => {
  it.each<[unknown, boolean]>([
    [{}, true],
    [Object.create(null), true],
    [null, false],
    [[], false],
    ["x", false],
    [undefined, false],
  ])("isRecord(%j) is %j", (value, want) => {
    expect(isRecord(value)).toBe(want);
  });

  it.each<[unknown, boolean, boolean, boolean]>([
    [1, true, true, true],
    [1.0, true, true, true],
    [-0, true, true, true],
    [1.5, false, false, false],
    [Number.NaN, false, false, false],
    [Infinity, false, false, false],
    ["1", false, false, false],
    [1n, false, false, false],
    [2 ** 31 - 1, true, true, true],
    [2 ** 31, true, false, true],
    [-(2 ** 31), true, true, true],
    [-(2 ** 31) - 1, true, false, true],
    [json("9223372036854775807"), true, false, true],
    [json("9223372036854777856"), true, false, false],
    [-(2 ** 63), true, false, true],
    [-(2 ** 63) - 2048, true, false, false],
    [1e300, true, false, false],
  ])("%s: integer %j, int32 %j, int64 %j", (value, integer, int32, int64) => {
    expect([isInteger(value), isInt32(value), isInt64(value)]).toEqual([
      integer,
      int32,
      int64,
    ]);
  });
});

describe("counts", () => {
  it.each<[string, number]>([
    ["", 0],
    ["abc", 3],
    ["💩", 1],
    ["a💩💩b", 4],
    ["\ud83d", 1],
    ["\ude00\ud83d", 2],
    ["\ud83d\ud83d\ude00", 2],
  ])("codePoints(%j) is %d", (text, want) => {
    expect(codePoints(text)).toBe(want);
    expect(Array.from(text).length).toBe(want);
  });

  it("counts own members only, a written __proto__ included", () => {
    expect(countKeys(Object(json('{"__proto__":1,"a":2}')))).toBe(2);
    expect(countKeys(Object.create({ inherited: 1 }))).toBe(0);
  });

  it("finds own members only", () => {
    expect(hasOwn({}, "toString")).toBe(false);
    expect(hasOwn({}, "__proto__")).toBe(false);
    expect(hasOwn(Object(json('{"__proto__":1}')), "__proto__")).toBe(true);
    expect(hasOwn({ toString: 1 }, "toString")).toBe(true);
  });
});

describe("multiples", () => {
  it.each<[number, number, boolean]>([
    [10, 2, true],
    [7, 2, false],
    [0, 3, true],
    [-9, 3, true],
    [0.07, 0.01, true],
    [0.075, 0.01, false],
    [19.99, 0.01, true],
    [19.999, 0.01, false],
    [0.0075, 0.0001, true],
    [0.00751, 0.0001, false],
    [4.5, 1.5, true],
    [35, 1.5, false],
    [0.3, 0.1, true],
    [1.1, 0.1, true],
    [-1.1, 0.1, true],
    [12391239123, 1e-8, true],
    [1e308, 0.123456789, false],
    [1e308, 0.5, true],
    [1e22, 1e-3, true],
    [1e-10, 1e-8, false],
    [5e-324, 5e-324, true],
    [1.7976931348623157e308, 3e-324, true],
    [1.7976931348623157e308, 7e-300, false],
    [3.14, 1, false],
    [9007199254740993, 0.1, true],
    [0.1, 3, false],
    [0, 0.1, true],
    [Infinity, 1.5, false],
    [Number.NaN, 2, false],
    [1.5, 0, false],
    [9999999999999.99, 0.01, true],
    [0.5, -0.25, true],
  ])("%d of %d: %j", (value, divisor, want) => {
    expect(isMultipleOf(value, divisor)).toBe(want);
  });

  it("agrees with whole numbers of the last decimal place", () => {
    const random = seededRandom(7);
    let multiples = 0;
    for (let round = 0; round < 20_000; round++) {
      const places = random.below(9);
      const steps = BigInt(1 + random.below(500));
      const times = BigInt(random.below(1e6));
      const rest = random.chance(0.5) ? 0n : BigInt(random.below(500));
      const units = steps * times + rest;
      const value = Number(`${units}e-${places}`);
      const divisor = Number(`${steps}e-${places}`);
      const want = units % steps === 0n;
      if (want) multiples++;
      if (isMultipleOf(value, divisor) !== want) {
        expect.fail(`${value} of ${divisor} is ${want}`);
      }
    }
    expect(multiples).toBeGreaterThan(5_000);
    expect(multiples).toBeLessThan(19_000);
  });
});

const EQUAL: [string, string][] = [
  ["1", "1.0"],
  ["0", "-0"],
  ["[-0]", "[0]"],
  ['{"a":1,"b":2}', '{"b":2.0,"a":1}'],
  ['[{"a":[1,{"b":null}]}]', '[{"a":[1,{"b":null}]}]'],
  ["[]", "[]"],
  ["{}", "{}"],
  ['{"__proto__":1}', '{"__proto__":1}'],
];
const DIFFERENT: [string, string][] = [
  ["1", "true"],
  ["0", "false"],
  ["0", "null"],
  ['"1"', "1"],
  ["[1]", "[true]"],
  ["[]", "{}"],
  ["[[]]", "[{}]"],
  ['{"a":1}', '{"a":1,"b":2}'],
  ['{"a":1,"b":2}', '{"a":1}'],
  ['{"a":1}', '{"b":1}'],
  ['{"a":null}', '{"b":null}'],
  ['["a,b"]', '["a","b"]'],
  ['["1,2"]', "[1,2]"],
  ['{"a":"1"}', '{"a":1}'],
  ['{"__proto__":1}', "{}"],
  ['{"toString":1}', "{}"],
  ["[[1],2]", "[1,[2]]"],
  ['{"a":"},{"}', '{"a":{}}'],
  ["null", "[]"],
  ["null", "{}"],
];

describe("equality", () => {
  it.each(EQUAL)("%s equals %s", (left, right) => {
    expect(isEqual(json(left), json(right))).toBe(true);
    expect(isUnique([json(left), json(right)])).toBe(false);
  });

  it.each(DIFFERENT)("%s differs from %s", (left, right) => {
    expect(isEqual(json(left), json(right))).toBe(false);
    expect(isEqual(json(right), json(left))).toBe(false);
    expect(isUnique([json(left), json(right)])).toBe(true);
  });

  it("takes an undefined member for an absent one", () => {
    expect(isEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(isEqual({ a: undefined }, { b: undefined })).toBe(true);
    expect(isUnique([{ a: 1, b: undefined }, { a: 1 }])).toBe(false);
  });

  it("finds the one repeated item among many of any kind", () => {
    const items: unknown[] = [];
    for (let i = 0; i < 2_000; i++) items.push(i, `${i}`, [i], { i }, [[i]]);
    expect(isUnique(items)).toBe(true);
    expect(isUnique([...items, { i: 1_234 }])).toBe(false);
    expect(isUnique([...items, "77"])).toBe(false);
    expect(isUnique([])).toBe(true);
  });
});

describe("hostile values", () => {
  it.each(["array", "object"] as const)("compares deep %ss", (kind) => {
    const depth = 200_000;
    const one = nested(kind, depth, 1);
    const same = nested(kind, depth, 1);
    const other = nested(kind, depth, 2);
    expect(isEqual(one, same)).toBe(true);
    expect(isEqual(one, other)).toBe(false);
    expect(isUnique([one, other])).toBe(true);
    expect(isUnique([one, other, same])).toBe(false);
  });

  it("asks 50,000 objects in linear time", () => {
    const items = Array.from({ length: 50_000 }, (_, i) => ({
      id: i,
      tags: ["x"],
    }));
    let looked = 0;
    const counted = items.map(
      (item) =>
        new Proxy(item, {
          ownKeys(target) {
            looked++;
            return Reflect.ownKeys(target);
          },
        }),
    );
    expect(isUnique(counted)).toBe(true);
    expect(looked).toBeLessThanOrEqual(2 * items.length);
  });
});
