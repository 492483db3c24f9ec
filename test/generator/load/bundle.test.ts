import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { loadFine, withSchemas } from "./load.js";

const HEAD = 'openapi: 3.0.3\ninfo: { title: t, version: "1" }\n';

describe("the bundle", () => {
  it("of one file is the document itself", async () => {
    const document = await loadFine(withSchemas("A: {}"));
    expect(document.bundle()).toBe(document.root);
  });

  it("moves external schemas into components, named after member or file", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas(
        `A:
  properties:
    b: { $ref: "./sub/defs.yaml#/B" }
    pet: { $ref: sub/pet.yaml }
    self: { $ref: "#/components/schemas/A" }`,
        "3.0.3",
      ),
      "sub/defs.yaml": `B:
  properties:
    back: { $ref: "../openapi.yaml#/components/schemas/A" }
    pet: { $ref: pet.yaml }
    self: { $ref: "#/B" }`,
      "sub/pet.yaml": "type: object",
    });
    const bundle = document.bundle();
    expect(Object.keys(bundle)).toEqual(Object.keys(document.root));
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    expect(bundle["components"]).toEqual({
      schemas: {
        A: { properties: { b: ref("B"), pet: ref("pet"), self: ref("A") } },
        B: { properties: { back: ref("A"), pet: ref("pet"), self: ref("B") } },
        pet: { type: "object" },
      },
    });
  });

  it("writes a component out that only says where its text stands", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas(
        "Pet: { $ref: ./pet.yaml }\nPets: { items: { $ref: ./pet.yaml } }",
        "3.0.3",
      ),
      "pet.yaml": "properties: { friend: { $ref: pet.yaml } }",
    });
    const ref = { $ref: "#/components/schemas/Pet" };
    expect(document.bundle()["components"]).toEqual({
      schemas: { Pet: { properties: { friend: ref } }, Pets: { items: ref } },
    });
  });

  it("tells clashing names apart by their own original name", async () => {
    const names = async (more: string) => {
      const document = await loadFine({
        "openapi.yaml": withSchemas(
          `pet: { enum: [1] }\nA: { properties: { x: { $ref: a/pet.yaml }, y: { $ref: b/pet.yaml } } }${more}`,
          "3.0.3",
        ),
        "a/pet.yaml": "enum: [2]",
        "b/pet.yaml": "enum: [3]",
        "c/pet.yaml": "enum: [4]",
      });
      const components = document.bundle()["components"];
      return JSON.stringify(components).match(/pet_[a-z2-7]{4}/g) ?? [];
    };
    const plain = new Set(await names(""));
    expect(plain.size).toBe(2);
    const more = new Set(
      await names("\n0: { properties: { z: { $ref: c/pet.yaml } } }"),
    );
    expect(more.size).toBe(3);
    for (const name of plain) expect(more).toContain(name);
  });

  it("moves parameters, responses and the rest to their own sections", async () => {
    const document = await loadFine({
      "openapi.yaml": `${HEAD}paths:
  /a:
    get:
      parameters: [{ $ref: "parts.yaml#/limit" }]
      responses: { "200": { $ref: "parts.yaml#/ok" } }
  /b: { $ref: b.yaml }
`,
      "parts.yaml": `limit: { name: limit, in: query, schema: { type: integer } }
ok: { description: ok, content: { application/json: { schema: { $ref: "#/thing" } } } }
thing: { type: object }`,
      "b.yaml":
        "get: { responses: { '200': { $ref: 'parts.yaml#/ok' } } }\nsummary: b",
    });
    const bundle = document.bundle();
    expect(bundle).toMatchObject({
      paths: {
        "/a": {
          get: {
            parameters: [{ $ref: "#/components/parameters/limit" }],
            responses: { "200": { $ref: "#/components/responses/ok" } },
          },
        },
        "/b": {
          summary: "b",
          get: { responses: { "200": { $ref: "#/components/responses/ok" } } },
        },
      },
      components: {
        parameters: { limit: { name: "limit" } },
        responses: {
          ok: {
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/thing" },
              },
            },
          },
        },
        schemas: { thing: { type: "object" } },
      },
    });
    const again = await loadDocument(bundle, { cwd: "/" });
    expect(again.diagnostics).toEqual([]);
  });

  it("rewrites mappings, anchors and identifiers of what it moves", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas(`A: { $ref: tree.yaml }
B:
  oneOf: [{ $ref: cat.yaml }]
  discriminator: { propertyName: k, mapping: { cat: ./cat.yaml, a: A } }`),
      "tree.yaml": `$id: https://example.com/tree
$dynamicAnchor: node
items: { $dynamicRef: "#node" }
contains: { $ref: "#leaf" }
$defs: { leaf: { $anchor: leaf, const: 1 } }`,
      "cat.yaml": "type: object",
    });
    const bundle = document.bundle();
    expect(bundle["components"]).toEqual({
      schemas: {
        A: {
          items: { $ref: "#/components/schemas/A" },
          contains: { $ref: "#/components/schemas/leaf" },
          $defs: { leaf: { const: 1 } },
        },
        B: {
          oneOf: [{ $ref: "#/components/schemas/cat" }],
          discriminator: {
            propertyName: "k",
            mapping: { cat: "#/components/schemas/cat", a: "A" },
          },
        },
        leaf: { const: 1 },
        cat: { type: "object" },
      },
    });
  });

  it("ends for path items that reach themselves through callbacks", async () => {
    const document = await loadFine({
      "openapi.yaml": `${HEAD}paths: { /a: { $ref: a.yaml } }\n`,
      "a.yaml": `post:
  responses: { "200": { description: ok } }
  callbacks: { again: { "{$request.body#/url}": { $ref: a.yaml } } }`,
    });
    expect(JSON.stringify(document.bundle())).toContain(
      '{"$ref":"#/paths/~1a"}',
    );
  });
});
