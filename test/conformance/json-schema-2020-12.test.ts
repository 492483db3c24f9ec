/** The official JSON Schema test suite, draft 2020-12, through emitted checks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Json } from "../../generator/src/load/document.js";
import { sharedAvailable } from "../shared.js";
import { REMOTES, suiteFiles, suiteGroups, type SuiteGroup } from "./suite.js";
import {
  add,
  figuresText,
  tally,
  type Placement,
  type Tally,
} from "./tally.js";
import { outputFolder } from "./transpiled.js";

const DRAFT = "draft2020-12";
const TESTS = 1_299;
const folder = outputFolder("json-schema-2020-12");
const files = sharedAvailable ? suiteFiles(DRAFT) : [];

/**
 * In the document itself. References that begin with `#` mean the group's schema, so a schema without a name gets one:
 * else they would mean the document.
 */
const inline: Placement = ({ schema, file, index }) => {
  if (!isObject(schema) || "$id" in schema) return schema;
  return { $id: `urn:kontract-suite:${file}:${index}`, ...schema };
};

/** In a file of its own, unchanged, that the document refers to. */
function inFiles(groups: readonly SuiteGroup[], file: string): Placement {
  const schemas = join(folder, "schemas", file);
  mkdirSync(schemas, { recursive: true });
  for (const { index, schema } of groups) {
    writeFileSync(join(schemas, `${index}.json`), JSON.stringify(schema));
  }
  return ({ index }) => ({ $ref: `${SCHEMAS}${file}/${index}.json` });
}

const SCHEMAS = "https://suite.example/";
const resources = { ...REMOTES, [SCHEMAS]: join(folder, "schemas") };

describe.runIf(sharedAvailable).each(["inline", "in files"])("%s", (where) => {
  const byFile = new Map<string, Tally>();

  it.each(files)("%s", async (file) => {
    const groups = suiteGroups(DRAFT, file);
    const place = where === "inline" ? inline : inFiles(groups, file);
    const output = join(folder, where.replace(" ", "-"), file);
    const total = await tally(
      output,
      groups,
      { openapi: "3.1.1", resources },
      place,
    );
    byFile.set(file, total);
    expect(total.lines.filter((line) => line.startsWith("wrong"))).toEqual([]);
  });

  it("99.5 % right, the rest refused, none wrong", async () => {
    const { right, refused, wrong } = add([...byFile.values()]);
    expect(right + refused + wrong).toBe(TESTS);
    expect(wrong).toBe(0);
    expect(right / TESTS).toBeGreaterThanOrEqual(0.995);
    await expect(figuresText(byFile)).toMatchFileSnapshot(
      `figures/${DRAFT}-${where.replace(" ", "-")}.json`,
    );
  });

  afterAll(() => {
    const { right, refused, wrong, lines } = add([...byFile.values()]);
    process.stdout.write(
      `JSON Schema ${DRAFT}, ${where}: ${right} right, ${refused} refused, ${wrong} wrong of ${TESTS}\n` +
        lines.map((line) => `  ${line}\n`).join(""),
    );
  });
});

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
