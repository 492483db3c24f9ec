import { describe, expect, it } from "vitest";
import { lint } from "../../../generator/src/library.js";
import type { LintConfig, Options } from "../../../generator/src/options.js";
import { generate } from "../../../generator/src/generate.js";

const ok = { "200": { description: "ok" } };

const documentOf = (paths: object, rest: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "t", version: "1" },
  paths,
  ...rest,
});

async function told(document: object, options: Options = {}) {
  const found = await lint(document, options);
  return found.map(({ severity, code, origin }) =>
    [severity, code, origin.pointer].join(" "),
  );
}

const verb = documentOf({
  "/getBooks": { get: { operationId: "a", responses: ok } },
});

describe("rules of style", () => {
  it("are asked by `lint`, and not by `generate`", async () => {
    expect(await told(verb)).toEqual(["warning KT6001 /paths/~1getBooks"]);
    const { diagnostics, files } = await generate(verb);
    expect(diagnostics).toEqual([]);
    expect(files.length).toBeGreaterThan(3);
  });

  it.each<[LintConfig, string[]]>([
    [{ rules: { "verb-in-path": "off" } }, []],
    [{ KT6001: "off" }, []],
    [
      { rules: { "verb-in-path": "error" } },
      ["error KT6001 /paths/~1getBooks"],
    ],
    [{ rules: { KT6001: "error" } }, ["error KT6001 /paths/~1getBooks"]],
  ])("heed %j", async (wishes, wanted) => {
    expect(await told(verb, { lint: wishes })).toEqual(wanted);
  });

  it("of unbounded input are off unless asked for", async () => {
    const document = documentOf({
      "/books": {
        get: {
          operationId: "a",
          parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
          responses: ok,
        },
      },
    });
    expect(await told(document)).toEqual([]);
    const rules = { "unbounded-input": "warning" } as const;
    expect(await told(document, { lint: { rules } })).toHaveLength(1);
  });

  it.each([
    "/books/{id}",
    "/media/{id}",
    "/settings/{key}",
    "/address/{id}",
    "/v1/addresses",
    "/gettysburg",
    "/users/{id}/books/{b}/pages/{p}",
    "/order-items/{id}/line-notes",
  ])("have nothing to say about %s", async (path) => {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "integer" },
    }));
    const get = { operationId: "a", parameters, responses: ok };
    expect(await told(documentOf({ [path]: { get } }))).toEqual([]);
  });
});

describe("x-lint-ignore", () => {
  it.each(["KT6001", "kt6001", "verb-in-path"])("ignores %s", async (name) => {
    const document = { ...verb, "x-lint-ignore": [name] };
    expect(await told(document)).toEqual([]);
  });

  it("holds for what stands below, and for nothing beside it", async () => {
    const get = { operationId: "a", responses: ok };
    const document = documentOf({
      "/getBooks": { "x-lint-ignore": "KT6001", get },
      "/listPens": { get: { ...get, operationId: "b" } },
    });
    expect(await told(document)).toEqual(["warning KT6001 /paths/~1listPens"]);
  });

  it("is told when it ignores nothing, and never hides an error", async () => {
    const get = { operationId: "a", security: [{ none: [] }], responses: ok };
    const document = documentOf({ "/books": { get } });
    expect(await told({ ...document, "x-lint-ignore": ["KT2040"] })).toEqual([
      expect.stringMatching(/^error KT2040 /),
    ]);
    const fine = documentOf({ "/books": { get: { ...get, security: [] } } });
    expect(await told({ ...fine, "x-lint-ignore": ["KT2040"] })).toEqual([
      "warning KT6014 /x-lint-ignore/0",
    ]);
  });

  it("holds for warnings of `generate`, too", async () => {
    const document = documentOf({ "/books": { get: { responses: ok } } });
    const codes = async (it: object) =>
      (await generate(it)).diagnostics.map(({ code }) => code);
    expect(await codes(document)).toEqual(["KT2003"]);
    expect(await codes({ ...document, "x-lint-ignore": ["KT2003"] })).toEqual(
      [],
    );
  });
});
