/** The package as it is shipped: few files, which give what the sources give. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder = "";

beforeAll(() => {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "bundle-"));
  execFileSync(process.execPath, [join(root, "runtime/build.js"), folder]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a process of its own says about the package. */
function ask(script: string): unknown {
  const text = execFileSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
  return JSON.parse(text);
}

function entry(name: string): string {
  return JSON.stringify(pathToFileURL(join(folder, `${name}.js`)).href);
}

/** The files of ours that come into memory with an entry, and the packages. */
function loadedWith(name: string) {
  const files = new Set([join(folder, `${name}.js`)]);
  const packages = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const [, from = ""] of text.matchAll(
      /^(?:import|export) (?:[^;"]*? from )?"([^"]+)";$/gm,
    )) {
      if (from.startsWith(".")) files.add(join(dirname(file), from));
      else if (!from.startsWith("node:")) packages.add(from);
    }
  }
  return { files: [...files], packages: [...packages].sort() };
}

it.each(["index", "codegen1"])(
  "exports from %s what the sources export",
  async (name) => {
    const source = (await import(`../../runtime/src/${name}.ts`)) as object;
    const shipped = ask(
      `console.log(JSON.stringify(Object.keys(await import(${entry(name)}))))`,
    );
    expect(shipped).toEqual(Object.keys(source).sort());
  },
);

it("has one copy of each class, whatever entry it comes by", () => {
  const same = ask(`
    const [index, codegen] = await Promise.all([import(${entry("index")}), import(${entry("codegen1")})]);
    const both = Object.keys(index).filter((key) => typeof index[key] === "function" && key in codegen);
    console.log(JSON.stringify({ count: both.length, same: both.every((key) => index[key] === codegen[key]) }));
  `);
  expect(same).toMatchObject({ same: true });
});

it("loads few files with generated code, and no package but the router", () => {
  const { files, packages } = loadedWith("codegen1");
  expect(packages).toEqual(["@koa/router"]);
  expect(files.length).toBeLessThan(10);
});

it("keeps what is loaded on demand in files of its own", () => {
  const { files } = loadedWith("codegen1");
  const texts = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const onDemand = [...texts.matchAll(/import\("\.\/([^"]+)"\)/g)];
  expect(onDemand.length).toBeGreaterThan(0);
  for (const [, path = ""] of onDemand) {
    expect(files.map((file) => file.slice(folder.length + 1))).not.toContain(
      path,
    );
  }
});

it("leads a debugger to the sources", () => {
  const { files } = loadedWith("codegen1");
  // A file that only passes on what others export has no code to lead from.
  const withCode = files.filter((file) =>
    readFileSync(file, "utf8").includes("//# sourceMappingURL="),
  );
  const sources = withCode.flatMap((file) => {
    const map = JSON.parse(readFileSync(`${file}.map`, "utf8")) as {
      sources: string[];
    };
    return map.sources;
  });
  expect(
    sources.some(
      (each) =>
        each.endsWith("src/codegen1.ts") ||
        each.endsWith("src/server/router.ts"),
    ),
  ).toBe(true);
});
