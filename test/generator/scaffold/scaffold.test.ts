import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../generator/src/output/transaction.js";
import {
  planScaffold,
  type ScaffoldGround,
  type ScaffoldPlan,
} from "../../../generator/src/scaffold/scaffold.js";
import { temporaryFolder } from "../temporary-folder.js";
import { authors, books } from "./bookstore-groups.js";

function ground(folder: string): ScaffoldGround {
  return {
    handlers: join(folder, "handlers"),
    out: join(folder, "generated"),
    cwd: folder,
    importExtension: ".js",
    before: [],
  };
}

/** Scaffolds the books into a project with this one handler file; answers the file's new text. */
async function grow(text: string, name = "books.ts") {
  const folder = temporaryFolder({ [`handlers/${name}`]: text });
  const plan = await planScaffold([books], ground(folder));
  applyChanges(plan.changes, "test");
  const after = readFileSync(join(folder, "handlers", name), "utf8");
  return { plan, after };
}

const messages = (plan: ScaffoldPlan) =>
  plan.diagnostics.map((each) => `${each.code} ${each.message}`);

describe("a group without a file", () => {
  it("gets one that compiles and answers 501", async () => {
    const folder = temporaryFolder();
    const plan = await planScaffold([books], ground(folder));
    expect(plan.diagnostics).toEqual([]);
    expect(plan.changes).toEqual([
      {
        target: join(folder, "handlers/books.ts"),
        before: undefined,
        text: `import type { BooksHandlers } from "../generated/index.js";
import { problem } from "@kontract/runtime";

export const books: BooksHandlers = {
  /** GET /books/{bookId}: Fetch one book */
  async getBook() {
    throw problem.notImplemented();
  },

  /** POST /books */
  async createBook() {
    throw problem.notImplemented();
  },
};
`,
      },
    ]);
    expect(plan.missing.map((each) => each.handler)).toEqual([
      "books.getBook",
      "books.createBook",
    ]);
  });

  it("imports with the configured extension, from wherever the folders lie", async () => {
    const folder = temporaryFolder();
    const plan = await planScaffold([books], {
      ...ground(folder),
      handlers: join(folder, "src/app/handlers"),
      importExtension: ".ts",
    });
    expect(plan.changes[0]?.text).toContain(
      'from "../../../generated/index.ts";',
    );
  });

  it("is printed in the user's prettier style", async () => {
    const folder = temporaryFolder({
      ".prettierrc": '{ "semi": false, "singleQuote": true, "useTabs": true }',
    });
    const plan = await planScaffold([books], ground(folder));
    expect(plan.changes[0]?.text).toContain(
      "import { problem } from '@kontract/runtime'\n",
    );
    expect(plan.changes[0]?.text).toContain("\n\tasync getBook() {\n\t\tthrow");
  });

  it.each([21, 22, 23, 24, 25, 40, 70])(
    "is as prettier prints it, however long the names (%i letters)",
    async (length) => {
      const { check } = await import("prettier");
      const key = "a".repeat(length);
      const group = { ...books, key, type: `${key}Handlers`, stem: key };
      const folder = temporaryFolder();
      const plan = await planScaffold([group], ground(folder));
      const text = plan.changes[0]?.text ?? "";
      expect(text).toContain(`export const ${key}: ${key}Handlers =`);
      expect(await check(text, { parser: "typescript" })).toBe(true);
    },
  );

  it("keeps hostile summaries and paths inside their comment", async () => {
    const folder = temporaryFolder();
    const plan = await planScaffold(
      [
        {
          ...books,
          methods: [
            {
              name: "getBook",
              method: "GET",
              path: "/a/*/b",
              summary: "x */ evil()\n/* \u2028 y \u202e",
            },
          ],
        },
      ],
      ground(folder),
    );
    expect(plan.changes[0]?.text).toContain(
      "  /** GET /a/*\\/b: x *\\/ evil() /* y */\n  async getBook() {",
    );
  });
});

describe("missing methods are added", () => {
  const cases: [string, string, string][] = [
    [
      "to an annotated object, with the comma that was missing",
      `import type { BooksHandlers } from "../generated/index.js";

export const books: BooksHandlers = {
  async getBook({ params }) {
    return { status: 200 }; // mine
  } // no comma
};
`,
      `import type { BooksHandlers } from "../generated/index.js";
import { problem } from "@kontract/runtime";

export const books: BooksHandlers = {
  async getBook({ params }) {
    return { status: 200 }; // mine
  }, // no comma

  /** POST /books */
  async createBook() {
    throw problem.notImplemented();
  },
};
`,
    ],
    [
      "to an object on one line",
      `import { problem } from "@kontract/runtime";
export const books = { getBook: async () => ({ status: 200 }) } satisfies BooksHandlers;
`,
      `import { problem } from "@kontract/runtime";
export const books = { getBook: async () => ({ status: 200 }), 

  /** POST /books */
  async createBook() {
    throw problem.notImplemented();
  },
} satisfies BooksHandlers;
`,
    ],
    [
      "to an object that has tabs and CRLF",
      `import { problem as p } from "@kontract/runtime";\r\nexport const books = {\r\n\tgetBook: one,\r\n};\r\n`,
      `import { problem as p } from "@kontract/runtime";\r\nexport const books = {\r\n\tgetBook: one,\r\n\r\n\t/** POST /books */\r\n\tasync createBook(): Promise<never> {\r\n\t\tthrow p.notImplemented();\r\n\t},\r\n};\r\n`,
    ],
    [
      "to an empty object",
      `import * as kontract from "@kontract/runtime";
export const books: BooksHandlers = {
  async getBook() {},
};
`,
      `import * as kontract from "@kontract/runtime";
export const books: BooksHandlers = {
  async getBook() {},

  /** POST /books */
  async createBook() {
    throw kontract.problem.notImplemented();
  },
};
`,
    ],
    [
      "to a class whose instance is exported",
      `import { problem } from "@kontract/runtime";

class Books implements BooksHandlers {
    readonly #db = open();
    async getBook() {
        return this.#db.get();
    }
}

export const books = new Books();
`,
      `import { problem } from "@kontract/runtime";

class Books implements BooksHandlers {
    readonly #db = open();
    async getBook() {
        return this.#db.get();
    }

    /** POST /books */
    async createBook(): Promise<never> {
        throw problem.notImplemented();
    }
}

export const books = new Books();
`,
    ],
    [
      "to the object that a factory returns, past a name that is taken",
      `#!/usr/bin/env node
// @ts-check
"use strict";
const problem = 1;

export function makeBooks(db: Db): BooksHandlers {
  return {
    getBook: () => db.get(problem),
  };
}
`,
      `#!/usr/bin/env node
// @ts-check
"use strict";
import { problem as kontractProblem } from "@kontract/runtime";

const problem = 1;

export function makeBooks(db: Db): BooksHandlers {
  return {
    getBook: () => db.get(problem),

    /** POST /books */
    async createBook() {
      throw kontractProblem.notImplemented();
    },
  };
}
`,
    ],
  ];
  it.each(cases)("%s", async (_, before, want) => {
    const { plan, after } = await grow(before);
    expect(messages(plan)).toEqual([]);
    expect(after).toBe(want);
  });

  it("to the right object of several, nested ones included", async () => {
    const text = `import { problem } from "@kontract/runtime";
const other = { getBook() {}, createBook() {} };
export const handlers: Handlers = {
  other,
  books: {
    getBook() {},
  },
};
`;
    const { after } = await grow(text);
    expect(after).toBe(
      text.replace(
        "    getBook() {},\n",
        "    getBook() {},\n\n    /** POST /books */\n    async createBook() {\n      throw problem.notImplemented();\n    },\n",
      ),
    );
  });

  it("behind a byte order mark that stays", async () => {
    const text = `\uFEFFexport const books = {\n  getBook() {},\n};\n`;
    const { after } = await grow(text);
    expect(after).toBe(
      `\uFEFFimport { problem } from "@kontract/runtime";\n\nexport const books = {\n  getBook() {},\n\n  /** POST /books */\n  async createBook(): Promise<never> {\n    throw problem.notImplemented();\n  },\n};\n`,
    );
  });

  it("of two groups to the one file that holds both", async () => {
    const folder = temporaryFolder({
      "handlers/all.ts": `export const books: BooksHandlers = {\n  getBook() {},\n};\nexport const authors: AuthorsHandlers = {};\n`,
    });
    const plan = await planScaffold([books, authors], ground(folder));
    expect(plan.changes).toHaveLength(1);
    expect(plan.changes[0]?.text)
      .toBe(`import { problem } from "@kontract/runtime";

export const books: BooksHandlers = {
  getBook() {},

  /** POST /books */
  async createBook() {
    throw problem.notImplemented();
  },
};
export const authors: AuthorsHandlers = {
  /** GET /authors */
  async listAuthors() {
    throw problem.notImplemented();
  },
};
`);
  });

  it("to a file that holds nothing but blank space", async () => {
    const { after } = await grow("\n\n");
    expect(after).toMatch(/^\n\nimport type \{ BooksHandlers \}/);
  });
});

describe("handlers are recognised", () => {
  const cases: [string, string][] = [
    ["as methods", "export const books = { getBook() {}, createBook() {} };"],
    [
      "as properties, shorthands and quoted names",
      `import { getBook } from "x"; export const books = { getBook, "createBook": async () => {} };`,
    ],
    [
      "as computed literals",
      `export const books = { ["getBook"]: 1, [\`createBook\`]: 2 };`,
    ],
    [
      "through a spread of a local object",
      `const read = { getBook() {} }; export const books = { ...read, createBook() {} };`,
    ],
    [
      "through a renamed export",
      `const impl = { getBook() {}, createBook() {} }; export { impl as books };`,
    ],
    [
      "through a default export",
      `export default { getBook() {}, createBook() {} } satisfies BooksHandlers;`,
    ],
    [
      "through Object.freeze",
      `export const books = Object.freeze({ getBook() {}, createBook() {} });`,
    ],
    [
      "assigned afterwards",
      `export const books = {} as BooksHandlers; books.getBook = a; Object.assign(books, { createBook() {} });`,
    ],
    [
      "as fields of a class with a base class",
      `class Base { getBook() {} } export class Books extends Base implements BooksHandlers { createBook = async () => {}; }`,
    ],
    [
      "from a local factory",
      `function make(db) { const it = { getBook() {}, createBook() {} }; return it; } export const books = make(1);`,
    ],
    [
      "as an arrow that returns an object",
      `export const makeBooks = (db: Db): BooksHandlers => ({ getBook() {}, createBook() {} });`,
    ],
  ];
  it.each(cases)("%s", async (_, text) => {
    const { plan, after } = await grow(text);
    expect(plan.missing).toEqual([]);
    expect(plan.diagnostics).toEqual([]);
    expect(after).toBe(text);
  });

  it("in another file of the user's", async () => {
    const folder = temporaryFolder({
      "handlers/books.ts": `import { reads } from "../lib/reads.js"; import all from "./parts"; export const books = { ...reads, ...all };`,
      "lib/reads.ts": `export const reads = { getBook() {} };`,
      "handlers/parts/index.ts": `export default { createBook() {} };`,
    });
    const plan = await planScaffold([books], ground(folder));
    expect(plan).toMatchObject({ changes: [], missing: [], diagnostics: [] });
  });

  it("in JavaScript, and in a folder with an index", async () => {
    const folder = temporaryFolder({
      "handlers/books/index.js": `export const books = { getBook() {}, createBook() {} };`,
    });
    const plan = await planScaffold([books], ground(folder));
    expect(plan).toMatchObject({ changes: [], missing: [], diagnostics: [] });
  });
});

describe("where adding is not safe, the text to paste is given", () => {
  const cases: [string, string, string][] = [
    [
      "a spread of an unknown value",
      `import { base } from "lib"; export const books = { ...base, getBook() {} };`,
      "a spread, a base class or a function may hold it already",
    ],
    [
      "a wrapper of unknown effect",
      `export const books = define({ getBook() {} });`,
      "a spread, a base class or a function may hold it already",
    ],
    [
      "a base class from a package",
      `import { Base } from "lib"; export class Books extends Base implements BooksHandlers {}`,
      "a spread, a base class or a function may hold it already",
    ],
    [
      "syntax errors",
      `export const books = { getBook() {`,
      "the file has syntax errors",
    ],
    [
      "no handlers",
      `export const nothing = 1;`,
      "the handlers cannot be found in this file",
    ],
  ];
  it.each(cases)("%s", async (_, text, reason) => {
    const { plan, after } = await grow(text);
    expect(after).toBe(text);
    expect(plan.diagnostics).toHaveLength(1);
    expect(plan.diagnostics[0]).toMatchObject({
      code: "KT5006",
      severity: "warning",
      origin: { file: "handlers/books.ts" },
    });
    expect(plan.diagnostics[0]?.message).toContain(reason);
    expect(plan.diagnostics[0]?.help).toContain("async createBook() {");
  });

  it("a symbolic link", async () => {
    const folder = temporaryFolder({
      "mine.ts": `export const books = { getBook() {} };`,
      "handlers/x.txt": "",
    });
    symlinkSync(join(folder, "mine.ts"), join(folder, "handlers/books.ts"));
    const plan = await planScaffold([books], ground(folder));
    expect(plan.changes).toEqual([]);
    expect(messages(plan)[0]).toContain("the file is a symbolic link");
  });

  it("text that is not UTF-8", async () => {
    const folder = temporaryFolder({ "handlers/x.txt": "" });
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "handlers/books.ts"), Buffer.from([0xff, 0xfe]));
    const plan = await planScaffold([books], ground(folder));
    expect(plan.changes).toEqual([]);
    expect(messages(plan)[0]).toContain("not readable as UTF-8");
  });
});

describe("a stub says what it returns", () => {
  const STUB = "async createBook(): Promise<never> {";
  const around = (text: string) =>
    text.replace("…", `async getBook() {}${text.includes("class") ? "" : ","}`);

  it.each([
    "export class Service implements BooksHandlers { … }\nexport const books = new Service();",
    "const impl = { … };\nexport { impl as books };",
    "export default { … };",
  ])("where the compiler knows nothing of it: %s", async (text) => {
    expect((await grow(around(text))).after).toContain(STUB);
  });

  it.each([
    "export const books: BooksHandlers = { … };",
    "export const books = { … } satisfies BooksHandlers;",
    "export const books: BooksHandlers = Object.freeze<BooksHandlers>({ … });",
    "export const books = make();\nfunction make(): BooksHandlers { return { … }; }",
    "export const make = (): BooksHandlers => ({ … });",
  ])("and not where it does: %s", async (text) => {
    const { after } = await grow(around(text));
    expect(after).toContain("async createBook() {");
  });

  it("and never in JavaScript", async () => {
    const text =
      "export class Books {\n  async getBook() {}\n}\nexport const books = new Books();";
    expect((await grow(text, "books.js")).after).toContain(
      "async createBook() {",
    );
  });
});

describe("orphans are named with their place", () => {
  it("when the operation is gone", async () => {
    const { plan } = await grow(
      `export const books = {\n  getBook() {},\n  createBook() {},\n  burnBook() {},\n};\n`,
    );
    expect(plan.diagnostics).toEqual([
      {
        code: "KT5007",
        severity: "warning",
        message: "no operation has the handler `books.burnBook`",
        help: "delete it, or make it a function outside of the handlers",
        origin: { file: "handlers/books.ts", pointer: "", line: 4, column: 3 },
      },
    ]);
  });

  it("when the operation was renamed, moved or removed since the last run", async () => {
    const folder = temporaryFolder({
      "handlers/books.ts": `export const books = {\n  getBook() {},\n  createBook() {},\n  fetchBook() {},\n  listAuthors() {},\n  dropBook() {},\n};\n`,
      "handlers/authors.ts": `export const authors = { listAuthors() {} };`,
    });
    const old = { group: "books", file: "", hash: "", id: "" };
    const plan = await planScaffold([books, authors], {
      ...ground(folder),
      before: [
        {
          ...old,
          handler: "books.fetchBook",
          method: "GET",
          path: "/books/{bookId}",
        },
        {
          ...old,
          handler: "books.dropBook",
          method: "DELETE",
          path: "/books/{bookId}",
        },
      ],
    });
    expect(plan.diagnostics.map((each) => each.help)).toEqual([
      "`GET /books/{bookId}` is `books.getBook` now; move the code there",
      "the operation moved: it is `authors.listAuthors` now; move the code there",
      "`DELETE /books/{bookId}` is not in the document any more; delete the method, or make it a function of its own",
    ]);
  });

  it("when the whole group is gone", async () => {
    const folder = temporaryFolder({
      "handlers/books.ts": `export const books = { getBook() {}, createBook() {} };`,
      "handlers/orders.ts": `import type { OrdersHandlers } from "../generated/index.js";\nexport const orders: OrdersHandlers = {\n  async getOrder() {},\n};\n`,
    });
    const plan = await planScaffold([books], ground(folder));
    expect(messages(plan)).toEqual([
      "KT5007 no operation has the handler `orders.getOrder`",
    ]);
    expect(plan.diagnostics[0]?.origin).toMatchObject({
      file: "handlers/orders.ts",
      line: 3,
    });
  });

  it("under the key that the group had, where its name is a reserved word", async () => {
    const folder = temporaryFolder({
      "handlers/delete.ts": `import type { DeleteHandlers } from "../generated/index.js";\nexport const delete_: DeleteHandlers = {\n  async getOrder() {},\n};\n`,
    });
    const plan = await planScaffold([books], ground(folder));
    expect(messages(plan)).toEqual([
      "KT5007 no operation has the handler `delete_.getOrder`",
    ]);
  });

  it("but not private methods, fields and members that are spread", async () => {
    const { plan } = await grow(
      `class Books implements BooksHandlers { count = 0; #x() {} private y() {} static z() {} getBook() {} createBook() {} } export const books = new Books();`,
    );
    expect(plan.diagnostics).toEqual([]);
  });
});
