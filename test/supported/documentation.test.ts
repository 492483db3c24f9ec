/** What the table of features calls documentation: it is in the document that is served, to the letter. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { FEATURES } from "../../generator/src/report/table.js";

const source = load(
  readFileSync(new URL("documentation.yaml", import.meta.url), "utf8"),
);

it("documentation is served as it is written, every kind of it", async () => {
  const { files, diagnostics, report } = await generate(
    Object(source),
    {},
    { report: true },
  );
  expect(diagnostics).toEqual([]);
  const served = files.find(({ path }) => path === "openapi.json")?.text ?? "";
  expect(JSON.parse(served)).toEqual(source);
  const used = new Set(
    report?.features
      .filter(({ level }) => level === "documentation")
      .map(({ feature }) =>
        feature.startsWith("format: ") ? "format: others" : feature,
      ),
  );
  const missing = FEATURES.filter(
    ({ level, name }) => level === "documentation" && !used.has(name),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});
