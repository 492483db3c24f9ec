import { describe, expect, it } from "vitest";
import { positionsOf } from "../../../generator/src/load/positions.js";
import type { Origin } from "../../../generator/src/lint/diagnostic.js";

function positions(text: string, places: Partial<Origin>[]) {
  const files = [{ path: "f", text, json: null }];
  const origins = places.map((place) => ({ file: "f", pointer: "", ...place }));
  return positionsOf(files, origins).map((each) =>
    each === undefined
      ? undefined
      : `${each.line}:${each.column}+${each.length}`,
  );
}

const yaml = `openapi: 3.1.0
info: {title: "a: b", version: '1'}
common: &common
  tags: [one, two]
paths:
  /a/{b}:
    get:
      <<: *common
      parameters:
        - name: x
          in: query
        -
          name: y
      "quoted key": |
        long
        text
  empty:
`;

describe("positions in YAML", () => {
  it.each<[string, Partial<Origin>, string]>([
    ["the whole file", { pointer: "" }, "1:1+7"],
    ["a key", { pointer: "/openapi" }, "1:1+7"],
    ["its value", { pointer: "/openapi", on: "value" }, "1:10+5"],
    ["in a flow mapping", { pointer: "/info/title" }, "2:8+5"],
    ["a quoted value", { pointer: "/info/title", on: "value" }, "2:15+6"],
    ["an escaped key", { pointer: "/paths/~1a~1{b}/get" }, "7:5+3"],
    ["a list item", { pointer: "/paths/~1a~1{b}/get/parameters/0" }, "10:11+4"],
    [
      "a later item",
      { pointer: "/paths/~1a~1{b}/get/parameters/1/name" },
      "13:11+4",
    ],
    ["a quoted key", { pointer: "/paths/~1a~1{b}/get/quoted key" }, "14:7+12"],
    [
      "a block text",
      { pointer: "/paths/~1a~1{b}/get/quoted key", on: "value" },
      "14:21+1",
    ],
    [
      "through a merge key",
      { pointer: "/paths/~1a~1{b}/get/tags/1" },
      "4:15+3",
    ],
    ["no value", { pointer: "/paths/empty", on: "value" }, "17:3+5"],
    [
      "what is not there stands at its parent",
      { pointer: "/paths/~1a~1{b}/get/nope/deep" },
      "7:5+3",
    ],
    ["what the parser knew", { pointer: "", line: 3, column: 4 }, "3:4+1"],
  ])("%s", (_, place, wanted) => {
    expect(positions(yaml, [place])).toEqual([wanted]);
  });
});

const json = `{
  "a": {"b~/c": [1, {"d\\u0065": "x"}], "e": {}},
  "f": true
}`;

describe("positions in JSON", () => {
  it("answers many places in one scan", () => {
    expect(
      positions(json, [
        { pointer: "" },
        { pointer: "/a/b~0~1c" },
        { pointer: "/a/b~0~1c/0" },
        { pointer: "/a/b~0~1c/1/de", on: "value" },
        { pointer: "/a/e/missing" },
        { pointer: "/f" },
        { pointer: "/f", on: "value" },
      ]),
    ).toEqual([
      "1:1+1",
      "2:9+6",
      "2:18+1",
      "2:33+3",
      "2:40+3",
      "3:3+3",
      "3:8+4",
    ]);
  });

  it("knows nothing of files that were not read", () => {
    const [position] = positionsOf([], [{ file: "other", pointer: "/a" }]);
    expect(position).toBeUndefined();
  });
});
