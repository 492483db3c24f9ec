import { expect, it } from "vitest";
import { stronglyConnected } from "../../../generator/src/model/strongly-connected.js";

function components(edges: Record<string, string[]>): string[] {
  return stronglyConnected(new Map(Object.entries(edges))).map((component) =>
    [...component].sort().join(""),
  );
}

it("finds circles, and puts what is used before what uses it", () => {
  expect(
    components({
      a: ["b"],
      b: ["c", "d"],
      c: ["a"],
      d: ["e"],
      e: ["d", "f"],
      f: [],
      g: ["a"],
    }),
  ).toEqual(["f", "de", "abc", "g"]);
});

it("keeps a node that leads to itself alone", () => {
  expect(components({ a: ["a", "b"], b: [] })).toEqual(["b", "a"]);
});

it("follows a chain of 100,000 without recursion", () => {
  const length = 100_000;
  const chain = new Map(
    Array.from({ length }, (_, at) => [at, at + 1 < length ? [at + 1] : []]),
  );
  expect(stronglyConnected(chain)).toHaveLength(length);
});
