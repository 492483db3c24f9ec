import { expect, it } from "vitest";
import { jsonEqual } from "../../../generator/src/model/json-equal.js";
import type { Json } from "../../../generator/src/load/document.js";

it.each([
  ["1", "1.0", true],
  ["0", "false", false],
  ["null", "0", false],
  ['"1"', "1", false],
  ["[]", "{}", false],
  ["[1,2]", "[2,1]", false],
  ["[1]", "[1,null]", false],
  ['{"a":1,"b":[{}]}', '{"b":[{}],"a":1}', true],
  ['{"a":1}', '{"a":1,"b":null}', false],
  ['{"a":null}', '{"b":null}', false],
  ['{"toString":null}', "{}", false],
  ['{"__proto__":1}', '{"__proto__":1}', true],
  ['{"__proto__":1}', "{}", false],
])("%s and %s: %s", (left, right, want) => {
  const [a, b]: [Json, Json] = [JSON.parse(left), JSON.parse(right)];
  expect(jsonEqual(a, b)).toBe(want);
  expect(jsonEqual(b, a)).toBe(want);
});

it("compares values of any depth", () => {
  const nested = (depth: number): Json => {
    let value: Json = 1;
    for (let at = 0; at < depth; at++) value = [value];
    return value;
  };
  expect(jsonEqual(nested(100_000), nested(100_000))).toBe(true);
  expect(jsonEqual(nested(100_000), nested(100_001))).toBe(false);
});
