import { expect, it } from "vitest";
import { build, withSchemas } from "./build.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

it("a field that refers to a read-only schema is read-only", async () => {
  const { model } = await build(
    withSchemas({
      Id: { type: "string", readOnly: true },
      Book: {
        properties: {
          id: ref("Id"),
          key: { allOf: [ref("Id")] },
          old: { anyOf: [ref("Id"), { type: "null" }] },
        },
      },
    }),
  );
  const fields = model("Book").schema.object?.fields ?? [];
  expect(fields.map(({ schema }) => schema.access)).toEqual([
    "read",
    "read",
    "read",
  ]);
});

it("models are split where a direction can be seen, through references and circles", async () => {
  const { model } = await build(
    withSchemas({
      Id: { type: "string", readOnly: true },
      Book: { properties: { id: ref("Id") } },
      Shelf: { items: { anyOf: [ref("Book"), { type: "null" }] } },
      A: { properties: { b: ref("B") } },
      B: { properties: { a: ref("A"), secret: { writeOnly: true } } },
      Plain: { properties: { title: {} } },
    }),
  );
  const split = ["Id", "Book", "Shelf", "A", "B", "Plain"].filter(
    (title) => model(title).split,
  );
  expect(split).toEqual(["Book", "Shelf", "A", "B"]);
});
