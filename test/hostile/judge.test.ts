import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultsOf, literalsOf, shapeOf } from "./judge.js";

const file = (text: string) => ({ path: "a.ts", text });

describe("faultsOf", () => {
  it.each([
    ["", []],
    ['import { a } from "./a.js"; a["__proto__"] = 1; a[index] = 2;', []],
    ['import "evil";', ["a module that nobody chose"]],
    ['const a = await import("node:fs");', ["a module that nobody chose"]],
    ['type A = import("x").A;', ["a module that nobody chose"]],
    ["globalThis.__pwned = 1;", ["a door to the machine"]],
    ["eval(text);", ["a door to the machine"]],
    ["into[key] = value;", ["a member that a request may name"]],
    ["delete into[key];", ["a member that a request may name"]],
    ["const a = ;", ["Expression expected."]],
    ["// @ts-ignore\nconst a = 1;", ["a comment that silences checks"]],
    ["// @ts-nocheck\nconst a = 1;", ["a comment that silences checks"]],
    ['/// <reference path="x" />\n', ["a reference to a file"]],
  ])("%s", (text, wanted) => {
    const found = faultsOf(file(text));
    expect(found).toHaveLength(wanted.length);
    for (const [at, each] of wanted.entries())
      expect(found[at]).toContain(each);
  });
});

describe("shapeOf", () => {
  it("is equal for other words", () => {
    expect(shapeOf(file('const a = { b: "c" };'))).toBe(
      shapeOf(file('const x = { "y-z": "*/ evil()" }; // d')),
    );
  });

  it.each([
    'const a = { b: "c" + evil() };',
    'const a = { b: "c" }; evil();',
    "const a = { b: `c${evil()}` };",
    'const a = { [b]: "c" };',
    "const a = { b: /c/ };",
  ])("%s is of another one", (text) => {
    expect(shapeOf(file(text))).not.toBe(
      shapeOf(file('const a = { b: "c" };')),
    );
  });
});

it("finds literals", () => {
  expect(literalsOf(file('const a = "x\\"y";'))).toEqual(
    expect.arrayContaining(['x"y', "a"]),
  );
});

it("has nothing to say about the example", () => {
  const folder = fileURLToPath(new URL("../../generated", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap(faultsOf)).toEqual([]);
});
