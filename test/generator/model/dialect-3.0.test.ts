import { describe, expect, it } from "vitest";
import { build, says, withSchemas } from "./build.js";

const or = (inner: unknown) => ({
  unions: [{ mode: "any", of: [inner, { types: ["null"] }] }],
});

async function schemaOf(schema: unknown, openapi: "3.0.3" | "3.1.0") {
  const { model } = await build(
    withSchemas({ S: schema, T: { type: "string" } }, openapi),
  );
  const text = model("T").id;
  return { said: says(model("S").schema), text };
}

describe("schemas of 3.0", () => {
  const rows: [name: string, given: unknown, want: unknown][] = [
    [
      "nullable beside a type",
      { type: "string", nullable: true },
      { types: ["string", "null"] },
    ],
    [
      "nullable without one has no effect",
      { nullable: true, minLength: 1 },
      { string: { min: 1 } },
    ],
    [
      "an enum has to list null itself",
      { type: "string", nullable: true, enum: ["a"] },
      { types: ["string", "null"], values: ["a"] },
    ],
    [
      "nullable: false",
      { type: "string", nullable: false },
      { types: ["string"] },
    ],
    [
      "nullable beside allOf means: or null",
      { nullable: true, allOf: [{ type: "string" }] },
      or({ all: [{ types: ["string"] }] }),
    ],
    [
      "the same with a type",
      { type: "object", nullable: true, anyOf: [{ minProperties: 1 }] },
      or({
        types: ["object"],
        unions: [{ mode: "any", of: [{ object: { min: 1 } }] }],
      }),
    ],
    [
      "but not against an enum beside it",
      { nullable: true, enum: ["a"], allOf: [{}] },
      { values: ["a"], all: [{}] },
    ],
    [
      "what describes the wrapper stays outside",
      {
        nullable: true,
        readOnly: true,
        description: "D",
        default: null,
        allOf: [{}],
      },
      {
        doc: { description: "D" },
        access: "read",
        default: null,
        ...or({ all: [{}] }),
      },
    ],
    [
      "boolean exclusive bounds",
      {
        minimum: 1,
        exclusiveMinimum: true,
        maximum: 9,
        exclusiveMaximum: false,
      },
      { number: { exclusiveMin: 1, max: 9 } },
    ],
    ["a boolean bound without a limit", { exclusiveMinimum: true }, {}],
    [
      "number exclusive bounds are read as in 3.1",
      { exclusiveMinimum: 1 },
      { number: { exclusiveMin: 1 } },
    ],
    [
      "lists of types are read as in 3.1",
      { type: ["string", "null"] },
      { types: ["string", "null"] },
    ],
  ];
  it.each(rows)("%s", async (_, given, want) => {
    expect((await schemaOf(given, "3.0.3")).said).toEqual(want);
  });

  const beside = {
    $ref: "#/components/schemas/T",
    nullable: true,
    maxLength: 3,
    description: "D",
  };

  it("a reference alone counts, but its description is read", async () => {
    const { said, text } = await schemaOf(beside, "3.0.3");
    expect(said).toEqual({ doc: { description: "D" }, refs: [text] });
  });

  it("in 3.1 everything beside a reference counts", async () => {
    const { said, text } = await schemaOf(beside, "3.1.0");
    expect(said).toEqual({
      doc: { description: "D" },
      ...or({ refs: [text], string: { max: 3 } }),
    });
  });

  it("nullable and boolean bounds in 3.1 documents are read as they are meant", async () => {
    const { said } = await schemaOf(
      { type: "integer", nullable: true, minimum: 0, exclusiveMinimum: true },
      "3.1.0",
    );
    expect(said).toEqual({
      types: ["integer", "null"],
      number: { exclusiveMin: 0 },
    });
  });
});
