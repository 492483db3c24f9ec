import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { CATALOGUE } from "../../generator/src/lint/catalogue.js";
import { renderDiagnostics } from "../../generator/src/lint/render.js";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** `KT2003-no-id`: a document that the code is about, and all that is said of it. */
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, code: name.slice(0, 6) }));

/** Codes that no document alone brings about. */
const ELSEWHERE = /^KT(?:0|1001$|5)/;

describe("documents that something is wrong with", () => {
  it("are there for every code", () => {
    const shown = new Set(cases.map(({ code }) => code));
    const wanted = [...CATALOGUE.keys()].filter(
      (code) => !ELSEWHERE.test(code),
    );
    expect(wanted.filter((code) => !shown.has(code))).toEqual([]);
    expect([...shown].filter((code) => !CATALOGUE.has(code))).toEqual([]);
  });

  it.each(cases)("$name", async ({ name, code }) => {
    const isStyle = code.startsWith("KT6");
    const { diagnostics, sources, files } = await generate(
      "spec.yaml",
      {
        cwd: join(folder, name),
        root: join(folder, name),
        ...(isStyle && { lint: { rules: { "unbounded-input": "warning" } } }),
      },
      { style: isStyle },
    );
    expect(diagnostics.map((each) => each.code)).toContain(code);
    const isRefused = diagnostics.some((each) => each.severity === "error");
    expect(files.length === 0).toBe(isRefused);
    await expect(renderDiagnostics(diagnostics, sources)).toMatchFileSnapshot(
      join(folder, name, "diagnostics.txt"),
    );
  });
});
