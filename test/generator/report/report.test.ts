import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { generate } from "../../../generator/src/generate.js";
import { CATALOGUE } from "../../../generator/src/lint/catalogue.js";
import { GRAMMAR } from "../../../generator/src/load/grammar.js";
import { LEVEL_OF_CODE } from "../../../generator/src/report/code-levels.js";
import { FIELD_LEVELS } from "../../../generator/src/report/field-levels.js";
import { FEATURES } from "../../../generator/src/report/table.js";
import { shared, sharedAvailable } from "../../shared.js";
import { runKontract } from "../commands/run-kontract.js";
import { temporaryFolder } from "../temporary-folder.js";

/** `level feature code × uses` by line of the report. */
async function reported(yaml: string, options = {}): Promise<string[]> {
  const { report } = await generate(Object(load(yaml)), options, {
    style: true,
    report: true,
  });
  return (report?.features ?? []).map(
    ({ level, feature, code, uses }) =>
      `${level}: ${feature}${code === undefined ? "" : ` ${code}`} × ${uses}`,
  );
}

function operation(fields: string, version = "3.1.0"): string {
  return `openapi: ${version}
info: { title: t, version: "1" }
paths:
  /a:
    post:
      operationId: a
      responses: { "204": { description: done } }
${fields.replace(/^/gm, "      ")}`;
}

function body(schema: string, type = "application/json"): string {
  return `requestBody: { content: { ${type}: { schema: ${schema} } } }`;
}

describe("the table of features", () => {
  it("has every field of the grammar once, and no other", () => {
    for (const [kind, { fields }] of GRAMMAR) {
      const listed = Object.values(FIELD_LEVELS[kind]).flatMap((words) =>
        (words ?? "").split(/\s+/),
      );
      expect(listed.toSorted(), kind).toEqual([...fields.keys()].toSorted());
    }
  });

  it("calls each feature by a name of its own", () => {
    const names = FEATURES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300);
  });

  it("leaves nothing unenforced that no code tells", () => {
    const silent = FEATURES.filter(
      ({ level, code }) =>
        !["enforced", "documentation"].includes(level) &&
        !(code !== undefined && CATALOGUE.has(code)),
    );
    expect(silent).toEqual([]);
    const unknown = [...LEVEL_OF_CODE.keys()].filter(
      (code) => !CATALOGUE.has(code),
    );
    expect(unknown).toEqual([]);
  });
});

describe("the report", () => {
  it("counts uses, and names the first", async () => {
    const { report } = await generate(
      Object(
        load(
          operation(
            body(
              "{ properties: { a: { maxLength: 1 }, b: { maxLength: 2 } } }",
            ),
          ),
        ),
      ),
      {},
      { report: true },
    );
    expect(
      report?.features.find(({ feature }) => feature === "schema: `maxLength`"),
    ).toEqual({
      feature: "schema: `maxLength`",
      area: "Schemas",
      level: "enforced",
      uses: 2,
      origin: {
        file: "(document)",
        pointer:
          "/paths/~1a/post/requestBody/content/application~1json/schema/properties/a/maxLength",
      },
    });
  });

  it("says typed only where a body has no codec and its schema asks for more", async () => {
    const xml = await reported(
      operation(body("{ type: object }", "application/xml")),
    );
    expect(xml).toContain(
      "typed only: request body: XML and other media types KT3111 × 1",
    );
    expect(xml).toContain("typed only: media type object: `schema` KT3111 × 1");
    const image = await reported(
      operation(body("{ type: string, format: binary }", "image/png")),
    );
    expect(image).toContain(
      "enforced: request body: XML and other media types × 1",
    );
  });

  it("says so of documents that are refused for something else as well", async () => {
    const lines = await reported(
      operation(
        `security: [{ none: [] }]\n${body("{ type: object }", "application/xml")}`,
      ),
    );
    expect(lines).toContain(
      "typed only: request body: XML and other media types KT3111 × 1",
    );
  });

  it("keeps apart what becomes of several uses of one feature", async () => {
    const lines = await reported(
      operation(
        `parameters:
  - { name: q, in: query, schema: { type: string } }
  - { name: Accept, in: header, schema: { type: string } }
  - { name: X-A, in: header, schema: { type: string } }`,
      ),
    );
    expect(lines).toContain("enforced: parameter in header: `simple` × 1");
    expect(lines).toContain(
      "no effect: parameter in header: `simple` KT2024 × 1",
    );
  });

  it("says refused, with the code of the error", async () => {
    const old = await reported(
      operation(body("{ type: object, dependencies: { a: [b] } }")),
    );
    expect(old).toContain("refused: older drafts: `dependencies` KT3003 × 1");
    const wrong = await reported(operation(body("{ maxLength: no }")));
    expect(wrong).toContain("refused: schema: `maxLength` KT2201 × 1");
  });

  it("tells fields of later versions and slips", async () => {
    const lines = await reported(
      `${operation(body("{ type: string, maxLenght: 3, $anchor: a }"), "3.0.3")}\nwebhooks: {}`,
    );
    expect(lines).toContain(
      "no effect: OpenAPI document: `webhooks` KT6015 × 1",
    );
    expect(lines).toContain("no effect: schema: `maxLenght` KT6015 × 1");
    expect(lines).toContain("no effect: schema: `$anchor` KT6015 × 1");
  });

  it("tells a `nullable` that adds null from one that does not", async () => {
    const lines = await reported(
      operation(
        body(
          "{ properties: { a: { type: string, nullable: true }, b: { nullable: true }, c: { nullable: true, allOf: [{ type: string }] } } }",
        ),
        "3.0.3",
      ),
    );
    expect(lines).toContain("enforced: schema: `nullable` × 2");
    expect(lines).toContain("no effect: schema: `nullable` KT2086 × 1");
  });

  it("does not listen to what the document or the config silences", async () => {
    const silenced = `${operation(body("{ type: object }", "application/xml"))}
      x-lint-ignore: [KT3111]`;
    expect(await reported(silenced, { lint: { KT3111: "off" } })).toContain(
      "typed only: request body: XML and other media types KT3111 × 1",
    );
  });

  it("knows the vocabulary, under both names, and leaves other names to others", async () => {
    const lines = await reported(
      operation("x-timeout: 5s\nx-kontract-audit: true\nx-amazon: 1"),
    );
    expect(lines).toContain("enforced: extension `x-timeout` × 1");
    expect(lines).toContain("enforced: extension `x-audit` × 1");
    expect(lines).toContain("documentation: extension `x-amazon` × 1");
  });
});

describe("kontract lint --report", () => {
  const document = operation(body("{ type: object }", "application/xml"));

  it("prints one line a feature on stdout, the findings on stderr", async () => {
    const folder = temporaryFolder({ "a.yaml": document });
    const { exit, stdout, stderr } = await runKontract(
      folder,
      "lint",
      "a.yaml",
      "--report",
    );
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^a\.yaml: OpenAPI 3\.1\n\ntyped only:\n {6}1 {2}request body: XML and other media types +KT3111 {2}a\.yaml:8:33\n/,
    );
    expect(stdout).toContain("\nenforced:\n");
    expect(stderr).toContain("warning KT3111");
  });

  it("prints it with `--json` as data", async () => {
    const folder = temporaryFolder({ "a.yaml": document });
    const { stdout } = await runKontract(
      folder,
      "lint",
      "a.yaml",
      "--report",
      "--json",
    );
    const printed: {
      report: { file: string; openapi: string; features: object[] }[];
    } = JSON.parse(stdout);
    const [only] = printed.report;
    expect(only).toMatchObject({ file: "a.yaml", openapi: "3.1" });
    expect(only?.features[0]).toEqual({
      feature: "request body: XML and other media types",
      area: "Request bodies",
      level: "typed only",
      code: "KT3111",
      uses: 1,
      file: "a.yaml",
      line: 8,
      column: 33,
      pointer: "/paths/~1a/post/requestBody/content/application~1xml",
    });
  });

  it("does not share stdout with a log of findings", async () => {
    const folder = temporaryFolder({ "a.yaml": document });
    const both = ["lint", "a.yaml", "--report", "--sarif"];
    expect(await runKontract(folder, ...both)).toMatchObject({
      exit: 2,
      stdout: "",
    });
    const apart = await runKontract(folder, ...both, "log.sarif");
    expect(apart.exit).toBe(0);
    expect(apart.stdout).toContain("typed only:");
  });

  it("has no report of a document that cannot be read", async () => {
    const folder = temporaryFolder({ "a.yaml": "swagger: '2.0'" });
    const run = await runKontract(folder, "lint", "a.yaml", "--report");
    expect(run).toMatchObject({ exit: 3, stdout: "" });
  });
});

describe.skipIf(!sharedAvailable)("reports of real documents", () => {
  const names = new Set(FEATURES.map(({ name }) => name));

  it.each([
    "real/swagger-petstore/openapi.yaml",
    "real/oai-learn/v3.2/3.2-tags-example.yaml",
    "real/oai-learn/v3.0/uspto.yaml",
    // refused
    "real/laravel-scribe/openapi.yaml",
  ])("%s", async (path) => {
    const { report, sources } = await generate(
      shared(`specs/${path}`),
      {},
      { style: true, report: true },
    );
    const features = report?.features ?? [];
    expect(features.length).toBeGreaterThan(15);
    const files = new Set(sources.map((each) => each.path));
    for (const { feature, level, code, uses, origin } of features) {
      expect(uses).toBeGreaterThan(0);
      expect(files).toContain(origin.file);
      const isTold = code !== undefined && CATALOGUE.has(code);
      const isFine = level === "enforced" || level === "documentation";
      expect({ feature, isFine: isFine || isTold }).toEqual({
        feature,
        isFine: true,
      });
      // Of what is not in the table only names of others and slips are told.
      if (!names.has(feature)) {
        expect(`${feature} ${code}`).toMatch(/^extension |^format: |KT6015$/);
      }
    }
  });
});
