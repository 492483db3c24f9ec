/** Real documents, generated, formatted and compiled under every strict flag. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import { afterAll, describe, expect, it } from "vitest";
import { generate } from "../../generator/src/index.js";
import { shared, sharedAvailable } from "../shared.js";
import { entries, REFUSED } from "./documents.js";
import { STRICT_FLAGS } from "./strict-flags.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "node_modules/.cache/kontract-tests/corpus");

/** Of every how many files prettier looks at one. */
const SAMPLE = 12;

const generated: string[] = [];

describe.skipIf(!sharedAvailable)("real documents", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let printed = 0;

  it.each(entries())("$path", async ({ path, root: tree }) => {
    const { files, diagnostics } = await generate(
      shared(`specs/${path}`),
      tree === undefined ? {} : { root: shared(`specs/${tree}`) },
    );
    const errors = diagnostics.filter((each) => each.severity === "error");
    const refused = REFUSED[path];
    expect(new Set(errors.map((each) => each.code))).toEqual(
      new Set(refused === undefined ? [] : [refused]),
    );
    if (refused !== undefined) {
      expect(files).toEqual([]);
      return;
    }
    const out = join(folder, path.replace(/[^a-z0-9]+/gi, "-"));
    for (const { path: file, text } of files) {
      mkdirSync(dirname(join(out, file)), { recursive: true });
      writeFileSync(join(out, file), text);
      if (!file.endsWith(".ts") || /^contract[./]/.test(file)) continue;
      printed += 1;
      if (printed % SAMPLE !== 0) continue;
      const stable = await prettier.check(text, { parser: "typescript" });
      expect({ file, stable }).toEqual({ file, stable: true });
    }
    generated.push(out);
  });

  it("generates every document that has no error", () => {
    const all = entries().length;
    expect(generated).toHaveLength(all - Object.keys(REFUSED).length);
  });

  it("compiles under every strict flag", () => {
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: STRICT_FLAGS, include: ["**/*.ts"] }),
    );
    const compiler = join(root, "node_modules/typescript-7/bin/tsc");
    const run = spawnSync(process.execPath, [compiler, "-p", folder], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.stdout.split("\n").slice(0, 20)).toEqual([""]);
    expect(run.status).toBe(0);
  }, 300_000);
});
