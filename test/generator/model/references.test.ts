import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { build, withSchemas } from "./build.js";

const ref = (pointer: string) => ({ $ref: `#/components/schemas/${pointer}` });

describe("what references lead to", () => {
  it("components are models under their names, in order, referred to or not", async () => {
    const { api } = await build(
      withSchemas({ B: ref("A"), A: { type: "string" }, "a.b": true }),
    );
    expect(
      [...api.models.values()].map(({ title, component }) => [
        title,
        component,
      ]),
    ).toEqual([
      ["B", true],
      ["A", true],
      ["a.b", true],
    ]);
  });

  it("places inside of schemas get models that are called by the way to them", async () => {
    const { api, model } = await build(
      withSchemas({
        Pet: { properties: { owner: { items: { minLength: 1 } } } },
        S: ref("Pet/properties/owner/items"),
      }),
    );
    const inner = model("Pet owner");
    expect(inner.component).toBe(false);
    expect(inner.schema.string?.min).toBe(1);
    expect(model("S").schema.refs).toEqual([inner.id]);
    expect(api.models.size).toBe(3);
  });

  it("a property that is called like a keyword names its place", async () => {
    const { api } = await build(
      withSchemas({
        A: { properties: { properties: { type: "string" } } },
        B: ref("A/properties/properties"),
      }),
    );
    expect([...api.models.values()].map(({ title }) => title)).toEqual([
      "A",
      "B",
      "A properties",
    ]);
  });

  it("a chain of 2,000 references is followed", async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [`C${at}`, ref(`C${at + 1}`)]),
    );
    const { api, diagnostics } = await build(
      withSchemas({ ...chain, C2000: { type: "integer" } }),
    );
    expect(diagnostics).toEqual([]);
    expect(api.models.size).toBe(2_001);
  });

  it("shares what is referred to, however often", async () => {
    const levels = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `L${at}`,
        { allOf: [ref(`L${at + 1}`), ref(`L${at + 1}`)] },
      ]),
    );
    const { api } = await build(withSchemas({ ...levels, L30: {} }));
    expect(api.models.size).toBe(31);
  });

  it("knows what can reach itself", async () => {
    const { model } = await build(
      withSchemas({
        Tree: { properties: { kids: { items: ref("Tree") } } },
        A: { properties: { b: ref("B") } },
        B: { properties: { a: ref("A"), leaf: ref("Leaf") } },
        Leaf: {},
        User: { properties: { tree: ref("Tree") } },
      }),
    );
    const recursive = ["Tree", "A", "B", "Leaf", "User"].map(
      (title) => model(title).recursive,
    );
    expect(recursive).toEqual([true, true, true, false, false]);
    expect(model("B").uses).toEqual([model("A").id, model("Leaf").id]);
  });

  it("a component that is nothing but another file is one model with it", async () => {
    const folder = temporaryFolder({
      "openapi.yaml": `
openapi: 3.0.3
info: { title: t, version: "1" }
paths: {}
components:
  schemas:
    Pet: { $ref: "./schemas/pet.yaml" }
    Pets: { type: array, items: { $ref: "schemas/pet.yaml" } }
    Error: { allOf: [{ $ref: "common.yaml#/problem" }] }
`,
      "schemas/pet.yaml": "type: object",
      "common.yaml": "problem: { type: object }",
    });
    const { api, model } = await build(join(folder, "openapi.yaml"));
    expect([...api.models.values()].map(({ title }) => title)).toEqual([
      "Pet",
      "Pets",
      "Error",
      "problem",
    ]);
    expect(model("Pet").component).toBe(true);
    expect(model("Pet").schema.types).toEqual(["object"]);
    expect(model("Pets").schema.array?.items?.refs).toEqual([model("Pet").id]);
  });
});
