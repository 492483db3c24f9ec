import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../../generator/src/lint/diagnostic.js";
import { parseSource } from "../../../generator/src/load/parse-source.js";
import { told } from "./load.js";

function parse(text: string, path = "a.yaml") {
  const diagnostics = new Diagnostics();
  const value = parseSource(path, text, diagnostics);
  return { value, told: told(diagnostics.list) };
}

describe("parseSource reads YAML by the core schema of 1.2", () => {
  it.each<[string, unknown]>([
    ["[no, off, yes, on, n]", ["no", "off", "yes", "on", "n"]],
    ["[true, False, TRUE]", [true, false, true]],
    ["[~, null, NULL, 'null']", [null, null, null, "null"]],
    ["[12, -3, 0o17, 0x1F]", [12, -3, 15, 31]],
    ["[1_000, 0b1, 12:30:45]", ["1_000", "0b1", "12:30:45"]],
    ["[1.5, .5, 1e3, -1.]", [1.5, 0.5, 1000, -1]],
    ["2024-01-01", "2024-01-01"],
    ["200: a\n4XX: b", { "200": "a", "4XX": "b" }],
    ["a: { <<: { b: 1 }, c: 2 }", { a: { b: 1, c: 2 } }],
    ["x: &x { b: 1 }\na:\n  <<: [*x]\n  b: 2", { x: { b: 1 }, a: { b: 2 } }],
    ["a:", { a: null }],
    ["", null],
  ])("%s", (text, wanted) => {
    expect(parse(text)).toEqual({ value: wanted, told: [] });
  });

  it("keeps keys of the prototype as plain members", () => {
    const { value } = parse("__proto__: { polluted: 1 }\nconstructor: 2");
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("parseSource says where the text is wrong", () => {
  it.each<[string, string, string[]]>([
    [
      "a tab",
      "a:\n\tb: 1",
      [
        "error KT1003 a.yaml#:2:1 the text is not YAML: tab characters must not be used in indentation",
      ],
    ],
    [
      "a second document",
      "a: 1\n---\nb: 2",
      ["error KT1005 a.yaml#:2:1 the file holds more than one YAML document"],
    ],
    [
      "a tag",
      "a: !!js/function 'x'",
      [
        "error KT1006 a.yaml#:1:21 the YAML tag cannot be used: unknown tag !<tag:yaml.org,2002:js/function>",
      ],
    ],
    [
      "binary is no plain data either",
      "a: !!binary aGk=",
      [
        "error KT1006 a.yaml#:1:17 the YAML tag cannot be used: unknown tag !<tag:yaml.org,2002:binary>",
      ],
    ],
    [
      "each key that stands twice",
      "a:\n  b: 1\n  b: 2\n  '/c': 1\n  /c: 2",
      [
        "error KT1004 a.yaml#/a/b:3:3 the key `b` stands twice in one mapping",
        "error KT1004 a.yaml#/a/~1c:5:3 the key `/c` stands twice in one mapping",
      ],
    ],
    [
      "a value that contains itself",
      "a: &a\n  b: *a",
      [
        "error KT1008 a.yaml# a YAML alias stands for a value that contains the alias itself",
      ],
    ],
  ])("%s", (_, text, wanted) => {
    expect(parse(text)).toEqual({ value: undefined, told: wanted });
  });

  it("lets the last of two descriptions count, but not of two properties called so", () => {
    expect(parse("a:\n  description: x\n  description: y")).toEqual({
      value: { a: { description: "y" } },
      told: [
        "warning KT1004 a.yaml#/a/description:3:3 the key `description` stands twice in one mapping; the last one counts",
      ],
    });
    expect(
      parse("properties:\n  description: {}\n  description: {}").value,
    ).toBeUndefined();
  });

  it("names the place in JSON", () => {
    expect(parse('{"a": [1, 2', "a.json").told).toEqual([
      "error KT1003 a.json#:1:12 the text is not JSON: the text ends where `,` or `]` is expected",
    ]);
    expect(parse('{"a": 1,\n "b" 2}', "a.json").told).toEqual([
      "error KT1003 a.json#:2:6 the text is not JSON: `:` is expected",
    ]);
  });

  it("takes YAML in flow style when the name does not promise JSON", () => {
    expect(parse("{a: [b]}")).toEqual({ value: { a: ["b"] }, told: [] });
    expect(parse("{a: [b]}", "a.json").value).toBeUndefined();
  });

  it("notices keys that JSON.parse drops", () => {
    expect(
      parse('{"a": {"b": 1, "c": [{"d": 1, "d": 2}], "b": "\\""}}', "a.json"),
    ).toEqual({
      value: { a: { b: '"', c: [{ d: 2 }] } },
      told: [
        "warning KT1004 a.json#/a/c/0/d:1:31 the key `d` stands twice in one object; the last one counts",
        "warning KT1004 a.json#/a/b:1:41 the key `b` stands twice in one object; the last one counts",
      ],
    });
  });
});

describe("parseSource limits", () => {
  const nested = (levels: number) =>
    `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

  it("allows 512 levels of JSON and no more", () => {
    expect(parse(nested(512), "a.json").told).toEqual([]);
    expect(parse(nested(513), "a.json").told).toEqual([
      "error KT1007 a.json# the document is nested more than 512 levels deep",
    ]);
  });

  it("is quick and calm about absurd depth", () => {
    const deep = "[".repeat(100_000);
    expect(parse(`a: ${deep}`).told).toEqual([
      expect.stringMatching(
        /^error KT1007 a\.yaml#:1:\d+ the document is nest/,
      ),
    ]);
    expect(parse(nested(100_000), "a.json").told).toHaveLength(1);
  });

  it("counts aliases as if they were written out", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let at = 1; at < 7; at++) {
      const ten = Array.from({ length: 10 }, () => `*a${at - 1}`).join(", ");
      lines.push(`a${at}: &a${at} [${ten}]`);
    }
    expect(parse(lines.slice(0, 5).join("\n")).told).toEqual([]);
    expect(parse(lines.join("\n")).told).toEqual([
      "error KT1008 a.yaml# the YAML aliases stand for more than 1000000 values",
    ]);
  });
});

describe("numbers beyond all doubles", () => {
  it.each([
    ["a.json", '{"a":[1e400,-1e400,{"b":1e999}]}'],
    ["a.yaml", "a: [1e400, -.inf, { b: .inf }]"],
  ])("become the largest ones in %s", (path, text) => {
    const { value } = parse(text, path);
    const most = Number.MAX_VALUE;
    expect(value).toEqual({ a: [most, -most, { b: most }] });
  });

  it("`.nan` is a text: JSON has no such number", () => {
    expect(parse("a: .nan", "a.yaml").value).toEqual({ a: ".nan" });
  });
});
