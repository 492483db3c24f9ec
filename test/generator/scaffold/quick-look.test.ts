import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasAllHandlers } from "../../../generator/src/scaffold/quick-look.js";
import { stubFile } from "../../../generator/src/scaffold/stub.js";
import { temporaryFolder } from "../temporary-folder.js";
import { books } from "./bookstore-groups.js";

function look(text: string, name = "books.ts"): boolean {
  const folder = temporaryFolder({ [`handlers/${name}`]: text });
  return hasAllHandlers(join(folder, "handlers"), [books]);
}

describe("a quick look says yes", () => {
  it.each([
    ["fresh stubs", stubFile(books, "../generated/index.js")],
    [
      "arrows and shorthands",
      "export const books = {\n  getBook: async () => {},\n  createBook,\n};\n",
    ],
    [
      "long parameter lists",
      "export const books = {\n\tasync getBook(\n\t\tinput,\n\t) {},\n\tcreateBook({ params }) {\n\t},\n};\n",
    ],
    [
      "class methods",
      "class B {\n    async getBook(i: I): P {\n    }\n    public createBook = () => 1;\n}\n",
    ],
    ["CRLF", stubFile(books, "x").replaceAll("\n", "\r\n")],
  ])("to %s", (_, text) => {
    expect(look(text)).toBe(true);
  });
});

describe("a quick look says no", () => {
  const one = "  getBook() {\n  },\n";
  it.each([
    ["a missing method", `export const books = {\n${one}};\n`],
    [
      "a line comment",
      `export const books = {\n${one}  // createBook() {\n};\n`,
    ],
    [
      "a block comment",
      `export const books = {\n${one}  /*\n  createBook() {\n  */\n};\n`,
    ],
    [
      "a block comment behind a string that looks like one",
      `const a = "/*";\nexport const books = {\n${one}  /*\n  createBook() {\n  */\n};\n`,
    ],
    [
      "a call inside a method",
      `export const books = {\n  getBook() {\n    createBook({\n    });\n  },\n};\n`,
    ],
    [
      "a call on the first level",
      `function f() {\n  createBook();\n}\nexport const books = {\n${one}};\n`,
    ],
    [
      "a name that only begins so",
      `export const books = {\n${one}  createBooks() {\n  },\n};\n`,
    ],
    ["an empty file", ""],
  ])("to %s", (_, text) => {
    expect(look(text)).toBe(false);
  });

  it("to a missing file and a folder", () => {
    expect(look("", "other.ts")).toBe(false);
    expect(look("", "books.ts/x")).toBe(false);
  });
});
