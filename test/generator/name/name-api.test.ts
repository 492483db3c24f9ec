import { describe, expect, it } from "vitest";
import { nameApi } from "../../../generator/src/name/name-api.js";
import { build, withSchemas } from "../model/build.js";

const responses = { "200": { description: "ok" } };

function withOperations(operations: object[], schemas: object = {}): object {
  return {
    ...withSchemas(schemas),
    paths: Object.fromEntries(
      operations.map((operation, at) => [
        `/o${at}`,
        { post: { responses, ...operation } },
      ]),
    ),
  };
}

function bodyOf(name: string): object {
  return {
    requestBody: {
      content: {
        "application/json": {
          schema: { $ref: `#/components/schemas/${name}` },
        },
      },
    },
  };
}

async function named(document: object) {
  const { api } = await build(document);
  const { value: layout, diagnostics } = nameApi(api);
  return {
    diagnostics,
    models: [...api.models.values()].map(({ id }) => layout.model(id)),
    operations: api.groups.flatMap(({ operations }) =>
      operations.map((each) => layout.operation(each)),
    ),
    groups: api.groups.map((group) => layout.group(group)),
    layout,
  };
}

describe("models", () => {
  it("are called by their titles; the first keeps the plain name", async () => {
    const { models, diagnostics } = await named(
      withSchemas({ "a.b": {}, Book: {}, AB: {}, "a-b": {} }),
    );
    const [first, book, second, third] = models.map(({ type }) => type);
    expect([first, book]).toEqual(["AB", "Book"]);
    expect(second).toMatch(/^AB_[a-z2-7]{4}$/);
    expect(third).toMatch(/^AB_[a-z2-7]{4}$/);
    expect(third).not.toBe(second);
    expect(diagnostics).toMatchObject([
      {
        code: "KT4001",
        severity: "warning",
        origin: { pointer: "/components/schemas/AB" },
        related: [{ pointer: "/components/schemas/a.b" }],
      },
      {
        code: "KT4001",
        origin: { pointer: "/components/schemas/a-b" },
        related: [{ pointer: "/components/schemas/a.b" }],
      },
    ]);
    expect(diagnostics[0]?.message).toBe(
      `schema \`AB\` is called \`${second}\`: \`AB\` is taken`,
    );
  });

  it("keep their names when something unrelated is added", async () => {
    const types = async (schemas: object) =>
      (await named(withSchemas(schemas))).models.map(({ type }) => type);
    const before = await types({ "a.b": {}, AB: {} });
    const after = await types({
      New: {},
      "a.b": {},
      Other: {},
      AB: {},
      Last: {},
    });
    expect(after.filter((type) => before.includes(type))).toEqual(before);
  });

  it("are called differently in requests where they differ", async () => {
    const split = { properties: { id: { readOnly: true } } };
    const { models } = await named(
      withSchemas({ Book: split, Plain: {}, Pen: split, PenInput: {} }),
    );
    const [book, plain, pen, penInput] = models;
    expect(book).toMatchObject({
      type: "Book",
      input: "BookInput",
      pascal: "Book",
    });
    expect(plain).toMatchObject({ type: "Plain", input: "Plain" });
    expect(pen?.type).toBe("Pen");
    expect(pen?.input).toMatch(/^PenInput_[a-z2-7]{4}$/);
    expect(penInput?.type).toBe("PenInput");
  });

  it("hide no global and none of our own names", async () => {
    const { models } = await named(
      withSchemas({
        Error: {},
        Record: {},
        Promise: {},
        Handlers: {},
        Operation: {},
        Map: {},
      }),
    );
    expect(models.map(({ type }) => type)).toEqual([
      "Error_",
      "Record_",
      "Promise_",
      "Handlers_",
      "Operation_",
      "Map_",
    ]);
  });
});

describe("operations", () => {
  it("are constants and types of one namespace", async () => {
    const { operations } = await named(
      withOperations([
        { operationId: "getBook", tags: ["a"] },
        { operationId: "get_book", tags: ["b"] },
        { operationId: "delete" },
      ]),
    );
    expect(operations[0]).toEqual({
      constant: "getBook",
      pascal: "GetBook",
      file: "operations/a.ts",
    });
    expect(operations[1]?.constant).toMatch(/^getBook_[a-z2-7]{4}$/);
    expect(operations[1]?.pascal).toMatch(/^GetBook_[a-z2-7]{4}$/);
    expect(operations[2]).toMatchObject({
      constant: "delete_",
      pascal: "Delete",
    });
  });

  it("make way for the document's own schemas, and keep their constant", async () => {
    const { operations, models, diagnostics } = await named(
      withOperations([{ operationId: "createUser" }], {
        CreateUserRequest: {},
        checkUser: {},
      }),
    );
    expect(models[0]?.type).toBe("CreateUserRequest");
    expect(operations).toEqual([
      {
        constant: "createUser",
        pascal: "CreateUserOperation",
        file: "operations/root.ts",
      },
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("do not hide the functions of models", async () => {
    const { operations } = await named(
      withOperations([{ operationId: "checkBook" }], { Book: {} }),
    );
    expect(operations[0]?.constant).toMatch(/^checkBook_[a-z2-7]{4}$/);
  });

  it("with the same id are told apart by their places", async () => {
    const { operations } = await named(
      withOperations([
        { operationId: "a" },
        { operationId: "a" },
        { operationId: "a" },
      ]),
    );
    expect(new Set(operations.map(({ constant }) => constant)).size).toBe(3);
  });
});

describe("groups", () => {
  it("have a key, an interface, a file and a stem", async () => {
    const { groups, operations } = await named(
      withOperations([
        { operationId: "a", tags: ["Pet Store"] },
        { operationId: "b", tags: ["default"] },
        { operationId: "c", tags: ["Operations"] },
      ]),
    );
    expect(groups).toEqual([
      {
        key: "petStore",
        handlers: "PetStoreHandlers",
        stem: "pet-store",
      },
      {
        key: "default_",
        handlers: "DefaultHandlers",
        stem: "default",
      },
      {
        key: "operations",
        handlers: "OperationsHandlers",
        stem: "operations",
      },
    ]);
    expect(operations.map(({ file }) => file)).toEqual([
      "operations/pet-store.ts",
      "operations/default.ts",
      "operations/operations.ts",
    ]);
  });

  it("that would share a file or key get a mark everywhere", async () => {
    const { groups, operations, diagnostics } = await named(
      withOperations([
        { operationId: "a", tags: ["Pets"] },
        { operationId: "b", tags: ["pets"] },
        { operationId: "c", tags: ["p.ets"] },
        { operationId: "d", tags: ["PEts"] },
      ]),
    );
    expect(groups[0]).toMatchObject({ key: "pets", stem: "pets" });
    const mark = /^pets_([a-z2-7]{4})$/.exec(groups[1]?.key ?? "")?.[1];
    expect(groups[1]).toEqual({
      key: `pets_${mark}`,
      handlers: `Pets_${mark}Handlers`,
      stem: `pets-${mark}`,
    });
    expect(operations[1]?.file).toBe(`operations/pets-${mark}.ts`);
    expect(groups[2]).toMatchObject({ key: "pEts", stem: "p-ets" });
    expect(new Set(groups.map(({ stem }) => stem)).size).toBe(4);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(4);
    expect(diagnostics[0]?.message).toBe(
      `group \`pets\` is called \`pets_${mark}\`: \`pets\` is taken`,
    );
  });
});

describe("the homes of models", () => {
  it("are with the only group that reaches them, else shared", async () => {
    const { layout, models } = await named(
      withOperations(
        [
          { operationId: "a", tags: ["Books"], ...bodyOf("Book") },
          { operationId: "b", tags: ["Pens"], ...bodyOf("Pen") },
        ],
        {
          Book: {
            properties: {
              author: { $ref: "#/components/schemas/Author" },
              money: { $ref: "#/components/schemas/Money" },
            },
          },
          Author: {
            properties: {
              books: { items: { $ref: "#/components/schemas/Book" } },
            },
          },
          Pen: {
            properties: { price: { $ref: "#/components/schemas/Money" } },
          },
          Money: {
            properties: { currency: { $ref: "#/components/schemas/Currency" } },
          },
          Currency: {},
          Unused: {
            properties: { book: { $ref: "#/components/schemas/Book" } },
          },
        },
      ),
    );
    expect(models.map(({ type, file }) => [type, file])).toEqual([
      ["Book", "models/books.ts"],
      ["Author", "models/books.ts"],
      ["Pen", "models/pens.ts"],
      ["Money", "models/shared.ts"],
      ["Currency", "models/shared.ts"],
      ["Unused", "models/shared.ts"],
    ]);
    expect(
      [...layout.modelsByFile].map(([file, list]) => [
        file,
        list.map(({ title }) => title),
      ]),
    ).toEqual([
      ["models/books.ts", ["Book", "Author"]],
      ["models/pens.ts", ["Pen"]],
      ["models/shared.ts", ["Money", "Currency", "Unused"]],
    ]);
  });
});
