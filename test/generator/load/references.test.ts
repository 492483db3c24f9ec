import { describe, expect, it } from "vitest";
import type {
  Document,
  Json,
  JsonObject,
  Target,
} from "../../../generator/src/load/document.js";
import { load, loadFine, told, withSchemas } from "./load.js";

/** The value at a pointer, read without any of the code under test. */
function at(document: Document, ...keys: (string | number)[]): JsonObject {
  let node: Json = document.root;
  for (const key of keys) {
    const next: Json | undefined = Array.isArray(node)
      ? node[Number(key)]
      : typeof node === "object" && node !== null
        ? node[key]
        : undefined;
    node = next ?? null;
  }
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new Error(`no object at ${keys.join("/")}`);
  }
  return node;
}

const schemas = ["components", "schemas"] as const;

const where = (target: Target | undefined) =>
  target && `${target.origin.file}#${target.origin.pointer}`;

describe("a `$ref` within the document", () => {
  it.each<[string, string, string]>([
    ["by name", "#/components/schemas/T", "/components/schemas/T"],
    ["percent first", "#/components/schemas/a%20b", "/components/schemas/a b"],
    ["then ~1", "#/components/schemas/A~1B", "/components/schemas/A~1B"],
    ["then ~0", "#/components/schemas/~01", "/components/schemas/~01"],
    ["a percent sign", "#/components/schemas/a%25b", "/components/schemas/a%b"],
    [
      "letters of others",
      "#/components/schemas/%C3%A9",
      "/components/schemas/é",
    ],
    [
      "of the prototype",
      "#/components/schemas/__proto__",
      "/components/schemas/__proto__",
    ],
    [
      "into a schema",
      "#/components/schemas/T/properties/p",
      "/components/schemas/T/properties/p",
    ],
    [
      "through a reference",
      "#/components/schemas/R/properties/p",
      "/components/schemas/T/properties/p",
    ],
    [
      "into a path",
      "#/paths/~1x~1%7Bid%7D/get/parameters/0/schema",
      "/paths/~1x~1{id}/get/parameters/0/schema",
    ],
  ])("%s", async (_, ref, wanted) => {
    const document = await loadFine(`openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /x/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: {} }]
      responses: {}
components:
  schemas:
    From: { $ref: "${ref}" }
    T: { properties: { p: {} } }
    R: { $ref: "#/components/schemas/T" }
    "a b": {}
    A/B: {}
    "~1": {}
    a%b: {}
    é: {}
    __proto__: {}
`);
    expect(where(document.target(at(document, ...schemas, "From")))).toBe(
      `openapi.yaml#${wanted}`,
    );
  });

  it("follows a chain of 2,000 without trouble", async () => {
    const chain = Array.from(
      { length: 2_000 },
      (_, index) => `S${index}: { $ref: "#/components/schemas/S${index + 1}" }`,
    );
    const document = await loadFine(
      withSchemas([...chain, "S2000: { type: string }"].join("\n")),
    );
    expect(where(document.target(at(document, ...schemas, "S1999")))).toBe(
      "openapi.yaml#/components/schemas/S2000",
    );
  });

  it("is data in examples, defaults, enums and extensions", async () => {
    const { diagnostics } = await load(
      withSchemas(`A:
  example: { $ref: "https://example.invalid/x" }
  examples: [{ $ref: "#/nope" }]
  default: { $ref: ./nope.yaml }
  enum: [{ $ref: "#/nope" }]
  const: { $ref: "#/nope" }
  x-data: { $ref: "#/nope" }`),
    );
    expect(told(diagnostics)).toEqual([]);
  });

  it("may be the name of a property, and `example` too", async () => {
    const document = await loadFine(
      withSchemas(`A:
  properties:
    $ref: { type: string }
    example: { $ref: "#/components/schemas/B" }
B: {}`),
    );
    const property = at(document, ...schemas, "A", "properties", "example");
    expect(where(document.target(property))).toBe(
      "openapi.yaml#/components/schemas/B",
    );
  });

  it("reads a pointer whose first slash was forgotten", async () => {
    const { diagnostics, value } = await load(
      withSchemas(`A: { $ref: "#components/schemas/B" }\nB: {}`),
    );
    expect(told(diagnostics)).toEqual([
      "warning KT1030 openapi.yaml#/components/schemas/A/$ref the pointer of `#components/schemas/B` lacks its first slash; it is read with it",
    ]);
    expect(value && where(value.target(at(value, ...schemas, "A")))).toBe(
      "openapi.yaml#/components/schemas/B",
    );
  });
});

describe("a broken reference is named with its place", () => {
  const A = "openapi.yaml#/components/schemas/A/$ref";

  it.each<[string, string, string]>([
    [
      "no such member, with a guess",
      `A: { $ref: "#/components/schemas/Bok" }\nBook: {}`,
      `error KT1020 ${A} the reference \`#/components/schemas/Bok\` leads nowhere: \`/components/schemas\` has no \`Bok\``,
    ],
    [
      "no such anchor",
      `A: { $ref: "#here" }`,
      `error KT1020 ${A} the reference \`#here\` leads nowhere: there is no anchor \`here\``,
    ],
    [
      "another kind",
      `A: { $ref: "#/info" }`,
      `error KT1024 ${A} the reference \`#/info\` leads to an info object where a schema is expected`,
    ],
    [
      "a map of the kind",
      `A: { $ref: "#/components/schemas" }`,
      `error KT1024 ${A} the reference \`#/components/schemas\` leads to a map of schema objects where a schema is expected`,
    ],
    [
      "no object",
      `A: { $ref: "#/components/schemas/B/type" }\nB: { type: string }`,
      `error KT1024 ${A} the reference \`#/components/schemas/B/type\` leads to a string where a schema is expected`,
    ],
    [
      "no text",
      `A: { $ref: [x] }`,
      `error KT1025 ${A} \`$ref\` is an array, not a text`,
    ],
    [
      "itself",
      `A: { $ref: "#/components/schemas/A" }`,
      `error KT1026 ${A} the references lead in a circle: A > A`,
    ],
    [
      "a missing file",
      `A: { $ref: ./nope.yaml }`,
      `error KT1023 ${A} the file of the reference \`./nope.yaml\` does not exist`,
    ],
    [
      "no URI",
      `A: { $ref: "http://[" }`,
      `error KT1027 ${A} \`http://[\` is no URI reference that can be resolved here`,
    ],
  ])("%s", async (_, text, wanted) => {
    const { diagnostics } = await load(withSchemas(text));
    expect(told(diagnostics)).toEqual([wanted]);
    expect(diagnostics[0]?.unusable).toBe(true);
  });

  it("suggests the name that is nearest", async () => {
    const { diagnostics } = await load(
      withSchemas(`A: { $ref: "#/components/schemas/Bok" }\nBook: {}`),
    );
    expect(diagnostics[0]?.help).toBe("did you mean `Book`?");
  });

  it("names a circle of references once, with all its members", async () => {
    const { diagnostics } = await load(
      withSchemas(`A: { $ref: "#/components/schemas/B" }
B: { $ref: "#/components/schemas/C" }
C: { $ref: "#/components/schemas/A" }`),
    );
    expect(told(diagnostics)).toEqual([
      `error KT1026 ${A} the references lead in a circle: A > B > C > A`,
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      "allOf",
      `A: { allOf: [{ $ref: "#/components/schemas/A" }, { type: object }] }`,
      ["A > A"],
    ],
    [
      "allOf and anyOf, over two schemas",
      `A: { allOf: [{ $ref: "#/components/schemas/B" }] }
B: { anyOf: [{ $ref: "#/components/schemas/A" }, { type: string }] }`,
      ["A > B > A"],
    ],
    [
      "if, not and dependentSchemas",
      `A: { if: { not: { dependentSchemas: { x: { $ref: "#/components/schemas/A" } } } } }`,
      ["A > A"],
    ],
    [
      "recursion through the value is fine",
      `A: { allOf: [{ properties: { a: { $ref: "#/components/schemas/A" } } }], items: { $ref: "#/components/schemas/A" } }`,
      [],
    ],
  ])("endless: %s", async (_, text, wanted) => {
    const { diagnostics } = await load(withSchemas(text));
    expect(
      told(diagnostics).map((line) => /KT2001.*ends: (.*)/.exec(line)?.[1]),
    ).toEqual(wanted);
  });
});

describe("references of JSON Schema 2020-12", () => {
  it("resolves `$id`, `$anchor` and `$dynamicRef` with no network", async () => {
    const document = await loadFine(
      withSchemas(`A: { $ref: "https://example.invalid/tree" }
T:
  $id: https://example.invalid/tree
  $dynamicAnchor: node
  properties:
    kids: { items: { $dynamicRef: "#node" } }
    n: { $ref: "#num" }
    m: { $ref: "tree#/$defs/num" }
    o: { $ref: "#/components/schemas/A" }
  $defs:
    num: { $anchor: num }`),
    );
    const tree = at(document, ...schemas, "T");
    const place = "openapi.yaml#/components/schemas/T";
    expect(where(document.target(at(document, ...schemas, "A")))).toBe(place);
    expect(document.target(at(document, ...schemas, "A"))?.node).toBe(tree);
    const property = (name: string) =>
      at(document, ...schemas, "T", "properties", name);
    expect(where(document.target(property("n")))).toBe(`${place}/$defs/num`);
    expect(where(document.target(property("m")))).toBe(`${place}/$defs/num`);
    // Strictly it would be sought in the resource; what is meant is the document.
    expect(where(document.target(property("o")))).toBe(
      "openapi.yaml#/components/schemas/A",
    );
    const kids = at(document, ...schemas, "T", "properties", "kids", "items");
    expect(document.dynamicTarget(kids)).toMatchObject({
      node: tree,
      anchor: "node",
    });
    expect([...document.dynamicAnchors(tree).keys()]).toEqual(["node"]);
    expect(document.resourceRoot(property("n"))).toBe(tree);
    expect(document.resourceRoot(at(document, ...schemas, "A"))).toBe(
      document.root,
    );
  });

  it("has none of it in OpenAPI 3.0", async () => {
    const { diagnostics } = await load(
      withSchemas(`A: { $ref: "#num" }\nB: { $anchor: num }`, "3.0.3"),
    );
    expect(told(diagnostics)[0]).toMatch(/KT1020.*there is no anchor `num`/);
  });

  it("ignores what is beside a `$ref` in 3.0, references included", async () => {
    const text = `A: { $ref: "#/components/schemas/B", properties: { x: { $ref: "#/nope" } } }\nB: {}`;
    expect(told((await load(withSchemas(text, "3.0.3"))).diagnostics)).toEqual(
      [],
    );
    expect(told((await load(withSchemas(text))).diagnostics)).toHaveLength(1);
  });

  it("reads `$recursiveRef` as a reference to the schema that anchors it", async () => {
    const { value, diagnostics } = await load(
      withSchemas(`Tree:
  $recursiveAnchor: true
  properties: { kids: { items: { $recursiveRef: "#" } } }`),
    );
    expect(told(diagnostics)).toEqual([
      "warning KT3005 openapi.yaml#/components/schemas/Tree/properties/kids/items/$recursiveRef `$recursiveRef` is no keyword of OpenAPI 3.1; it is read as a reference to `#/components/schemas/Tree`",
    ]);
    const items = ["Tree", "properties", "kids", "items"];
    expect(value && where(value.target(at(value, ...schemas, ...items)))).toBe(
      "openapi.yaml#/components/schemas/Tree",
    );
  });

  it.each<[string, string, string]>([
    ["the OpenAPI version", "", "3.1"],
    [
      "JSON Schema by name",
      'jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema"',
      "2020-12",
    ],
    [
      "the dialect of OpenAPI by name",
      'jsonSchemaDialect: "https://spec.openapis.org/oas/3.1/dialect/base"',
      "3.1",
    ],
    [
      "a meta-schema without validation",
      'jsonSchemaDialect: "https://example.com/meta/applicators"',
      "2020-12-applicators",
    ],
  ])("takes the dialect from %s", async (_, line, wanted) => {
    const document = await loadFine(
      {
        "openapi.yaml": `${withSchemas("A: {}\nB: { $schema: 'https://json-schema.org/draft/2020-12/schema' }")}${line}\n`,
        "meta/applicators": JSON.stringify({
          $id: "https://example.com/meta/applicators",
          $vocabulary: {
            "https://json-schema.org/draft/2020-12/vocab/core": true,
            "https://json-schema.org/draft/2020-12/vocab/applicator": true,
          },
        }),
      },
      { resources: { "https://example.com/meta/": "./meta/" } },
    );
    expect(document.dialect(at(document, ...schemas, "A"))).toBe(wanted);
    expect(document.dialect(at(document, ...schemas, "B"))).toBe("2020-12");
  });

  it("refuses a dialect that it does not know, and says so of old ones", async () => {
    const unknown = await load(
      withSchemas("A: { $schema: 'https://example.com/meta' }"),
    );
    expect(told(unknown.diagnostics)).toEqual([
      "error KT3001 openapi.yaml#/components/schemas/A/$schema the schema dialect `https://example.com/meta` is not known",
    ]);
    const old = await load(
      withSchemas("A: { $schema: 'http://json-schema.org/draft-07/schema#' }"),
    );
    expect(told(old.diagnostics)[0]).toMatch(/^warning KT3002 /);
  });

  it("has the meta-schemas built in", async () => {
    const document = await loadFine(
      withSchemas(`A: { $ref: "https://json-schema.org/draft/2020-12/schema" }
B: { $ref: "https://spec.openapis.org/oas/3.1/dialect/base" }
C: { $ref: "http://json-schema.org/draft-07/schema#" }`),
    );
    expect(where(document.target(at(document, ...schemas, "A")))).toBe(
      "https://json-schema.org/draft/2020-12/schema#",
    );
    expect(document.files.length).toBeGreaterThan(10);
  });

  it("tells apart two schemas with one name", async () => {
    const { diagnostics } = await load(
      withSchemas(`A: { $id: "https://example.com/a" }
B: { $id: "https://example.com/a" }`),
    );
    expect(told(diagnostics)).toEqual([
      "error KT1029 openapi.yaml#/components/schemas/B `https://example.com/a` names two schemas",
    ]);
  });
});

describe("the values of a discriminator's mapping", () => {
  it("are names first, then URI references", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas(`A:
  oneOf: [{ $ref: ./cat.yaml }]
  discriminator: { propertyName: kind }
Dog: {}
cat.yaml: {}`),
      "cat.yaml": "type: object",
    });
    const schema = at(document, ...schemas, "A");
    const mapped = (value: string) =>
      where(document.mappingTarget(schema, value));
    expect(mapped("Dog")).toBe("openapi.yaml#/components/schemas/Dog");
    expect(mapped("#/components/schemas/Dog")).toBe(
      "openapi.yaml#/components/schemas/Dog",
    );
    expect(mapped("./cat.yaml")).toBe("cat.yaml#");
    expect(mapped("cat.yaml")).toBe(
      "openapi.yaml#/components/schemas/cat.yaml",
    );
    expect(mapped("./bird.yaml")).toBeUndefined();
    expect(mapped("file:///etc/passwd")).toBeUndefined();
  });
});
