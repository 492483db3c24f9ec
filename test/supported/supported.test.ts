/** `docs/supported.md`: the table of features, the tests that prove it, and the figures of the official suites. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../generator/src/lint/catalogue.js";
import { GRAMMAR, type Version } from "../../generator/src/load/grammar.js";
import { LEVEL_OF_CODE } from "../../generator/src/report/code-levels.js";
import type { Feature } from "../../generator/src/report/feature.js";
import {
  FEATURES,
  fieldName,
  isRead,
  VERSIONS,
} from "../../generator/src/report/table.js";
import type { Figure } from "../conformance/tally.js";
import { proofOf } from "./proofs.js";

const ROOT = new URL("../../", import.meta.url);

const keywords = new Map(
  [...(GRAMMAR.get("schema")?.fields.keys() ?? [])].map((keyword) => [
    fieldName("schema", keyword),
    keyword,
  ]),
);

function standing({ level, code }: Pick<Feature, "level" | "code">): string {
  return code === undefined ? level : `${level}: ${code}`;
}

/** In parentheses where the version's own specification does not have it. */
function cell(feature: Feature, version: Version): string {
  if (feature.versions.includes(version)) return standing(feature);
  const keyword = keywords.get(feature.name);
  if (keyword !== undefined && isRead(keyword, version)) {
    return `(${standing(feature)})`;
  }
  if (feature.name.startsWith("type: ")) return `(${standing(feature)})`;
  return feature.versions.length === 0 ? standing(feature) : "–: KT6015";
}

function featureTables(): string {
  let text = "";
  let area = "";
  const areas = [...new Set(FEATURES.map((each) => each.area))];
  const sorted = areas.flatMap((each) =>
    FEATURES.filter((feature) => feature.area === each),
  );
  for (const feature of sorted) {
    if (feature.area !== area) {
      area = feature.area;
      text += `\n## ${area}\n\n| feature | 3.0 | 3.1 | 3.2 | proof |\n| --- | --- | --- | --- | --- |\n`;
    }
    const cells = VERSIONS.map((version) => cell(feature, version));
    const proof = `\`${proofOf(feature)?.file ?? ""}\``;
    text += `| ${[feature.name, ...cells, proof].join(" | ")} |\n`;
  }
  return text;
}

function codeTable(): string {
  const rows = [...LEVEL_OF_CODE].map(([code, level]) => {
    const title = CATALOGUE.get(code)?.title ?? "";
    return `| ${code} | ${title} | ${level} |\n`;
  });
  return `| code | what | leaves it |\n| --- | --- | --- |\n${rows.join("")}`;
}

function figures(name: string): Map<string, Figure> {
  const file = new URL(`test/conformance/figures/${name}.json`, ROOT);
  const read: Record<string, Figure> = JSON.parse(readFileSync(file, "utf8"));
  return new Map(Object.entries(read));
}

function total(of: ReadonlyMap<string, Figure>): string {
  let right = 0;
  let all = 0;
  for (const each of of.values()) {
    right += each.right;
    all += each.right + each.refused + each.wrong;
  }
  return `${right} of ${all}`;
}

function suiteTable(): string {
  const latest = figures("draft2020-12-inline");
  const old = figures("draft4");
  const share = (figure: Figure | undefined) =>
    figure === undefined
      ? ""
      : `${figure.right} of ${figure.right + figure.refused + figure.wrong}`;
  const rows = [...new Set([...latest.keys(), ...old.keys()])]
    .toSorted()
    .map(
      (file) =>
        `| ${file.replace(/\.json$/, "")} | ${share(latest.get(file))} | ${share(old.get(file))} |\n`,
    );
  return (
    `| suite | 2020-12, as OpenAPI 3.1 | draft 4, as OpenAPI 3.0 |\n| --- | --- | --- |\n` +
    `| **all** | **${total(latest)}** | **${total(old)}** |\n${rows.join("")}`
  );
}

/** The page; \`vitest run test/supported -u\` writes it. */
function page(): string {
  return `# What is supported

Every feature of OpenAPI 3.0, 3.1 and 3.2, what becomes of it here, and the test that
proves it. The page is made from the table that \`kontract lint --report\` uses and from
the figures of the test suites; a test fails when it is not up to date, when a proof is
missing, or when the table lacks a field of the specification.

\`kontract lint openapi.yaml --report\` prints which of them a document uses, how often and
where first; with \`--json\` it is the member \`report\`.

- **enforced**: requests and answers are held against it, or the service does what it says.
- **typed only**: it is in the types; the value passes as it is, and the code says so.
- **refused**: nothing is generated, and the code says why.
- **no effect**: nothing follows from it, and the code says so.
- **documentation**: by the specification it asserts nothing. It is in the document that is
  served, and in comments.
- In parentheses: the version does not have it, and it is read all the same. A dash: the
  version does not have it; where it is used, \`kontract lint\` says so (KT6015).

What a keyword checks belongs to the body, parameter or header that it stands in: in a body
that is typed only it is not checked, and the code stands at the body's media type.

## JSON Schema

How many tests of the official JSON Schema test suite emitted checks answer as it says: all
required tests of draft 2020-12, and those of draft 4 that OpenAPI 3.0's dialect shares. The
figures are written by \`test/conformance/\`, which fails when they change.

${suiteTable()}
## What takes something away

An error refuses a document, whatever its code. These warnings say that something which is
written is not enforced; all others say how it is read. [Errors](errors.md) explains each.

${codeTable()}${featureTables()}`;
}

describe("docs/supported.md", () => {
  it("has a proof for every row: a file that speaks of it", () => {
    const unproven = FEATURES.flatMap((feature) => {
      const proof = proofOf(feature);
      if (proof === undefined) return [feature.name];
      const file = fileURLToPath(new URL(proof.file, ROOT));
      const speaks =
        existsSync(file) && readFileSync(file, "utf8").includes(proof.word);
      return speaks ? [] : [`${feature.name}: ${proof.file}, ${proof.word}`];
    });
    expect(unproven).toEqual([]);
  });

  it("says what the table and the figures say", async () => {
    await expect(
      await format(page(), { parser: "markdown" }),
    ).toMatchFileSnapshot("../../docs/supported.md");
  });
});
