import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { generate } from "../../../generator/src/generate.js";
import { processorTime } from "../../processor-time.js";

/** `code pointer message` of what is said about values. */
async function told(schemas: string, style = true): Promise<string[]> {
  const { diagnostics } = await generate(
    Object(
      load(`openapi: 3.1.0
info: { title: t, version: "1" }
paths: {}
components:
  schemas:
${schemas.replace(/^/gm, "    ")}`),
    ),
    {},
    { style },
  );
  return diagnostics
    .filter(({ code }) => /^KT601[67]$/.test(code))
    .map(({ code, origin, message }) => {
      const place = origin.pointer.replace("/components/schemas/", "");
      return `${code} ${place} ${message.replace(/^.* its schema: /, "")}`;
    });
}

describe("examples", () => {
  it.each([
    ["type: string, example: 5", "it is not of the type `string`"],
    ["enum: [a], example: b", "it is none of the values that are allowed"],
    ["const: a, example: b", "it is none of the values that are allowed"],
    ["maxLength: 1, example: bb", "it is longer than 1"],
    ["minLength: 2, example: b", "it is shorter than 2"],
    ["pattern: ^a, example: b", "it does not match the pattern"],
    [
      "type: string, format: uuid, example: b",
      "it does not have the format `uuid`",
    ],
    ["minimum: 2, example: 1", "it is less than 2"],
    ["exclusiveMaximum: 2, example: 2", "it is not less than 2"],
    ["multipleOf: 2, example: 3", "it is no multiple of 2"],
    [
      "type: integer, format: int32, example: 3000000000",
      "it does not have the format `int32`",
    ],
    ["maxItems: 1, example: [1, 2]", "it has more items than 1"],
    ["uniqueItems: true, example: [1, 1]", "it has an item twice"],
    [
      "contains: { const: 1 }, example: [2]",
      "it does not have the items of `contains`",
    ],
    ["required: [a], example: {}", "it lacks `a`"],
    [
      "dependentRequired: { a: [b] }, example: { a: 1 }",
      "it lacks `b` beside `a`",
    ],
    [
      "additionalProperties: false, example: { a: 1 }",
      "it has `a`, which is not declared",
    ],
    [
      "propertyNames: { maxLength: 1 }, example: { ab: 1 }",
      "it has the name `ab`, which is not allowed",
    ],
    ["minProperties: 1, example: {}", "it has fewer members than 1"],
    ["not: { type: string }, example: a", "it is what `not` excludes"],
    [
      "oneOf: [{ minimum: 1 }, { minimum: 2 }], example: 3",
      "it fits 2 schemas of `oneOf`",
    ],
    [
      "anyOf: [{ minimum: 4 }, { minimum: 5 }], example: 3",
      "it fits no schema of `anyOf`",
    ],
    [
      "if: { type: string }, then: { maxLength: 1 }, example: aa",
      "it is longer than 1",
    ],
    [
      "unevaluatedProperties: false, example: { a: 1 }",
      "it has more than its schema allows",
    ],
    ["type: number, example: 1", undefined],
  ])("%s", async (schema, fault) => {
    expect(await told(`A: { ${schema} }`)).toEqual(
      fault === undefined ? [] : [`KT6016 A/example ${fault}`],
    );
  });

  it("are told at the place that is wrong", async () => {
    const schema = `A:
  type: object
  properties: { list: { type: array, items: { $ref: "#/components/schemas/B" } } }
  examples: [{ list: [{ n: 1 }, { n: x }] }]
B: { anyOf: [{ type: object, properties: { n: { type: integer } } }, { type: "null" }] }`;
    expect(await told(schema)).toEqual([
      "KT6016 A/examples/0/list/1/n `/list/1/n` is not of the type `integer`",
    ]);
  });

  it("may leave out what only the other side sends", async () => {
    const schema = (example: string) => `A:
  required: [r, w, b]
  properties: { r: { readOnly: true }, w: { writeOnly: true } }
  example: ${example}`;
    expect(await told(schema("{ r: 1, b: 1 }"))).toEqual([]);
    expect(await told(schema("{ w: 1, b: 1 }"))).toEqual([]);
    expect(await told(schema("{ r: 1, w: 1 }"))).toEqual([
      "KT6016 A/example it lacks `b`",
    ]);
  });

  it("are a matter of style: `generate` does not ask", async () => {
    expect(await told("A: { type: string, example: 5 }", false)).toEqual([]);
  });

  it("of schemas that lead on in exponentially many ways are given up, soon", async () => {
    const deep = `${"[".repeat(40)}1${"]".repeat(40)}`;
    await told("A: { type: string }");
    const before = processorTime();
    expect(
      await told(`A:
  anyOf:
    - { type: array, items: { $ref: "#/components/schemas/A" } }
    - { type: array, items: { anyOf: [{ $ref: "#/components/schemas/A" }, { type: string }] } }
  example: ${deep}`),
    ).toEqual([
      "KT6016 A/example the example was not held against its schema, whose references lead on in too many ways",
    ]);
    expect(processorTime() - before).toBeLessThan(2_000);
  });
});
