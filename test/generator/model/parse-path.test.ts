import { describe, expect, it } from "vitest";
import {
  parsePath,
  pathOf,
  routeKey,
} from "../../../generator/src/model/parse-path.js";

describe("segments of", () => {
  const rows: [path: string, want: (string | { variable: string })[][]][] = [
    ["/", [[]]],
    ["/a", [["a"]]],
    ["/a/", [["a"], []]],
    ["/a//b", [["a"], [], ["b"]]],
    ["/{id}", [[{ variable: "id" }]]],
    ["/v{n}.{ext}", [["v", { variable: "n" }, ".", { variable: "ext" }]]],
    ["/{a}{b}", [[{ variable: "a" }, { variable: "b" }]]],
    ["/{a/b}/c", [[{ variable: "a/b" }], ["c"]]],
    ["/a%20b%2Fc", [["a b/c"]]],
    ["/100%", [["100%"]]],
    ["/{}", [["{}"]]],
    ["/{open", [["{open"]]],
    ["/.*+^$()|[]", [[".*+^$()|[]"]]],
    ["a", [["a"]]],
    ["", [[]]],
  ];
  it.each(rows)("%s", (path, want) => {
    expect(parsePath(path).map(({ parts }) => parts)).toEqual(want);
  });
});

describe("what is a path of", () => {
  it.each([
    ["/a?x=1", "/a"],
    ["/a#b", "/a"],
    ["/a#b?c", "/a"],
    ["/{a?}/{b#}?c", "/{a?}/{b#}"],
    ["/a", "/a"],
    ["?", ""],
  ])("%s is %s", (key, want) => {
    expect(pathOf(key)).toBe(want);
  });
});

it("routes are equal when only the names of variables differ", () => {
  const key = (path: string) => routeKey(parsePath(path));
  expect(key("/a/{b}.json")).toBe(key("/a/{c}.json"));
  expect(key("/%61")).toBe(key("/a"));
  expect(key("/{a}")).not.toBe(key("/a"));
  expect(key("/{a}-{b}")).not.toBe(key("/{a}{b}"));
  expect(key("/a/")).not.toBe(key("/a"));
});
