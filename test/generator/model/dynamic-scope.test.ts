import { describe, expect, it } from "vitest";
import { build, withSchemas } from "./build.js";
import type { Schema } from "../../../generator/src/model/schema.js";

/** The example of JSON Schema 2020-12 core, section 8.2.3.2: a tree, and a tree that is strict about its nodes. */
const trees = {
  Tree: {
    $id: "https://example.com/tree",
    $dynamicAnchor: "node",
    type: "object",
    properties: {
      data: true,
      children: { type: "array", items: { $dynamicRef: "#node" } },
    },
  },
  Strict: {
    $id: "https://example.com/strict-tree",
    $dynamicAnchor: "node",
    $ref: "tree",
    unevaluatedProperties: false,
  },
  Plain: {
    $id: "https://example.com/plain",
    $dynamicAnchor: "other",
    $ref: "number",
  },
  Number: { $id: "https://example.com/number", type: "number" },
};

function childOf(schema: Schema | undefined): string | undefined {
  const children = schema?.object?.fields.find(
    ({ name }) => name === "children",
  );
  return children?.schema.array?.items?.refs[0];
}

describe("dynamic references", () => {
  it("lead to the outermost anchor on the way: one model for each way", async () => {
    const { api, diagnostics } = await build(withSchemas(trees));
    expect(diagnostics).toEqual([]);
    const called = (title: string) =>
      [...api.models.values()].filter((model) => model.title === title);
    const [tree, treeWithin, ...more] = called("Tree");
    const [strict] = called("Strict");
    expect(more).toEqual([]);
    expect(tree?.component).toBe(true);
    expect(childOf(tree?.schema)).toBe(tree?.id);
    expect(strict?.schema.refs).toEqual([treeWithin?.id]);
    expect(childOf(treeWithin?.schema)).toBe(strict?.id);
    expect(strict?.recursive).toBe(true);
  });

  it("do not multiply schemas that never ask", async () => {
    const { api } = await build(withSchemas(trees));
    const numbers = [...api.models.values()].filter(
      ({ title }) => title === "Number",
    );
    expect(numbers).toHaveLength(1);
    expect(numbers[0]?.id).toBe("(document)#/components/schemas/Number");
  });
});
