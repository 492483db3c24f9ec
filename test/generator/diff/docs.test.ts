/** docs/diff.md lists every id with its severities. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  SCHEMA_RULES,
  schemaSeverity,
  type SchemaChange,
} from "../../../generator/src/diff/severity.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(`${ROOT}docs/diff.md`, "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

function isSchemaChange(name: string): name is SchemaChange {
  return Object.hasOwn(SCHEMA_RULES, name);
}

describe("docs/diff.md", () => {
  it("has the severities of all changes of schemas", () => {
    const listed = rows.flatMap(([, name = "", request, response]) => {
      const what = name.replaceAll("`", "");
      return isSchemaChange(what) ? [[what, request, response]] : [];
    });
    const expected = Object.keys(SCHEMA_RULES)
      .filter(isSchemaChange)
      .map((what) => [
        what,
        schemaSeverity(what, "request"),
        schemaSeverity(what, "response"),
      ]);
    expect(listed).toEqual(expected);
  });

  it("names every id of operations that the sources have", () => {
    const folder = `${ROOT}generator/src/diff`;
    const sources = readdirSync(folder).map((name) =>
      readFileSync(`${folder}/${name}`, "utf8"),
    );
    const ids = sources.flatMap((text) =>
      [
        ...text.matchAll(
          /\bid: (?:[\w.]+ \? )?"([a-z-]+)"(?: : "([a-z-]+)")?/g,
        ),
      ].flatMap(([, one = "", two]) =>
        two === undefined ? [one] : [one, two],
      ),
    );
    expect(ids.length).toBeGreaterThan(15);
    expect(ids.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  });

  it("names every id of operations that the table of cases expects", () => {
    const cases = readFileSync(
      new URL("operations.test.ts", import.meta.url),
      "utf8",
    );
    const ids = new Set(
      [...cases.matchAll(/"(?:breaking|warning|info) ([a-z-]+)"/g)].map(
        ([, id = ""]) => id,
      ),
    );
    const missing = [...ids].filter((id) => {
      const what = id.replace(
        /^(?:request|response)-(?:parameter|body|header)-/,
        "",
      );
      return !page.includes(`\`${id}\``) && !isSchemaChange(what);
    });
    expect(ids.size).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });
});
