/** The contract's types hold on every TypeScript that users may have. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sources } from "./sources.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const cache = join(root, "node_modules", ".cache");
const names = Object.keys(sources);
let folder = "";

function rejectedLines(source: string): number[] {
  return source
    .split("\n")
    .flatMap((line, index) =>
      line.endsWith("// rejected") ? [index + 1] : [],
    );
}

function text(name: string): string {
  const fixture = join(root, "test/runtime/fixture");
  return (sources[name] ?? "")
    .replaceAll("FIXTURE/handlers.js", join(fixture, "handlers.js"))
    .replaceAll(
      "FIXTURE/operations.js",
      join(fixture, "operations/surface.js"),
    );
}

function fileOf(name: string): string {
  return `${name.replaceAll(/[^a-z]+/g, "-")}.ts`;
}

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "contract-types-"));
  for (const name of names)
    writeFileSync(join(folder, fileOf(name)), text(name));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noUnusedLocals: false,
        typeRoots: [join(root, "node_modules/@types")],
      },
      include: ["*.ts"],
      exclude: [],
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines with an error, by file. */
function compile(compiler: string): {
  lines: Map<string, Set<number>>;
  elsewhere: string[];
} {
  const run = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", compiler, "bin/tsc"),
      "-p",
      folder,
      "--pretty",
      "false",
    ],
    { encoding: "utf8", cwd: folder },
  );
  const lines = new Map<string, Set<number>>();
  const elsewhere: string[] = [];
  for (const line of `${run.stdout}${run.stderr}`.split("\n")) {
    const found = /^([^(\s][^(]*)\((\d+),\d+\): error/.exec(line);
    if (found === null) {
      if (/error/.test(line) && !/^\s/.test(line)) elsewhere.push(line);
      continue;
    }
    const [, path = "", at = ""] = found;
    if (path.includes("..")) elsewhere.push(line);
    const file = path.slice(path.lastIndexOf("/") + 1);
    const known = lines.get(file) ?? new Set<number>();
    lines.set(file, known.add(Number(at)));
  }
  return { lines, elsewhere };
}

describe.each(["typescript", "typescript-6", "typescript-7"])(
  "%s",
  (compiler) => {
    let result: ReturnType<typeof compile>;
    beforeAll(() => {
      result = compile(compiler);
    });

    it("finds no error in the runtime and the fixture", () => {
      expect(result.elsewhere).toEqual([]);
    });

    it.each(names)("%s", (name) => {
      const found = [...(result.lines.get(fileOf(name)) ?? [])];
      expect(found).toEqual(rejectedLines(text(name)));
    });
  },
);
