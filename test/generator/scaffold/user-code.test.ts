/** Whatever users make of their handler files, no byte of theirs is lost. */
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../generator/src/output/transaction.js";
import type { HandlerGroup } from "../../../generator/src/scaffold/handler-group.js";
import { planScaffold } from "../../../generator/src/scaffold/scaffold.js";
import { putFiles, temporaryFolder } from "../temporary-folder.js";

const NAMES = ["getBook", "createBook", "deleteBook", "listBooks", "patchBook"];

function groupOf(names: readonly string[]): HandlerGroup {
  return {
    key: "books",
    type: "BooksHandlers",
    stem: "books",
    methods: names.map((name) => ({ name, method: "GET", path: `/${name}` })),
  };
}

/** `true` when `whole` is `part` with text inserted into it. */
function isInsertedInto(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + character.length;
    if (from < character.length) return false;
  }
  return true;
}

const spacing = fc.constantFrom(
  "",
  " ",
  "\n",
  "\n\n",
  "\t",
  " // note, }\n",
  "/* { */",
  "\r\n",
);
const body = fc.constantFrom(
  "return reply.ok({});",
  "const s = `}${`{`}`; return s;",
  "return /[/}]{2}/.exec('}') ?? \"{\";",
  "// TODO }\n",
  "",
);
const member = fc
  .tuple(
    fc.constantFrom(...NAMES, "mine", "own"),
    fc.constantFrom("method", "arrow", "quoted", "computed", "shorthand"),
    body,
    spacing,
  )
  .map(([name, form, text, space]) => {
    if (form === "method")
      return `${space}async ${name}({ params, reply }) {${text}\n}`;
    if (form === "arrow") return `${space}${name}: async () => {${text}\n}`;
    if (form === "quoted") return `${space}"${name}": function () {${text}\n}`;
    if (form === "computed") return `${space}['${name}']${space}() {${text}\n}`;
    return `${space}${name}`;
  });
const object = fc
  .tuple(fc.array(member, { maxLength: 6 }), fc.boolean(), spacing)
  .map(
    ([members, comma, space]) =>
      `{${members.join(",")}${comma && members.length > 0 ? "," : ""}${space}}`,
  );
const file = fc
  .tuple(
    fc.constantFrom(
      "",
      "\uFEFF",
      "#!/usr/bin/env node\n",
      "// @ts-nocheck\r\n",
      "/* licence */ ",
    ),
    fc.constantFrom(
      "",
      `import { problem } from "@kontract/runtime";\n`,
      `import type { BooksHandlers } from "../generated/index.js"; // types\n`,
      `import { problem as p } from '@kontract/runtime'\nimport x from "x"; const y = \`\n\`;\n`,
      "const problem = 1;\n",
    ),
    fc.constantFrom(
      ["export const books: BooksHandlers = ", ";\n"],
      ["export const books = (", ") satisfies BooksHandlers"],
      ["export const books = Object.freeze(", ");"],
      ["const impl = ", ";\nexport { impl as books };\n"],
      ["export default ", ""],
      ["export const make = (): BooksHandlers => (", ")\n"],
      ["export const books = wrap(", ");\n"],
      ["export const handlers: Handlers = { books: ", " };\n"],
    ),
    object,
    fc.constantFrom("", "\n// the end", "\nfunction rest() { return `}`; }\n"),
  )
  .map(
    ([start, imports, [before, after], text, end]) =>
      `${start}${imports}${before}${text}${after}${end}`,
  );

describe("after any sequence of edits and runs", () => {
  it("every byte that the user wrote is still there, in order", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "handlers/books.ts");
    const ground = {
      handlers: join(folder, "handlers"),
      out: join(folder, "generated"),
      cwd: folder,
      importExtension: ".js",
      before: [],
    };
    let added = 0;
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.array(fc.subarray(NAMES, { minLength: 1 }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (text, runs) => {
          putFiles(folder, { "handlers/books.ts": text });
          for (const names of runs) {
            const before = readFileSync(path, "utf8");
            const plan = await planScaffold([groupOf(names)], ground);
            applyChanges(plan.changes, "test");
            const after = readFileSync(path, "utf8");
            expect(isInsertedInto(before, after)).toBe(true);
            if (plan.changes.length === 0) expect(after).toBe(before);
            if (plan.changes.length === 0) continue;
            added++;
            const again = await planScaffold([groupOf(names)], ground);
            expect(again.changes).toEqual([]);
            expect(again.missing).toEqual([]);
          }
        },
      ),
      { numRuns: 150, seed: 7 },
    );
    expect(added).toBeGreaterThan(50);
  });

  it("a file of any text at all stays as it is or only grows", async () => {
    const folder = temporaryFolder();
    const ground = {
      handlers: join(folder, "handlers"),
      out: join(folder, "generated"),
      cwd: folder,
      importExtension: ".js",
      before: [],
    };
    const scrap = fc.constantFrom(
      "export const books = {",
      "}",
      ",",
      "getBook",
      "() {}",
      "`",
      '"',
      "/*",
      "*/",
      "\n",
      "...",
      "class ",
      "é😀",
      "[",
      "]",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(scrap, { maxLength: 12 }), async (parts) => {
        const text = parts.join("");
        putFiles(folder, { "handlers/books.ts": text });
        const plan = await planScaffold([groupOf(NAMES)], ground);
        applyChanges(plan.changes, "test");
        const after = readFileSync(join(folder, "handlers/books.ts"), "utf8");
        expect(isInsertedInto(text, after)).toBe(true);
        if (plan.changes.length === 0) expect(after).toBe(text);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});
