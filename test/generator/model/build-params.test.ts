import { describe, expect, it } from "vitest";
import { build, says } from "./build.js";

async function paramsOf(
  parameters: object[],
  {
    path = "/a",
    shared = [],
    openapi = "3.1.0",
  }: { path?: string; shared?: object[]; openapi?: string } = {},
) {
  const { operation, diagnostics } = await build({
    openapi,
    info: { title: "t", version: "1" },
    paths: {
      [path]: {
        parameters: shared,
        get: {
          operationId: "a",
          parameters,
          responses: { "200": { description: "ok" } },
        },
      },
    },
  });
  return { params: operation("a").params, diagnostics };
}

describe("parameters", () => {
  const rows: [given: object, want: object][] = [
    [
      { name: "a", in: "query" },
      {
        style: "form",
        explode: true,
        required: false,
        allowReserved: false,
        allowEmptyValue: false,
      },
    ],
    [
      {
        name: "a",
        in: "query",
        explode: false,
        allowReserved: true,
        allowEmptyValue: true,
        required: true,
      },
      {
        style: "form",
        explode: false,
        allowReserved: true,
        allowEmptyValue: true,
        required: true,
      },
    ],
    [
      { name: "a", in: "query", style: "spaceDelimited" },
      { style: "spaceDelimited", explode: false },
    ],
    [
      { name: "a", in: "query", style: "deepObject", explode: true },
      { style: "deepObject", explode: true },
    ],
    [
      { name: "A", in: "header" },
      { name: "A", style: "simple", explode: false },
    ],
    [
      { name: "a", in: "cookie" },
      { style: "form", explode: true },
    ],
    [
      { name: "a", in: "cookie", style: "cookie" },
      { style: "cookie", explode: true },
    ],
    [
      {
        name: "a",
        in: "query",
        content: { "Application/JSON": { schema: { type: "integer" } } },
      },
      { content: "application/json", schema: { types: ["integer"] } },
    ],
    [
      {
        name: "a",
        in: "querystring",
        content: {
          "application/x-www-form-urlencoded": { schema: { type: "object" } },
        },
      },
      { in: "querystring", content: "application/x-www-form-urlencoded" },
    ],
    [
      { name: "a", in: "query", description: "D", deprecated: true },
      { doc: { description: "D", deprecated: true } },
    ],
  ];
  it.each(rows)("%j", async (given, want) => {
    const { params, diagnostics } = await paramsOf([given], {
      openapi: "3.2.0",
    });
    expect(params).toHaveLength(1);
    expect(params[0]).toMatchObject(want);
    expect(diagnostics).toEqual([]);
  });

  it("with a style that the place does not have get the default, with a warning", async () => {
    const { params, diagnostics } = await paramsOf([
      { name: "a", in: "header", style: "form", schema: {} },
    ]);
    expect(params[0]?.style).toBe("simple");
    expect(diagnostics).toMatchObject([
      {
        code: "KT2101",
        severity: "warning",
        origin: { pointer: "/paths/~1a/get/parameters/0/style" },
      },
    ]);
  });

  it("of the operation replace those of the path item; headers compare without case", async () => {
    const { params } = await paramsOf(
      [
        { name: "q", in: "query", required: true },
        { name: "x-a", in: "header", required: true },
      ],
      {
        shared: [
          { name: "q", in: "query" },
          { name: "q", in: "cookie" },
          { name: "X-A", in: "header" },
        ],
      },
    );
    expect(params.map((each) => [each.in, each.name, each.required])).toEqual([
      ["query", "q", true],
      ["cookie", "q", false],
      ["header", "x-a", true],
    ]);
  });

  it("leave out headers that the specification ignores, and what is no parameter", async () => {
    const { params } = await paramsOf([
      { name: "Accept", in: "header" },
      { name: "content-type", in: "header" },
      { name: "AUTHORIZATION", in: "header" },
      { name: "a", in: "nowhere" },
      { in: "query" },
    ]);
    expect(params).toEqual([]);
  });

  it("of the path are what its variables are", async () => {
    const { params } = await paramsOf(
      [
        { name: "b", in: "path", schema: { type: "integer" } },
        { name: "gone", in: "path", required: true },
      ],
      { path: "/{a}/{b}-{__proto__}" },
    );
    expect(
      params.map(({ name, required, schema }) => [
        name,
        required,
        says(schema),
      ]),
    ).toEqual([
      ["a", true, { types: ["string"] }],
      ["__proto__", true, { types: ["string"] }],
      ["b", true, { types: ["integer"] }],
    ]);
  });
});
