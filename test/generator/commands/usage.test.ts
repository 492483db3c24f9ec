import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { BROKEN, LIBRARY } from "./library-spec.js";
import { listTree } from "./list-tree.js";
import { runJson, runKontract } from "./run-kontract.js";

const FILES = {
  "api.yaml": LIBRARY,
  "broken.yaml": BROKEN,
  "old.yaml": "swagger: '2.0'\ninfo: { title: x, version: '1' }\npaths: {}\n",
  "text.yaml": "just: [text",
  "scalar.yaml": "hello\n",
  "dangling.yaml": LIBRARY.replace("schemas/Book", "schemas/Bok"),
  "several.json": JSON.stringify([
    { name: "a", spec: "api.yaml", out: "a" },
    { name: "b", spec: "api.yaml", out: "b" },
  ]),
  "empty/x": "",
};

const CASES: [exit: number, says: RegExp, ...argv: string[]][] = [
  [2, /Usage: kontract|a command is missing/, ""],
  [2, /unknown command 'genrate' \(Did you mean generate\?\)/, "genrate"],
  [
    2,
    /unknown option '--ou' \(Did you mean --out\?\)/,
    "generate",
    "api.yaml",
    "--ou",
    "x",
  ],
  [2, /unknown option '--fast'/, "generate", "api.yaml", "--fast"],
  [
    2,
    /option '-o, --out <dir>' argument missing/,
    "generate",
    "api.yaml",
    "-o",
  ],
  [2, /too many arguments/, "generate", "api.yaml", "more.yaml"],
  [2, /unknown option '--watch'/, "check", "api.yaml", "--watch"],
  [2, /missing required argument 'what'/, "explain"],
  [2, /`KT9999` is not the code of a finding/, "explain", "KT9999"],
  [2, /no document is named/, "generate"],
  [2, /no document is named/, "check"],
  [2, /no document is named/, "lint"],
  [2, /`--cwd nowhere` is not a folder/, "generate", "--cwd", "nowhere"],
  [2, /nowhere\.json/, "generate", "api.yaml", "--config", "nowhere.json"],
  [
    2,
    /need folders of their own/,
    "generate",
    "api.yaml",
    "-o",
    "x",
    "--handlers",
    "x",
  ],
  [2, /several targets/, "generate", "--config", "several.json", "-o", "x"],
  [3, /missing\.yaml/, "generate", "missing.yaml"],
  [3, /missing\.yaml/, "lint", "missing.yaml"],
  [3, /empty/, "generate", "empty"],
  [3, /old\.yaml/, "generate", "old.yaml"],
  [3, /text\.yaml/, "generate", "text.yaml"],
  [3, /scalar\.yaml/, "check", "scalar.yaml"],
  [3, /dangling\.yaml/, "generate", "dangling.yaml"],
  [1, /broken\.yaml/, "lint", "broken.yaml"],
  [1, /broken\.yaml/, "generate", "broken.yaml"],
  [1, /api\.yaml/, "generate", "api.yaml", "-o", "api.yaml"],
];

describe("wrong usage", () => {
  it.each(CASES)(
    "exits %i and says %s: %s %s %s %s",
    async (exit, says, ...argv) => {
      const cwd = temporaryFolder(FILES);
      const before = listTree(cwd);
      const words = argv.filter((word) => word !== "");

      const finished = await runKontract(cwd, ...words);
      expect(finished.stderr).toMatch(says);
      expect(finished.exit).toBe(exit);
      expect(finished.stdout).toBe("");
      expect(finished.stderr).not.toMatch(/^ +at /m);

      const { exit: jsonExit, stderr, report } = await runJson(cwd, ...words);
      expect(jsonExit).toBe(exit);
      expect(stderr).toBe("");
      expect(report.ok).toBe(false);
      expect(report.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(report.files).toEqual([]);
      expect(typeof report.timings).toBe("object");
      const told = report.diagnostics.map(
        (each) => `${each.file} ${each.message}`,
      );
      expect(told.join("\n")).toMatch(says);
      for (const each of report.diagnostics) {
        expect(each.code).toMatch(/^KT\d{4}$/);
      }
      expect(listTree(cwd)).toEqual(before);
    },
  );
});

describe("the command line", () => {
  it("keeps strings that look like numbers", async () => {
    const cwd = temporaryFolder(FILES);
    await runKontract(
      cwd,
      "generate",
      "api.yaml",
      "--out",
      "1e3",
      "--no-handlers",
    );
    expect(listTree(cwd)).toContain("1e3/index.ts");
  });

  it("takes global options before and after the command", async () => {
    const cwd = temporaryFolder(FILES);
    const before = await runKontract(
      cwd,
      "--quiet",
      "--json",
      "lint",
      "api.yaml",
    );
    const after = await runKontract(
      cwd,
      "lint",
      "api.yaml",
      "--json",
      "--quiet",
    );
    expect(before.exit).toBe(0);
    expect(Object.keys(JSON.parse(before.stdout) as object)).toEqual(
      Object.keys(JSON.parse(after.stdout) as object),
    );
  });

  it("prints help and version on stdout", async () => {
    const cwd = temporaryFolder();
    const help = await runKontract(cwd, "--help");
    expect(help.exit).toBe(0);
    expect(help.stderr).toBe("");
    for (const word of [
      "generate",
      "check",
      "lint",
      "explain",
      "--json",
      "Exit codes",
    ]) {
      expect(help.stdout).toContain(word);
    }
    const version = await runKontract(cwd, "--version");
    expect(version).toEqual({
      exit: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
      stderr: "",
    });
    expect((await runKontract(cwd, "generate", "--help")).stdout).toContain(
      "--no-handlers",
    );
  });

  it("works on every target of a config, each by its own paths", async () => {
    const cwd = temporaryFolder(FILES);
    const { exit, stderr } = await runKontract(
      cwd,
      "generate",
      "--config",
      "several.json",
      "--no-handlers",
    );
    expect(exit).toBe(0);
    expect(stderr).toMatch(/^a: \d+ created.*\nb: \d+ created/);
    expect(listTree(cwd)).toContain("a/index.ts");
    expect(listTree(cwd)).toContain("b/index.ts");
  });

  it("reports a bug of ours shortly, with the trace only when asked", async () => {
    const terminal = {
      stdout: { write: () => true },
      stderr: { write: (text: string) => (told += text) },
      env: {},
      cwd: (): string => {
        throw new TypeError("boom");
      },
    };
    let told = "";
    const { main } = await import("../../../generator/src/cli.js");
    expect(await main(["lint", "api.yaml"], terminal)).toBe(4);
    expect(told).toContain("internal error: boom");
    expect(told).toContain("Please report it");
    expect(told).not.toMatch(/^ +at /m);
    told = "";
    expect(await main(["lint", "api.yaml", "--verbose"], terminal)).toBe(4);
    expect(told).toMatch(/^ +at /m);
  });
});
