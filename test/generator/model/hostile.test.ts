/** Hostile documents through load, build and name: they end, soon, with what the corpus expects of these stages. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { buildApi } from "../../../generator/src/model/build-api.js";
import { nameApi } from "../../../generator/src/name/name-api.js";
import { shared, sharedAvailable } from "../../shared.js";
import { processorTime } from "../../processor-time.js";

async function built(file: string) {
  const { value } = await loadDocument(shared(`specs/hostile/${file}`), {
    cwd: shared("specs/hostile"),
  });
  if (value === undefined) return undefined;
  const started = processorTime();
  const { value: api, diagnostics } = buildApi(value);
  const { value: layout } = nameApi(api);
  return {
    api,
    layout,
    diagnostics,
    duration: processorTime() - started,
    operations: api.groups.flatMap(({ operations }) => operations),
    model: (title: string) =>
      [...api.models.values()].find((each) => each.title === title),
  };
}

/** The same, of a document that loads. */
async function loaded(file: string) {
  const document = await built(file);
  if (document === undefined) throw new Error(`${file} does not load`);
  return document;
}

const files = sharedAvailable
  ? readdirSync(shared("specs/hostile")).filter((file) => file.includes("."))
  : [];

describe.skipIf(!sharedAvailable)("every hostile document", () => {
  it.each(files)("%s ends, with legal and distinct names", async (file) => {
    const document = await built(file);
    expect({}).not.toHaveProperty("polluted");
    expect(globalThis).not.toHaveProperty("__pwned");
    if (document === undefined) return;
    const { api, layout, operations, duration } = document;
    expect(duration).toBeLessThan(5_000);

    const models = [...api.models.keys()].map((id) => layout.model(id));
    const names = operations.map((each) => layout.operation(each));
    const groups = api.groups.map((group) => layout.group(group));
    const identifiers = [
      ...models.flatMap(({ type, input, pascal }) => [type, input, pascal]),
      ...names.flatMap(({ constant, pascal }) => [constant, pascal]),
      ...groups.flatMap(({ key, handlers }) => [key, handlers]),
    ];
    for (const each of identifiers) {
      expect(each).toMatch(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u);
      expect(each.length).toBeLessThan(120);
    }
    expect(new Set(models.map(({ type }) => type)).size).toBe(models.length);
    expect(new Set(names.map(({ constant }) => constant)).size).toBe(
      names.length,
    );
    expect(new Set(groups.map(({ stem }) => stem)).size).toBe(groups.length);
    for (const { file: path } of [...models, ...names]) {
      expect(path).toMatch(
        /^(models|operations)\/[a-z0-9-]{1,80}(\/\d+)?\.ts$/,
      );
      expect(path).not.toMatch(
        /\/(con|prn|aux|nul|com\d|lpt\d|index|package)\.ts$/,
      );
    }
  });
});

describe.skipIf(!sharedAvailable)("what the corpus expects", () => {
  it("names-opid-missing: 14 distinct names, stable when a path is added", async () => {
    const { operations } = await loaded("names-opid-missing.json");
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(14);

    const text = readFileSync(
      shared("specs/hostile/names-opid-missing.json"),
      "utf8",
    );
    const document: { paths: object } = JSON.parse(text);
    const get = { get: { responses: { "200": { description: "ok" } } } };
    const paths = { "/new": get, ...document.paths, "/last": get };
    const { value } = await loadDocument(
      { ...document, paths },
      { cwd: process.cwd() },
    );
    if (value === undefined) throw new Error("does not load");
    const more = buildApi(value)
      .value.groups.flatMap((group) => group.operations)
      .map(({ id }) => id);
    expect(more.filter((id) => ids.includes(id))).toEqual(ids);
  });

  it("nullable-mess", async () => {
    const { operations } = await loaded("nullable-mess.json");
    const body = operations[0]?.body?.media[0]?.schema.object?.fields ?? [];
    const [a, b, c, d, e, f] = body.map(({ schema }) => schema);
    expect(a?.types).toBeUndefined();
    expect(b?.refs).toHaveLength(1);
    expect(b?.unions).toEqual([]);
    expect(c?.unions[0]?.of.map(({ types }) => types)).toEqual([
      undefined,
      ["null"],
    ]);
    expect(d?.types).toEqual(["string", "null"]);
    expect(d?.values).toEqual(["x", null]);
    expect(e?.unions[0]?.of[0]?.types).toEqual(["string", "null"]);
    expect(f?.array?.items?.types).toEqual(["string", "null"]);
  });

  it("types-31: `type: []` is refused, and nothing else", async () => {
    const { diagnostics } = await loaded("types-31.json");
    expect(
      diagnostics.map(({ severity, origin }) => [
        severity,
        origin.pointer.split("/").slice(-3).join("/"),
      ]),
    ).toEqual([["error", "properties/e/type"]]);
  });

  it("wide-oneof: the branch is found by the tag", async () => {
    const { api } = await loaded("wide-oneof.json");
    const unions = [...api.models.values()].flatMap(
      ({ schema }) => schema.unions,
    );
    const inline = api.groups.flatMap(({ operations }) =>
      operations.flatMap(
        ({ body }) => body?.media.flatMap(({ schema }) => schema.unions) ?? [],
      ),
    );
    const [wide] = [...unions, ...inline].sort(
      (a, b) => b.of.length - a.of.length,
    );
    expect(wide?.of.length).toBeGreaterThan(100);
    expect(wide?.tag?.branches).toHaveLength(wide?.of.length ?? 0);
  });

  it("readonly-writeonly: the model is split, and a contradiction is said", async () => {
    const { api, diagnostics } = await loaded("readonly-writeonly.json");
    expect([...api.models.values()].some(({ split }) => split)).toBe(true);
    expect(diagnostics.map(({ code }) => code)).toContain("KT2204");
  });

  it("ref-siblings: ignored in 3.0, applied in 3.1", async () => {
    const fieldOf = async (file: string) => {
      const { operations } = await loaded(file);
      const [field] =
        operations[0]?.body?.media[0]?.schema.object?.fields ?? [];
      return field?.schema;
    };
    const earlier = await fieldOf("ref-siblings-3.0.json");
    expect(earlier?.refs).toHaveLength(1);
    expect(earlier?.string).toBeUndefined();
    expect(earlier?.unions).toEqual([]);
    // `nullable` stands there, too.
    const [inner] =
      (await fieldOf("ref-siblings-3.1.json"))?.unions[0]?.of ?? [];
    expect(inner?.refs).toHaveLength(1);
    expect(inner?.string?.max).toBe(3);
  });

  it("ref-id-anchor-dynamic: resolved inside the document", async () => {
    const { api, diagnostics } = await loaded("ref-id-anchor-dynamic.json");
    expect(diagnostics).toEqual([]);
    const tree = [...api.models.values()].find(({ title }) => title === "T");
    const [kids] = tree?.schema.object?.fields ?? [];
    expect(kids?.schema.array?.items?.refs).toEqual([tree?.id]);
  });

  it("openapi32: QUERY and COPY, querystring and itemSchema", async () => {
    const { operations } = await loaded("openapi32.yaml");
    expect(operations.map(({ method }) => method)).toEqual([
      "QUERY",
      "COPY",
      "GET",
    ]);
    const stream = operations[2];
    expect(stream?.params[0]).toMatchObject({
      in: "querystring",
      content: "application/x-www-form-urlencoded",
    });
    expect(
      stream?.answers[0]?.media.map(({ codec, item }) => [codec, !!item]),
    ).toEqual([
      ["events", true],
      ["lines", true],
    ]);
  });

  it("get-body: bodies of GET are optional; HEAD, OPTIONS and TRACE are operations", async () => {
    const { operations } = await loaded("get-body.json");
    expect(
      operations.map(({ method, body }) => [method, body?.required]),
    ).toEqual([
      ["GET", false],
      ["DELETE", true],
      ["HEAD", undefined],
      ["TRACE", undefined],
      ["OPTIONS", undefined],
    ]);
  });

  it("names-tags-collide: 18 files", async () => {
    const { api, layout } = await loaded("names-tags-collide.json");
    const stems = api.groups.map((group) => layout.group(group).stem);
    expect(new Set(stems).size).toBe(18);
  });

  it("names-schema-normalise and -case: distinct types", async () => {
    for (const [file, count] of [
      ["names-schema-normalise.json", 7],
      ["names-schema-case.json", 3],
    ] as const) {
      const { api, layout } = await loaded(file);
      const types = [...api.models.keys()].map((id) => layout.model(id).type);
      expect(new Set(types).size).toBe(count);
    }
  });

  it("huge and exponential documents are built once", async () => {
    const allOf = await loaded("exponential-allof.json");
    expect(allOf.api.models.size).toBe(31);
    const oneOf = await loaded("exponential-oneof.json");
    expect(oneOf.api.models.size).toBeLessThan(5);
    const chain = await loaded("deep-ref-chain.json");
    expect(chain.api.models.size).toBeGreaterThan(1_999);
  });
});
