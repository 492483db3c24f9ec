import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { build, says, withSchemas } from "./build.js";

async function schemaOf(schema: unknown) {
  const { model, diagnostics } = await build(withSchemas({ S: schema }));
  return { schema: model("S").schema, diagnostics };
}

describe("schemas say what their keywords say", () => {
  const rows: [name: string, given: unknown, want: unknown][] = [
    ["nothing", {}, {}],
    ["true", true, {}],
    ["false", false, { never: true }],
    ["one type", { type: "string" }, { types: ["string"] }],
    ["types", { type: ["string", "null"] }, { types: ["string", "null"] }],
    [
      "number covers integer",
      { type: ["integer", "number"] },
      { types: ["number"] },
    ],
    ["enum", { enum: ["a", "a", 1, null] }, { values: ["a", 1, null] }],
    ["const", { const: { a: [1] } }, { values: [{ a: [1] }] }],
    [
      "const and enum meet",
      { enum: [{ a: 1 }, 2], const: { a: 1 } },
      { values: [{ a: 1 }] },
    ],
    ["const outside of enum", { enum: [1], const: 2 }, {}],
    [
      "lengths",
      { minLength: 1, maxLength: 2.0 },
      { string: { min: 1, max: 2 } },
    ],
    [
      "a pattern with the u flag",
      { pattern: "^\\p{L}$" },
      { string: { patterns: [{ source: "^\\p{L}$", flags: "u" }] } },
    ],
    [
      "a pattern without it",
      { pattern: "^\\-$" },
      { string: { patterns: [{ source: "^\\-$", flags: "" }] } },
    ],
    [
      "a dangerous pattern",
      { pattern: "^(a+)+$" },
      {
        string: { patterns: [{ source: "^(a+)+$", flags: "u", unsafe: true }] },
      },
    ],
    ["a format of strings", { format: "uuid" }, { string: { format: "uuid" } }],
    [
      "a format of numbers",
      { type: "integer", format: "int64" },
      { types: ["integer"], number: { format: "int64" } },
    ],
    [
      "a format of another type",
      { type: "string", format: "int64" },
      { types: ["string"] },
    ],
    [
      "an unknown format",
      { type: "string", format: "string:string" },
      { types: ["string"] },
    ],
    [
      "format binary",
      { type: "string", format: "binary" },
      { types: ["string"], string: { content: "binary" } },
    ],
    [
      "format byte",
      { type: "string", format: "byte" },
      { types: ["string"], string: { content: "base64", format: "byte" } },
    ],
    [
      "format password",
      { type: "string", format: "password" },
      { types: ["string"], sensitive: true },
    ],
    [
      "base64 content",
      { contentEncoding: "base64", contentMediaType: "image/png" },
      { string: { content: "base64" } },
    ],
    [
      "raw content",
      { contentMediaType: "image/png" },
      { string: { content: "binary" } },
    ],
    ["JSON text is text", { contentMediaType: "application/json" }, {}],
    [
      "number bounds",
      {
        minimum: 1,
        exclusiveMinimum: 0,
        maximum: 9,
        exclusiveMaximum: 10,
        multipleOf: 0.01,
      },
      {
        number: {
          min: 1,
          exclusiveMin: 0,
          max: 9,
          exclusiveMax: 10,
          multipleOf: [0.01],
        },
      },
    ],
    [
      "arrays",
      {
        prefixItems: [{ const: 1 }],
        items: false,
        minItems: 1,
        maxItems: 3,
        uniqueItems: true,
      },
      {
        array: {
          prefix: [{ values: [1] }],
          items: { never: true },
          min: 1,
          max: 3,
          unique: true,
        },
      },
    ],
    [
      "older drafts, which the linter refuses",
      { items: [{ const: 1 }], additionalItems: false, dependencies: {} },
      {},
    ],
    [
      "contains",
      { contains: { const: 1 } },
      { array: { contains: { schema: { values: [1] }, min: 1 } } },
    ],
    [
      "contains, with limits",
      { contains: {}, minContains: 0, maxContains: 2 },
      { array: { contains: { schema: {}, min: 0, max: 2 } } },
    ],
    ["minContains alone", { minContains: 2 }, {}],
    [
      "objects",
      {
        properties: { a: { type: "string" }, b: true },
        required: ["b", "c", "b"],
        patternProperties: { "^x-": {} },
        additionalProperties: false,
        propertyNames: { maxLength: 3 },
        minProperties: 1,
        maxProperties: 2,
      },
      {
        object: {
          fields: [
            { name: "a", schema: { types: ["string"] }, required: false },
            { name: "b", schema: {}, required: true },
          ],
          required: ["b", "c"],
          patterns: [{ pattern: { source: "^x-", flags: "u" }, schema: {} }],
          rest: { never: true },
          names: { string: { max: 3 } },
          min: 1,
          max: 2,
        },
      },
    ],
    [
      "dependents",
      {
        dependentRequired: { a: ["b"] },
        dependentSchemas: { a: { minProperties: 2 } },
      },
      {
        object: {
          dependentRequired: [{ name: "a", required: ["b"] }],
          dependentSchemas: [{ name: "a", schema: { object: { min: 2 } } }],
        },
      },
    ],
    [
      "allOf",
      { allOf: [{ type: "string" }, { minLength: 1 }] },
      { all: [{ types: ["string"] }, { string: { min: 1 } }] },
    ],
    [
      "anyOf and oneOf",
      { anyOf: [{}], oneOf: [{ const: 1 }, false] },
      {
        unions: [
          { mode: "any", of: [{}] },
          { mode: "one", of: [{ values: [1] }, { never: true }] },
        ],
      },
    ],
    ["not", { not: { const: 1 } }, { not: { values: [1] } }],
    [
      "if, then, else",
      { if: {}, then: { const: 1 }, else: false },
      { condition: { test: {}, yes: { values: [1] }, no: { never: true } } },
    ],
    [
      "if alone, for what it evaluates",
      { if: {} },
      { condition: { test: {} } },
    ],
    ["then without if", { then: false }, {}],
    [
      "unevaluated",
      { unevaluatedProperties: false, unevaluatedItems: {} },
      { unevaluatedProperties: { never: true }, unevaluatedItems: {} },
    ],
    [
      "documentation",
      { title: "T", description: "D", deprecated: true },
      { doc: { title: "T", description: "D", deprecated: true } },
    ],
    [
      "values for people",
      { default: 1, example: 2, examples: [3] },
      { default: 1, examples: [2, 3] },
    ],
    ["directions", { readOnly: true }, { access: "read" }],
    [
      "secrets",
      { writeOnly: true, "x-sensitive": true },
      { access: "write", sensitive: true },
    ],
    [
      "names that every object has",
      { required: ["constructor"], properties: { toString: {} } },
      {
        object: {
          fields: [{ name: "toString", schema: {}, required: false }],
          required: ["constructor"],
        },
      },
    ],
    ["type names of other systems", { type: "bool" }, { types: ["boolean"] }],
    [
      "null where its name is meant",
      { type: ["string", null] },
      { types: ["string", "null"] },
    ],
    ["the type of anything", { type: "unknown" }, {}],
  ];
  it.each(rows)("%s", async (_, given, want) => {
    const { schema } = await schemaOf(given);
    // The format as it is written is kept beside what is asserted of it: the config may give it a type.
    const written: unknown = Reflect.get(Object(given), "format");
    const whole =
      typeof written === "string" ? { ...Object(want), format: written } : want;
    expect(says(schema)).toEqual(whole);
  });

  it("keeps an own property that is called __proto__", async () => {
    const given: unknown = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}',
    );
    const { schema } = await schemaOf(given);
    expect(schema.object?.fields[0]).toMatchObject({
      name: "__proto__",
      required: true,
    });
  });

  it("keeps values apart that no JSON shows: an empty enum allows nothing", async () => {
    const { schema } = await schemaOf({ enum: [1], const: 2 });
    expect(schema.values).toEqual([]);
  });
});

describe("wrong keyword values are errors with a place", () => {
  const rows: [given: object, keyword: string][] = [
    [{ minLength: -1 }, "minLength"],
    [{ minItems: 1.5 }, "minItems"],
    [{ maxProperties: "3" }, "maxProperties"],
    [{ multipleOf: 0 }, "multipleOf"],
    [{ minimum: "1" }, "minimum"],
    [{ type: [] }, "type"],
    [{ type: "nonsense" }, "type"],
    [{ type: 7 }, "type"],
    [{ type: null }, "type"],
    [{ enum: "a" }, "enum"],
    [{ required: ["a", 1] }, "required"],
    [{ required: "a" }, "required"],
    [{ properties: [] }, "properties"],
    [{ allOf: {} }, "allOf"],
    [{ uniqueItems: "yes" }, "uniqueItems"],
    [{ pattern: 5 }, "pattern"],
  ];
  it.each(rows)("%j", async (given, keyword) => {
    const { diagnostics } = await schemaOf(given);
    expect(diagnostics).toMatchObject([
      {
        severity: "error",
        code: "KT2201",
        origin: { pointer: `/components/schemas/S/${keyword}` },
      },
    ]);
  });

  it("an invalid pattern is left out: the linter speaks of it", async () => {
    const { schema, diagnostics } = await schemaOf({
      pattern: "(",
      patternProperties: { "[": {} },
    });
    expect(says(schema)).toEqual({});
    expect(diagnostics).toEqual([]);
  });

  it("a schema that is none", async () => {
    const { diagnostics } = await schemaOf({ properties: { a: "x", b: null } });
    expect(diagnostics.map(({ code }) => code)).toEqual(["KT2205", "KT2205"]);
  });

  it("warns where both directions are set, and sets none", async () => {
    const { schema, diagnostics } = await schemaOf({
      readOnly: true,
      writeOnly: true,
    });
    expect(schema.access).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "KT2204", severity: "warning" },
    ]);
  });
});

describe("depth and repetition", () => {
  function nested(levels: number): object {
    let schema: object = { type: "string" };
    for (let level = 0; level < levels; level++) schema = { not: schema };
    return schema;
  }

  it("follows 100 levels", async () => {
    const { diagnostics } = await schemaOf(nested(100));
    expect(diagnostics).toEqual([]);
  });

  it("reports what is nested too deep", async () => {
    const { diagnostics } = await schemaOf(nested(300));
    expect(diagnostics).toMatchObject([{ code: "KT2206", severity: "error" }]);
  });

  async function aliased(anchor: string) {
    const folder = temporaryFolder({
      "openapi.yaml": `
openapi: 3.1.0
info: { title: t, version: "1" }
paths: {}
components:
  schemas:
    S: { prefixItems: [&a ${anchor}, *a, *a] }
`,
    });
    const { model } = await build(join(folder, "openapi.yaml"));
    return model("S").schema.array?.prefix ?? [];
  }

  it("makes a large schema that stands in several places one model", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `p${index}: {}`);
    const [first, second, third] = await aliased(
      `{ properties: { ${names.join()} } }`,
    );
    expect(first?.object?.fields).toHaveLength(40);
    expect(second?.refs).toHaveLength(1);
    expect(third?.refs).toEqual(second?.refs);
  });

  it("repeats a small one", async () => {
    const [first, second] = await aliased("{ type: string }");
    expect(first?.types).toEqual(["string"]);
    expect(second).toBe(first);
  });
});
