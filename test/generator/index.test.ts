import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as kontract from "../../generator/src/index.js";
import { LIBRARY } from "./commands/library-spec.js";
import { temporaryFolder } from "./temporary-folder.js";

describe("the library", () => {
  it("has these functions", () => {
    expect(Object.keys(kontract).sort()).toEqual([
      "defineConfig",
      "explain",
      "generate",
      "lint",
      "save",
    ]);
  });

  it("generates, saves and recognises what it saved", async () => {
    const cwd = temporaryFolder({ "api.yaml": LIBRARY });
    const { files, diagnostics, manifest, timings } = await kontract.generate(
      "api.yaml",
      { cwd },
    );
    expect(diagnostics).toEqual([]);
    expect(Object.keys(timings)).toEqual([
      "load",
      "lint",
      "build",
      "name",
      "emit",
      "format",
      "seal",
    ]);
    expect(manifest?.operations.map((each) => each.handler)).toEqual([
      "books.getBook",
      "authors.listAuthors",
    ]);
    expect(manifest?.inputs.map((each) => each.path)).toEqual(["api.yaml"]);
    const first = await kontract.save("out", files, { cwd });
    expect(new Set(first.files.map((each) => each.status))).toEqual(
      new Set(["created"]),
    );
    const second = await kontract.save("out", files, { cwd });
    expect(new Set(second.files.map((each) => each.status))).toEqual(
      new Set(["unchanged"]),
    );
    expect(readFileSync(join(cwd, "out/kontract.json"), "utf8")).toBe(
      files.at(-1)?.text,
    );
  });

  it("takes a document as an object, and answers the same twice", async () => {
    const document = {
      openapi: "3.1.0",
      info: { title: "t", version: "1" },
      paths: {
        "/a": {
          get: {
            operationId: "getA",
            responses: { "204": { description: "" } },
          },
        },
      },
    };
    const one = await kontract.generate(document);
    const two = await kontract.generate(structuredClone(document));
    expect(one.diagnostics.filter((each) => each.severity === "error")).toEqual(
      [],
    );
    expect(one.files.length).toBeGreaterThan(3);
    expect(two.files).toEqual(one.files);
  });

  it("finds what is wrong without throwing", async () => {
    expect(await kontract.lint({})).toMatchObject([
      { severity: "error", unusable: true },
    ]);
    expect(await kontract.lint("/nowhere/at/all.yaml")).toMatchObject([
      { code: "KT1001", unusable: true },
    ]);
    const { files, manifest } = await kontract.generate({});
    expect(files).toEqual([]);
    expect(manifest).toBeUndefined();
  });

  it("leaves the pipeline unloaded for those who only define a config", () => {
    const text = readFileSync(
      new URL("../../generator/src/index.ts", import.meta.url),
      "utf8",
    );
    const loaded = [...text.matchAll(/^export \{[^}]*\} from "(.*)";$/gm)];
    expect(loaded.map(([, path]) => path)).not.toContain("./generate.js");
  });
});
