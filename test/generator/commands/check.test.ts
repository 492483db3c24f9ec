import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { putFiles, temporaryFolder } from "../temporary-folder.js";
import {
  BROKEN,
  LIBRARY,
  LONGER_TITLES,
  WITH_CREATE,
  WITHOUT_AUTHORS,
} from "./library-spec.js";
import { listTree } from "./list-tree.js";
import { runJson, runKontract } from "./run-kontract.js";

async function generated(): Promise<string> {
  const cwd = temporaryFolder({ "api.yaml": LIBRARY });
  await runKontract(cwd, "generate", "api.yaml");
  return cwd;
}

function snapshot(cwd: string): [string, string][] {
  return listTree(cwd).map((path) => [
    path,
    readFileSync(join(cwd, path), "utf8"),
  ]);
}

/** Checks, and holds the command to writing nothing. */
async function check(cwd: string) {
  const before = snapshot(cwd);
  const { exit, report } = await runJson(cwd, "check", "api.yaml");
  expect(snapshot(cwd)).toEqual(before);
  expect(report.ok).toBe(exit === 0);
  return {
    exit,
    files: report.files,
    found: report.diagnostics.map(
      ({ code, file, message }) => `${code} ${file}: ${message}`,
    ),
    help: report.diagnostics.map((each) => each.help),
  };
}

describe("kontract check", () => {
  it("is content with what generate wrote", async () => {
    const cwd = await generated();
    expect(await check(cwd)).toMatchObject({ exit: 0, found: [] });
    const { exit, stdout, stderr } = await runKontract(
      cwd,
      "check",
      "api.yaml",
    );
    expect({ exit, stdout, stderr }).toEqual({
      exit: 0,
      stdout: "",
      stderr: "everything is up to date\n",
    });
  });

  it("says when nothing has been generated", async () => {
    const cwd = temporaryFolder({ "api.yaml": LIBRARY });
    const { exit, found } = await check(cwd);
    expect(exit).toBe(1);
    expect(found).toEqual([
      "KT5009 generated: nothing has been generated here yet",
      "KT5008 handlers/books.ts: the handler `books.getBook` of `GET /books/{bookId}` is missing",
      "KT5008 handlers/authors.ts: the handler `authors.listAuthors` of `GET /authors` is missing",
    ]);
  });

  it("says which operation has changed, and where", async () => {
    const cwd = await generated();
    putFiles(cwd, { "api.yaml": LONGER_TITLES });
    const { exit, found, help } = await check(cwd);
    expect(exit).toBe(1);
    expect(found[0]).toBe(
      "KT5009 api.yaml: `GET /books/{bookId}` has changed since the code was generated (handler `books.getBook`)",
    );
    expect(help[0]).toBe(
      "changed at `/components/schemas/Book/properties/title/maxLength`; run `kontract generate` and commit what it writes",
    );
    expect(found[1]).toMatch(
      /^KT5009 generated: \d+ generated files are out of date: /,
    );
    expect(found).toHaveLength(2);
  });

  it("says which operations came and went", async () => {
    const cwd = await generated();
    putFiles(cwd, { "api.yaml": WITH_CREATE });
    expect((await check(cwd)).found).toEqual([
      "KT5009 api.yaml: `POST /books` was added since the code was generated (handler `books.createBook`)",
      expect.stringContaining("out of date"),
      "KT5008 handlers/books.ts: the handler `books.createBook` of `POST /books` is missing",
    ]);
    putFiles(cwd, { "api.yaml": WITHOUT_AUTHORS });
    const { found, help } = await check(cwd);
    expect(found).toEqual([
      "KT5009 generated/kontract.json: `GET /authors` was removed since the code was generated (handler `authors.listAuthors`)",
      expect.stringContaining("`operations/authors.ts` (no longer generated)"),
      "KT5007 handlers/authors.ts: no operation has the handler `authors.listAuthors`",
    ]);
    expect(help[2]).toContain("`GET /authors` is not in the document any more");
  });

  it("tells edits by hand from stale files", async () => {
    const cwd = await generated();
    putFiles(cwd, { "generated/index.ts": "// mine\n" });
    rmSync(join(cwd, "generated/router.ts"));
    expect((await check(cwd)).found).toEqual([
      "KT5003 generated/index.ts: the file was edited by hand",
      "KT5009 generated: one generated file is out of date: `router.ts` (missing)",
    ]);
  });

  it("notices an edited manifest", async () => {
    const cwd = await generated();
    const path = join(cwd, "generated/kontract.json");
    putFiles(cwd, {
      "generated/kontract.json": readFileSync(path, "utf8").replace(
        "books.getBook",
        "books.get",
      ),
    });
    const { exit, found } = await check(cwd);
    expect(exit).toBe(1);
    expect(found.join("\n")).toContain("kontract.json");
  });

  it("names the version that the code is from", async () => {
    const cwd = await generated();
    const path = join(cwd, "generated/kontract.json");
    putFiles(cwd, {
      "generated/kontract.json": readFileSync(path, "utf8").replace(
        /"generator": "[^"]*"/,
        '"generator": "0.0.1"',
      ),
    });
    const { exit, found } = await check(cwd);
    expect(exit).toBe(1);
    expect(found[0]).toMatch(
      /^KT5010 generated\/kontract\.json: the code was generated by kontract 0\.0\.1, this is /,
    );
  });

  it("leaves handlers alone when told so", async () => {
    const cwd = await generated();
    rmSync(join(cwd, "handlers"), { recursive: true });
    expect(
      (await runKontract(cwd, "check", "api.yaml", "--no-handlers")).exit,
    ).toBe(0);
    expect((await runKontract(cwd, "check", "api.yaml")).exit).toBe(1);
  });

  it("says what is wrong with the document first", async () => {
    const cwd = await generated();
    putFiles(cwd, { "api.yaml": BROKEN });
    expect((await check(cwd)).exit).toBe(1);
    putFiles(cwd, { "api.yaml": "swagger: '2.0'\n" });
    expect((await check(cwd)).exit).toBe(3);
  });

  it("lists drift by class, with operations and lines of the document", async () => {
    const schema = "type: object\nproperties:\n  title: { type: string }\n";
    const cwd = temporaryFolder({
      "api.yaml": LIBRARY.replace(
        /"#\/components\/schemas\/Book"/,
        "parts/book.yaml",
      ).replace(/components:[\s\S]*/, ""),
      "parts/book.yaml": schema,
    });
    await runKontract(cwd, "generate", "api.yaml");
    const text = readFileSync(join(cwd, "api.yaml"), "utf8");
    putFiles(cwd, {
      "api.yaml": text.replace("operationId: listAuthors", "operationId: all"),
      "parts/book.yaml": schema.replace("string", "string, maxLength: 9"),
      "generated/index.ts": "// mine\n",
      "generated/kontract.json": readFileSync(
        join(cwd, "generated/kontract.json"),
        "utf8",
      ).replace(/"generator": "[^"]*"/, '"generator": "0.0.1"'),
    });
    const { report } = await runJson(cwd, "check", "api.yaml");
    const { drift } = report as unknown as {
      drift: {
        class: string;
        file: string;
        operation?: string;
        handler?: string;
        change?: string;
        at: { file: string; line: number; pointer: string }[];
      }[];
    };
    const of = (name: string) => drift.filter((each) => each.class === name);
    expect(of("version-skew")).toMatchObject([
      { file: "generated/kontract.json" },
    ]);
    expect(of("hand-edited")).toMatchObject([{ file: "generated/index.ts" }]);
    const [book] = of("stale").filter(({ change }) => change !== undefined);
    expect(book).toMatchObject({
      operation: "GET /books/{bookId}",
      handler: "books.getBook",
      change: "changed",
      at: [
        { file: "api.yaml", line: 5 },
        {
          file: "parts/book.yaml",
          line: 3,
          pointer: "/properties/title/maxLength",
        },
      ],
    });
    expect(of("stale").map(({ file }) => file)).toContain(
      "generated/openapi.json",
    );
    expect(of("missing-stub")).toMatchObject([
      {
        file: "handlers/authors.ts",
        operation: "GET /authors",
        handler: "authors.all",
        at: [{ file: "api.yaml", line: 18 }],
      },
    ]);
    expect(of("orphan")).toMatchObject([
      {
        handler: "authors.listAuthors",
        at: [{ file: "handlers/authors.ts", line: 6 }],
      },
    ]);
  });
});
