import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../generator/src/cli.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

const LIBRARY = `
import type { Book } from "./generated/index.js";
export const library = {
  find: async (id: string): Promise<Book | undefined> =>
    id === "" ? undefined : { id, title: "Found" },
};
`;

function firstBlock(language: string): string {
  const [, text] =
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readme) ??
    [];
  if (text === undefined) throw new Error(`the README has no ${language}`);
  return text;
}

/** What the compiler has to say about a handler file in the folder. */
function faults(folder: string, handler: string): string[] {
  const path = join(folder, "handlers", "books.ts");
  writeFileSync(path, handler);
  const { config } = ts.readConfigFile(
    join(ROOT, "tsconfig.json"),
    ts.sys.readFile,
  );
  const { options } = ts.convertCompilerOptionsFromJson(
    config.compilerOptions,
    ROOT,
  );
  const program = ts.createProgram([path], options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file }) =>
        `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

describe("the README's thirty seconds", () => {
  const handler = firstBlock("ts");
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kontract-readme-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "handlers"));
    const object = (...names: string[]) => ({
      type: "object",
      required: names,
      properties: Object.fromEntries(
        [...names, "detail"].map((name) => [
          name,
          { type: name === "status" ? "integer" : "string" },
        ]),
      ),
    });
    const document = {
      openapi: "3.1.0",
      info: { title: "Thirty seconds", version: "1" },
      paths: load(firstBlock("yaml")),
      components: {
        schemas: {
          Book: object("id", "title"),
          Problem: object("type", "title", "status"),
        },
      },
    };
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "library.ts"), LIBRARY);
    writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
    writeFileSync(join(folder, "handlers", "books.ts"), handler);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("generate, and leave the handler alone", async () => {
    let said = "";
    const sink = { write: (text: string) => (said += text) };
    const exit = await main(["generate", "openapi.json"], {
      stdout: sink,
      stderr: sink,
      env: {},
      cwd: () => folder,
    });
    expect({ exit, said }).toMatchObject({ exit: 0 });
    expect(readFileSync(join(folder, "handlers", "books.ts"), "utf8")).toBe(
      handler,
    );
  });

  it("compile", () => {
    expect(faults(folder, handler)).toEqual([]);
  });

  it("do not compile with an answer that is not declared, or another body", () => {
    const created = handler.replace("reply.ok(book)", "reply.created(book)");
    expect(faults(folder, created).join()).toMatch(/'created' does not exist/);
    const wrong = handler.replace("reply.ok(book)", "reply.ok({ id: 1 })");
    expect(faults(folder, wrong).join()).toMatch(/not assignable/);
  });
});
