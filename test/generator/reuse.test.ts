/** What an earlier run has printed is taken over, and the output is the same as without it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { openEarlier } from "../../generator/src/output/earlier.js";
import type { GeneratedFile } from "../../generator/src/output/generated-file.js";
import { readManifest } from "../../generator/src/output/manifest.js";
import { save } from "../../generator/src/output/save.js";
import { type Random, seededRandom } from "../random.js";
import { largeDocument } from "./large-document.js";
import { putFiles, temporaryFolder } from "./temporary-folder.js";

type Node = Record<string, unknown>;

function object(value: unknown): Node {
  if (typeof value === "object" && value !== null) return value as Node;
  throw new Error("no object");
}

function member(node: unknown, ...keys: string[]): Node {
  return keys.reduce((at, key) => object(at[key]), object(node));
}

function anOperation(document: Node, random: Random): Node {
  const path = object(random.pick(Object.values(member(document, "paths"))));
  return object(random.pick(Object.values(path)));
}

function aSchema(document: Node, random: Random): Node {
  const schemas = member(document, "components", "schemas");
  return object(random.pick(Object.values(schemas)));
}

/** What people do to documents, one at a time. */
const EDITS: Record<
  string,
  (document: Node, random: Random, at: number) => void
> = {
  prose(document, random, at) {
    anOperation(document, random)["summary"] = `said again, ${at}`;
  },
  deprecation(document, random) {
    anOperation(document, random)["deprecated"] = random.chance(0.5);
  },
  "a parameter"(document, random, at) {
    const name = `p${at}`;
    const schema = {
      type: "string",
      pattern: `^[a-${random.pick("xyz".split(""))}]$`,
    };
    anOperation(document, random)["parameters"] = [
      { name, in: "query", schema },
    ];
  },
  "an answer"(document, random, at) {
    const { responses } = anOperation(document, random);
    object(responses)["404"] = { description: `none of ${at}` };
  },
  "another group"(document, random) {
    const tags = [random.pick(["pets", "toys", "news"])];
    anOperation(document, random)["tags"] = tags;
  },
  "a property"(document, random, at) {
    const { properties } = aSchema(document, random);
    object(properties)[`extra${at}`] = {
      type: "string",
      pattern: `^[0-9]{${random.below(4) + 1}}$`,
      ...(random.chance(0.5) && { readOnly: true }),
    };
  },
  "a reference"(document, random, at) {
    const schemas = Object.keys(member(document, "components", "schemas"));
    const $ref = `#/components/schemas/${random.pick(schemas)}`;
    const { properties } = aSchema(document, random);
    object(properties)[`link${at}`] = { type: "array", items: { $ref } };
  },
  "a union"(document, random, at) {
    const schemas = Object.keys(member(document, "components", "schemas"));
    const refer = () => ({
      $ref: `#/components/schemas/${random.pick(schemas)}`,
    });
    const { properties } = aSchema(document, random);
    object(properties)[`either${at}`] = {
      anyOf: [refer(), refer(), { type: "string", enum: ["a", `b${at}`] }],
    };
  },
  "a new path"(document, random, at) {
    const schemas = Object.keys(member(document, "components", "schemas"));
    const $ref = `#/components/schemas/${random.pick(schemas)}`;
    const model = `New${at}`;
    member(document, "components", "schemas")[model] = {
      type: "object",
      properties: { of: { $ref }, code: { type: "string", pattern: "^n+$" } },
    };
    member(document, "paths")[`/new/${at}`] = {
      put: {
        tags: [random.pick(["pets", "toys"])],
        operationId: `put ${at}`,
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { $ref: `#/components/schemas/${model}` },
            },
          },
        },
        responses: { "204": { description: "put" } },
      },
    };
  },
  "one path less"(document, random) {
    const paths = member(document, "paths");
    if (Object.keys(paths).length > 6) {
      delete paths[random.pick(Object.keys(paths))];
    }
  },
  "the title"(document, _random, at) {
    member(document, "info")["version"] = `1.${at}`;
  },
};

function byPath(files: readonly GeneratedFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

function earlierOf(folder: string) {
  const { manifest } = readManifest(folder);
  return (
    manifest &&
    openEarlier(folder, { ...manifest, version: manifest.generator })
  );
}

/** Edits a document step by step; each run may take over what the one before has saved. */
async function follow(document: Node, steps: number, random: Random) {
  const cwd = temporaryFolder();
  const out = join(cwd, "out");
  let taken = 0;
  putFiles(cwd, { "out/.keep": "" });
  for (let at = 0; at < steps; at++) {
    const [name, edit] = random.pick(Object.entries(EDITS));
    if (at > 0) edit(document, random, at);
    const earlier = earlierOf(out);
    const asked: string[] = [];
    const clean = await generate(structuredClone(document));
    const again = await generate(
      structuredClone(document),
      {},
      {
        earlier: earlier && {
          record: (path) => earlier.record(path),
          text(path) {
            asked.push(path);
            return earlier.text(path);
          },
        },
      },
    );
    expect(byPath(again.files), `after ${name}, step ${at}`).toEqual(
      byPath(clean.files),
    );
    expect(again.diagnostics).toEqual(clean.diagnostics);
    taken += asked.length;
    await save(out, again.files, { cwd });
  }
  return taken;
}

describe("a run after another one", () => {
  it.each([1, 2, 3, 4])(
    "prints the same as a run from nothing, after any edits (%i)",
    { timeout: 120_000 },
    async (seed) => {
      const random = seededRandom(seed * 7919);
      const document = largeDocument({ groups: { pets: 8, toys: 4 } });
      expect(await follow(document, 14, random)).toBeGreaterThan(20);
    },
  );

  it(
    "takes over all files but those of the operation that was edited",
    { timeout: 120_000 },
    async () => {
      const cwd = temporaryFolder();
      const out = join(cwd, "out");
      const groups = { pets: 60, toys: 80 };
      const first = await generate(largeDocument({ groups }));
      await save(out, first.files, { cwd });
      const document = largeDocument({ groups });
      const operation = member(document, "paths", "/toys/toys3", "get");
      operation["x-rank"] = 1;
      operation["summary"] = "All toys of the third kind";
      const earlier = earlierOf(out);
      const taken: string[] = [];
      const { files } = await generate(
        document,
        {},
        {
          earlier: earlier && {
            record: (path) => earlier.record(path),
            text(path) {
              taken.push(path);
              return earlier.text(path);
            },
          },
        },
      );
      const printed = files
        .map(({ path }) => path)
        .filter((path) => path.includes("/") && !taken.includes(path));
      expect(printed).toEqual([
        expect.stringMatching(/^operations\/toys\/\d\.ts$/),
      ]);
      const { files: report } = await save(out, files, { cwd });
      const written = report.filter(({ status }) => status !== "unchanged");
      expect(written.map(({ path }) => path)).toEqual([
        "client.ts",
        "handlers.ts",
        "openapi.json",
        ...printed,
        "kontract.json",
      ]);
    },
  );

  it("takes over nothing that was edited by hand, or that another build or other options made", async () => {
    const cwd = temporaryFolder();
    const out = join(cwd, "out");
    const document = largeDocument({ groups: { pets: 2 } });
    const { files } = await generate(document);
    await save(out, files, { cwd });
    const path = "operations/pets.ts";
    const now = readManifest(out).manifest;
    if (now === undefined) throw new Error("no manifest");
    const { build, options, generator: version } = now;
    const wanted = byPath(files)[path];
    expect(openEarlier(out, { version, build, options })?.text(path)).toBe(
      wanted,
    );
    expect(openEarlier(out, { version, build: "", options })).toBeUndefined();
    expect(openEarlier(out, { version, build, options: "" })).toBeUndefined();
    const file = join(out, path);
    writeFileSync(file, `${readFileSync(file, "utf8")}// mine\n`);
    const earlier = openEarlier(out, { version, build, options });
    expect(earlier?.text(path)).toBeUndefined();
    const again = await generate(document, {}, { earlier });
    expect(byPath(again.files)).toEqual(byPath(files));
  });
});
