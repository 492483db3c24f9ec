import { describe, expect, it } from "vitest";
import type { Tag } from "../../../generator/src/model/schema.js";
import { build, withSchemas } from "./build.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function object(properties: object, required = Object.keys(properties)) {
  return { type: "object", properties, required };
}

function kind(...values: unknown[]) {
  return object({ kind: { enum: values } });
}

async function tagOf(
  union: object,
  schemas: object,
  version: "3.1.0" | "3.2.0" = "3.1.0",
) {
  const { model, diagnostics } = await build(
    withSchemas({ U: union, ...schemas }, version),
  );
  const [found] = model("U").schema.unions;
  return { tag: found?.tag, diagnostics };
}

/** `a:0 b:1` */
function shown(tag: Tag | undefined): string | undefined {
  return tag?.branches.map((each) => `${each.value}:${each.branch}`).join(" ");
}

describe("tags that are found", () => {
  const rows: [name: string, union: object, schemas: object, want?: string][] =
    [
      [
        "const",
        { oneOf: [ref("A"), ref("B")] },
        { A: kind("a"), B: object({ kind: { const: "b" } }) },
        "a:0 b:1",
      ],
      [
        "several values each",
        { anyOf: [ref("A"), ref("B")] },
        { A: kind("a", "b"), B: kind("c") },
        "a:0 b:0 c:1",
      ],
      ["inline branches", { oneOf: [kind("a"), kind("b")] }, {}, "a:0 b:1"],
      [
        "through allOf and references",
        { oneOf: [{ allOf: [ref("A"), { minProperties: 1 }] }, ref("B")] },
        { A: object({ kind: ref("K") }), K: { const: "a" }, B: kind("b") },
        "a:0 b:1",
      ],
      [
        "beside null and texts",
        { oneOf: [{ type: "null" }, kind("a"), { type: "string" }, kind("b")] },
        {},
        "a:1 b:3",
      ],
      [
        "unions within unions",
        { oneOf: [ref("AB"), kind("c")] },
        { AB: { oneOf: [kind("a"), kind("b")] } },
        "a:0 b:0 c:1",
      ],
      [
        "another property tells",
        {
          oneOf: [
            object({ v: { const: "1" }, kind: { const: "a" } }),
            object({ v: { const: "1" }, kind: { const: "b" } }),
          ],
        },
        {},
        "a:0 b:1",
      ],
      [
        "not when two share a value",
        { oneOf: [kind("a"), kind("a", "b")] },
        {},
      ],
      [
        "not when a value is no text",
        { oneOf: [kind("a", null), kind("b")] },
        {},
      ],
      [
        "not when it may be absent",
        { oneOf: [object({ kind: { const: "a" } }, []), kind("b")] },
        {},
      ],
      [
        "not when a branch takes other types too",
        { oneOf: [{ ...kind("a"), type: ["object", "string"] }, kind("b")] },
        {},
      ],
      ["not for one object", { oneOf: [kind("a"), { type: "string" }] }, {}],
      [
        "not for a circle",
        { oneOf: [object({ u: ref("U") }), object({ u: ref("U") })] },
        {},
      ],
    ];
  it.each(rows)("%s", async (_, union, schemas, want) => {
    const { tag, diagnostics } = await tagOf(union, schemas);
    expect(shown(tag)).toBe(want);
    expect(tag?.declared).toBe(want === undefined ? undefined : false);
    expect(diagnostics).toEqual([]);
  });
});

describe("tags that are declared", () => {
  const text = object({ kind: { type: "string" } });
  const union = (mapping?: object, branches = ["A", "B"]) => ({
    oneOf: branches.map(ref),
    discriminator: { propertyName: "kind", ...(mapping && { mapping }) },
  });

  const rows: [name: string, union: object, schemas: object, want: string][] = [
    ["by the names of schemas", union(), { A: text, B: text }, "A:0 B:1"],
    [
      "by a mapping to names and references",
      union({ a: "A", b: "#/components/schemas/B" }),
      { A: text, B: text },
      "a:0 b:1",
    ],
    ["by both", union({ a: "A" }), { A: text, B: text }, "a:0 B:1"],
    [
      "two values for one branch",
      union({ a: "A", aa: "A" }),
      { A: text, B: text },
      "a:0 aa:0 B:1",
    ],
    [
      "what the branches say wins over their names",
      union(),
      { A: kind("a"), B: kind("b") },
      "a:0 b:1",
    ],
    [
      "values of a shared list",
      union({ a: "A", b: "B" }),
      { A: kind("a", "b"), B: kind("a", "b") },
      "a:0 b:1",
    ],
    [
      "an alias is its target",
      union({ a: "C" }, ["A", "B"]),
      { A: ref("C"), B: text, C: text },
      "a:0 B:1",
    ],
    [
      "names like members of every object",
      union({ valueOf: "A", __proto__x: "B" }),
      { A: text, B: text },
      "valueOf:0 __proto__x:1",
    ],
  ];
  it.each(rows)("%s", async (_, given, schemas, want) => {
    const { tag, diagnostics } = await tagOf(given, schemas);
    expect(shown(tag)).toBe(want);
    expect(tag?.declared).toBe(true);
    expect(diagnostics).toEqual([]);
  });

  it("null beside the branches is no branch of the tag", async () => {
    const { tag } = await tagOf(
      { ...union(), oneOf: [{ type: "null" }, ref("A"), ref("B")] },
      { A: text, B: text },
    );
    expect(shown(tag)).toBe("A:1 B:2");
  });

  it("3.2 has a branch for all other values", async () => {
    const { tag, diagnostics } = await tagOf(
      {
        oneOf: [ref("A"), ref("B")],
        discriminator: { propertyName: "kind", defaultMapping: "B" },
      },
      { A: text, B: object({ kind: { type: "string" } }, []) },
      "3.2.0",
    );
    expect(shown(tag)).toBe("A:0 B:1");
    expect(tag?.otherwise).toBe(1);
    expect(diagnostics).toEqual([]);
  });

  const silent: [name: string, union: object, schemas: object][] = [
    [
      "a property of another type",
      union(),
      { A: object({ kind: { type: "integer" } }), B: text },
    ],
    [
      "a branch without a name",
      { ...union(), oneOf: [ref("A"), { type: "object" }] },
      { A: text },
    ],
  ];
  it.each(silent)(
    "%s is the linter's matter: every branch is tried",
    async (_, given, schemas) => {
      const { tag, diagnostics } = await tagOf(given, schemas);
      expect(tag).toBeUndefined();
      expect(diagnostics).toEqual([]);
    },
  );

  it("a mapping to nothing is the linter's matter, too", async () => {
    const { tag, diagnostics } = await tagOf(union({ a: "Nope" }), {
      A: text,
      B: text,
    });
    expect(shown(tag)).toBe("A:0 B:1");
    expect(diagnostics).toEqual([]);
  });

  it("an optional property tells nothing when the branches tell themselves apart", async () => {
    const optional = (value: string) => object({ kind: { const: value } }, []);
    const { tag, diagnostics } = await tagOf(union(), {
      A: optional("a"),
      B: optional("b"),
    });
    expect(tag).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });

  const faults: [
    name: string,
    union: object,
    schemas: object,
    codes: string[],
    words: string,
  ][] = [
    [
      "a mapping to a schema beside the union",
      union({ c: "C" }),
      { A: text, B: text, C: text },
      ["KT2211"],
      "`C`",
    ],
    [
      "an optional property",
      union(),
      { A: object({ kind: { type: "string" } }, []), B: text },
      ["KT2213"],
      "not required",
    ],
    [
      "one value for two branches",
      union({ x: "A", B: "A" }),
      { A: text, B: text },
      ["KT2212"],
      "two branches",
    ],
  ];
  it.each(faults)("%s is said", async (_, given, schemas, codes, words) => {
    const { diagnostics } = await tagOf(given, schemas);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(diagnostics[0]?.message).toContain(words);
    expect(diagnostics[0]?.origin.pointer).toContain("/discriminator");
  });
});

describe("the inheritance form", () => {
  it("finds the schemas that extend the base, and their values", async () => {
    const { model, diagnostics } = await build(
      withSchemas({
        Pet: {
          ...object({ kind: { type: "string" } }),
          discriminator: {
            propertyName: "kind",
            mapping: { cat: "Cat", pet: "Pet" },
          },
        },
        Cat: { allOf: [ref("Pet"), object({ lives: {} })] },
        Dog: { allOf: [ref("Pet")] },
        Puppy: { allOf: [ref("Dog")] },
        Car: { properties: { pet: ref("Pet") } },
      }),
    );
    expect(diagnostics).toEqual([]);
    const [union] = model("Pet").schema.unions;
    expect(model("Pet").schema.refs).toEqual([]);
    const { branches = [], otherwise = -1 } = union?.tag ?? {};
    const leadsTo = (branch: number) => union?.of[branch]?.refs;
    const itself = leadsTo(otherwise);
    expect(
      branches.map(({ value, branch }) => [value, leadsTo(branch)]),
    ).toEqual([
      ["cat", [model("Cat").id]],
      ["pet", itself],
      ["Dog", [model("Dog").id]],
      ["Puppy", [model("Puppy").id]],
    ]);
    // Children extend what the base says itself: the union would lead back to them.
    expect(itself).toHaveLength(1);
    expect(model("Cat").schema.all[0]?.refs).toEqual(itself);
    expect(
      model("Dog").schema.refs.concat(
        model("Dog").schema.all.flatMap(({ refs }) => refs),
      ),
    ).toEqual(itself);
    const pet = model("Car").schema.object?.fields[0]?.schema;
    expect(pet?.refs).toEqual([model("Pet").id]);
    expect(model("Car").schema.unions).toEqual([]);
  });
});
