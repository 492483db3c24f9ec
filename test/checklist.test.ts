/** docs/checklist.md says of every line of the checklist what switches it on and what proves it: both are there. */
import { existsSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { shared, sharedAvailable } from "./shared.js";

const ROOT = new URL("../", import.meta.url);
const read = (path: string): string =>
  readFileSync(new URL(path, ROOT), "utf8");

/** Cells of the rows of all tables, without their heads. */
function rowsOf(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| *[Ll]ine\b/.test(line))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf("|"))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter(([first = ""]) => !/^-+$/.test(first));
}

const rows = rowsOf(read("docs/checklist.md"));

/** First arguments of `it`, `it.each(…)`, `it.skipIf(…)` and the like. */
function titlesOf(path: string): Set<string> {
  const titles = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      const root = /^(?:it|test)\b/.test(node.expression.getText());
      if (root && title !== undefined && ts.isStringLiteralLike(title)) {
        titles.add(title.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true));
  return titles;
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Object(value)[key];
  }
  return value;
}

describe("the checklist", () => {
  it.skipIf(!sharedAvailable)("has every line of its owner, once", () => {
    const wanted = rowsOf(readFileSync(shared("design/checklist.md"), "utf8"));
    expect(wanted.length).toBeGreaterThan(50);
    expect(rows.map(([line]) => line).toSorted()).toEqual(
      wanted.map(([line]) => line).toSorted(),
    );
  });

  it.each(rows)("%s", (_line, document = "", tests = "", component = "") => {
    const places = [...document.matchAll(/`([^`#]+)#([^`]*)`/g)];
    expect(places.length).toBeGreaterThan(0);
    for (const [, file = "", pointer = ""] of places) {
      const value = valueAt(load(read(file)), pointer);
      expect(value, `${file}#${pointer}`).toBeDefined();
    }
    const named = [
      ...tests.matchAll(/\]\(\.\.\/(\S+?)\): (?:``(.+?)``(?!`)|`([^`]+)`)/g),
    ];
    expect(named.length).toBeGreaterThan(0);
    expect(named).toHaveLength(tests.split("<br>").length);
    for (const [, file = "", quoted, plain] of named) {
      expect(existsSync(new URL(file, ROOT)), file).toBe(true);
      expect([...titlesOf(file)], file).toContain(quoted ?? plain);
    }
    expect(component).not.toBe("");
  });
});
