import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { putFiles, temporaryFolder } from "../temporary-folder.js";
import {
  LIBRARY,
  LONGER_TITLES,
  WITH_CREATE,
  WITHOUT_AUTHORS,
} from "./library-spec.js";
import { runKontract } from "./run-kontract.js";

function git(cwd: string, ...args: string[]): void {
  execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@a.example", ...args],
    {
      cwd,
      stdio: "ignore",
    },
  );
}

/** A repository with one commit. */
function repository(files: Record<string, string>): string {
  const cwd = temporaryFolder(files);
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "add", "-A");
  git(cwd, "commit", "-q", "-m", "one");
  return cwd;
}

interface Report {
  ok: boolean;
  counts: Record<string, number>;
  changes: {
    id: string;
    severity: string;
    operations: { route: string; handler?: string }[];
    before?: { file: string; line?: number };
    after?: { file: string; line?: number };
  }[];
}

async function diffJson(cwd: string, ...argv: string[]) {
  const { exit, stdout } = await runKontract(cwd, "diff", ...argv, "--json");
  return { exit, report: JSON.parse(stdout) as Report };
}

describe("kontract diff of two files", () => {
  it("prints what changed, with the lines of both and the handler", async () => {
    const cwd = temporaryFolder({
      "a.yaml": LIBRARY,
      "b.yaml": WITHOUT_AUTHORS,
    });
    const { exit, stdout, stderr } = await runKontract(
      cwd,
      "diff",
      "a.yaml",
      "b.yaml",
    );
    expect({ exit, stdout, stderr }).toEqual({
      exit: 1,
      stdout: [
        "GET /authors   authors.listAuthors",
        "  breaking path-removed: the path is gone",
        "    a.yaml:18:5 → b.yaml:1:1",
        "",
        "",
      ].join("\n"),
      stderr: "1 breaking, 0 warnings, 0 other changes\n",
    });
  });

  it("fails at the severity that it is told to", async () => {
    const cwd = temporaryFolder({
      "a.yaml": LIBRARY,
      "b.yaml": WITH_CREATE,
      "c.yaml": WITHOUT_AUTHORS,
      "d.yaml": LIBRARY.replace("listAuthors", "authors"),
    });
    const exitOf = async (...argv: string[]) =>
      (await runKontract(cwd, "diff", ...argv)).exit;
    expect(await exitOf("a.yaml", "b.yaml")).toBe(0);
    expect(await exitOf("a.yaml", "b.yaml", "--fail-on", "warning")).toBe(0);
    expect(await exitOf("a.yaml", "b.yaml", "--fail-on", "any")).toBe(1);
    expect(await exitOf("a.yaml", "d.yaml")).toBe(0);
    expect(await exitOf("a.yaml", "d.yaml", "--fail-on", "warning")).toBe(1);
    expect(await exitOf("a.yaml", "c.yaml")).toBe(1);
    expect(await exitOf("a.yaml", "a.yaml", "--fail-on", "any")).toBe(0);
    expect(await exitOf("a.yaml", "b.yaml", "--fail-on", "constructor")).toBe(
      2,
    );
    expect(await exitOf("a.yaml", "b.yaml", "--format", "html")).toBe(2);
    expect(await exitOf("a.yaml", "none.yaml")).toBe(2);
  });

  it("says which document cannot be used", async () => {
    const cwd = temporaryFolder({
      "a.yaml": LIBRARY,
      "b.yaml": "swagger: '2.0'\n",
    });
    const { exit, stderr } = await runKontract(cwd, "diff", "a.yaml", "b.yaml");
    expect(exit).toBe(3);
    expect(stderr).toContain("b.yaml");
  });

  it("prints one object", async () => {
    const cwd = temporaryFolder({ "a.yaml": LIBRARY, "b.yaml": LONGER_TITLES });
    const { exit, report } = await diffJson(cwd, "a.yaml", "b.yaml");
    expect(exit).toBe(0);
    expect(report.ok).toBe(true);
    expect(report.counts).toEqual({ breaking: 0, warning: 0, info: 1 });
    expect(report.changes).toMatchObject([
      {
        id: "response-body-max-length-tightened",
        place: "schema `Book`, `title`",
        operations: [
          { route: "GET /books/{bookId}", handler: "books.getBook" },
        ],
        before: { file: "a.yaml", line: 29 },
        after: { file: "b.yaml", line: 29 },
      },
    ]);
  });

  it("keeps text of a document from being Markdown or a terminal's command", async () => {
    const evil = LIBRARY.replace(
      "  /authors:",
      '  "/authors](http://a.example)`<b>\\e[31m":',
    );
    const cwd = temporaryFolder({ "a.yaml": evil, "b.yaml": WITHOUT_AUTHORS });
    const plain = await runKontract(cwd, "diff", "a.yaml", "b.yaml");
    expect(plain.stdout).not.toContain("\u001b");
    const { stdout } = await runKontract(
      cwd,
      "diff",
      "a.yaml",
      "b.yaml",
      "--format",
      "markdown",
    );
    expect(stdout).toContain(
      "## `` GET /authors](http://a.example)`<b> [31m ``",
    );
    expect(stdout.replace(/``.*?``/g, "")).not.toMatch(/<b>|\]\(/);
  });

  it("writes Markdown for a pull request", async () => {
    const cwd = temporaryFolder({
      "a.yaml": LIBRARY,
      "b.yaml": WITHOUT_AUTHORS.replace("1.0.0", "2.0.0"),
    });
    const { stdout } = await runKontract(
      cwd,
      "diff",
      "a.yaml",
      "b.yaml",
      "--format",
      "markdown",
    );
    expect(stdout).toBe(`# API changes: 1.0.0 → 2.0.0

1 breaking, 0 warnings, 0 other changes.

## \`GET /authors\`

- **breaking** the path is gone (\`path-removed\`)<br>
  handler \`authors.listAuthors\`<br>
  \`a.yaml:18:5\` → \`b.yaml:1:1\`
`);
  });
});

describe("kontract diff of git revisions", () => {
  const PARTS = {
    "api/openapi.yaml": LIBRARY.replace(
      '"#/components/schemas/Book"',
      '"parts/book.yaml"',
    ).replace(/components:[\s\S]*/, ""),
    "api/parts/book.yaml":
      "type: object\nproperties:\n  title: { type: [string, 'null'] }\n",
  };

  it("resolves references within the revision", async () => {
    const cwd = repository(PARTS);
    putFiles(cwd, {
      "api/parts/book.yaml": PARTS["api/parts/book.yaml"].replace(
        "[string, 'null']",
        "string",
      ),
    });
    const old = await diffJson(
      cwd,
      "api/openapi.yaml",
      "HEAD:api/openapi.yaml",
    );
    expect(old.exit).toBe(1);
    expect(old.report.changes.map(({ id }) => id)).toEqual([
      "response-body-became-nullable",
    ]);
    const { report } = await diffJson(
      cwd,
      "HEAD:api/openapi.yaml",
      "api/openapi.yaml",
    );
    expect(report.changes.map(({ id }) => id)).toEqual([
      "response-body-became-not-nullable",
    ]);
    expect(
      (await diffJson(cwd, "HEAD:api/openapi.yaml", "main:api/openapi.yaml"))
        .report.changes,
    ).toEqual([]);
  });

  it("takes a revision alone for the other side's path, and paths from a folder below", async () => {
    const cwd = repository(PARTS);
    putFiles(cwd, { "api/parts/book.yaml": "type: string\n" });
    const { report } = await diffJson(cwd, "main", "api/openapi.yaml");
    expect(report.changes.map(({ id }) => id)).toEqual([
      "response-body-type-changed",
    ]);
    const below = await diffJson(
      join(cwd, "api"),
      "HEAD:./openapi.yaml",
      "openapi.yaml",
    );
    expect(below.report.changes).toHaveLength(1);
    git(cwd, "commit", "-qam", "two");
    expect(
      (await diffJson(cwd, "HEAD~1:api/openapi.yaml", "HEAD")).report.changes,
    ).toHaveLength(1);
  });

  it("reads what is no longer on the disk, and writes nothing", async () => {
    const cwd = repository(PARTS);
    git(cwd, "rm", "-rq", "api");
    putFiles(cwd, { "new.yaml": LIBRARY });
    const { exit, report } = await diffJson(
      cwd,
      "HEAD:api/openapi.yaml",
      "new.yaml",
    );
    expect(exit).toBe(0);
    expect(report.changes.map(({ id }) => id).sort()).toEqual([
      "response-body-became-not-nullable",
      "response-body-property-became-required",
    ]);
    expect(() => readFileSync(join(cwd, "api/openapi.yaml"))).toThrow(/ENOENT/);
  });

  it("refuses what leaves the repository, and what is no revision", async () => {
    const cwd = repository({
      "api.yaml": LIBRARY.replace(
        '"#/components/schemas/Book"',
        '"../../etc/passwd"',
      ),
    });
    putFiles(cwd, { "b.yaml": LIBRARY });
    expect(
      (await runKontract(cwd, "diff", "HEAD:api.yaml", "b.yaml")).exit,
    ).toBe(3);
    for (const name of [
      "nope:api.yaml",
      "--output=x:api.yaml",
      "HEAD; touch x:api.yaml",
      "nope",
    ]) {
      const { exit, stderr } = await runKontract(
        cwd,
        "diff",
        "--",
        name,
        "b.yaml",
      );
      expect({ name, exit, stderr }).toMatchObject({
        exit: 2,
        stderr: expect.stringMatching(/no revision|no file/),
      });
    }
    expect(
      (await runKontract(cwd, "diff", "HEAD:none.yaml", "b.yaml")).exit,
    ).toBe(3);
  });

  it("says when there is no repository", async () => {
    const cwd = temporaryFolder({ "b.yaml": LIBRARY });
    const { exit } = await runKontract(cwd, "diff", "HEAD:b.yaml", "b.yaml");
    expect(exit).toBe(2);
  });
});

describe("kontract diff --changelog", () => {
  it("adds an entry a release, once, and keeps what people wrote", async () => {
    const cwd = temporaryFolder({
      "a.yaml": LIBRARY,
      "b.yaml": WITH_CREATE.replace("1.0.0", "1.1.0"),
      "c.yaml": WITHOUT_AUTHORS.replace("1.0.0", "2.0.0"),
      "API.md": "# Our API\n\nOld notes.\n",
    });
    const run = async (...argv: string[]) => {
      await runKontract(cwd, "diff", ...argv, "--changelog", "API.md");
      return readFileSync(join(cwd, "API.md"), "utf8");
    };
    const first = await run("a.yaml", "b.yaml");
    expect(first).toBe(`# Our API

<!-- kontract:1.1.0 -->

## 1.1.0

### Changed

- \`POST /books\`: the path is new

<!-- /kontract -->

Old notes.
`);
    expect(await run("a.yaml", "b.yaml")).toBe(first);
    const second = await run("a.yaml", "c.yaml");
    expect(second.indexOf("## 2.0.0")).toBeLessThan(second.indexOf("## 1.1.0"));
    expect(second).toContain(
      "### Breaking\n\n- `GET /authors`: the path is gone",
    );
    expect(second).toContain("Old notes.");
    expect(await run("a.yaml", "b.yaml")).toBe(second);
    expect(await run("a.yaml", "c.yaml")).toBe(second);
  });
});
