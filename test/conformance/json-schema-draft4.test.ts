/** The official JSON Schema test suite, draft 4, through the dialect of OpenAPI 3.0 as far as the two agree. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sharedAvailable } from "../shared.js";
import { whyApart } from "./openapi-3.0-apart.js";
import { REMOTES, suiteFiles, suiteGroups } from "./suite.js";
import { add, figuresText, tally, type Tally } from "./tally.js";
import { outputFolder } from "./transpiled.js";

const DRAFT = "draft4";
const SCHEMAS = "https://suite.example/";
const folder = outputFolder("json-schema-draft4");

/** What OpenAPI 3.0's dialect does not share with draft 4, and how many groups and tests that leaves out. */
const APART: Record<string, { groups: number; tests: number }> = {
  "OpenAPI 3.0 has no tuples: `items` is one schema": { groups: 13, tests: 48 },
  "OpenAPI 3.0 has no `additionalItems`": { groups: 4, tests: 10 },
  "OpenAPI 3.0 has no `patternProperties`": { groups: 7, tests: 34 },
  "OpenAPI 3.0 has no type null": { groups: 8, tests: 24 },
  "the draft 4 meta-schema uses keywords that OpenAPI 3.0 has not": {
    groups: 2,
    tests: 4,
  },
  "OpenAPI 3.0 has no `dependencies`": { groups: 5, tests: 29 },
  "OpenAPI 3.0 asserts the formats that it knows; draft 4 may leave them annotations":
    { groups: 6, tests: 36 },
  "OpenAPI 3.0 has no lists of types": { groups: 5, tests: 22 },
  "OpenAPI 3.0 has no `id`": { groups: 12, tests: 25 },
};

/** Tests of the 98 groups that remain. */
const TESTS = 386;
describe.runIf(sharedAvailable)("draft 4 as OpenAPI 3.0", () => {
  const files = sharedAvailable ? suiteFiles(DRAFT) : [];
  const byFile = new Map<string, Tally>();
  const apart: Record<string, { groups: number; tests: number }> = {};
  let applicable = 0;

  it.each(files)("%s", async (file) => {
    const groups = suiteGroups(DRAFT, file).filter((group) => {
      const why = whyApart(group);
      if (why === undefined) return true;
      const count = (apart[why] ??= { groups: 0, tests: 0 });
      count.groups++;
      count.tests += group.tests.length;
      return false;
    });
    for (const group of groups) applicable += group.tests.length;
    if (groups.length === 0) return;
    const schemas = join(folder, "schemas", file);
    mkdirSync(schemas, { recursive: true });
    for (const { index, schema } of groups) {
      writeFileSync(join(schemas, `${index}.json`), JSON.stringify(schema));
    }
    const total = await tally(
      join(folder, file),
      groups,
      {
        openapi: "3.0.4",
        resources: { ...REMOTES, [SCHEMAS]: join(folder, "schemas") },
      },
      ({ index }) => ({ $ref: `${SCHEMAS}${file}/${index}.json` }),
    );
    byFile.set(file, total);
    expect(total.lines).toEqual([]);
  });

  it("leaves out what the dialects do not share, and nothing else", async () => {
    expect(apart).toEqual(APART);
    expect(applicable).toBe(TESTS);
    expect(add([...byFile.values()]).right).toBe(TESTS);
    await expect(figuresText(byFile)).toMatchFileSnapshot(
      `figures/${DRAFT}.json`,
    );
  });

  afterAll(() => {
    const { right, refused, wrong, lines } = add([...byFile.values()]);
    process.stdout.write(
      `JSON Schema ${DRAFT} as OpenAPI 3.0: ${right} right, ${refused} refused, ${wrong} wrong of ${applicable}\n` +
        lines.map((line) => `  ${line}\n`).join(""),
    );
  });
});
