/** The program as a process: what only shows there. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";

const GENERATOR = fileURLToPath(
  new URL("../../../generator/", import.meta.url),
);

describe("the program", () => {
  it("says what to do when it has not been built", () => {
    const folder = temporaryFolder({
      "package.json": '{ "type": "module" }',
      "bin/kontract.js": readFileSync(
        join(GENERATOR, "bin/kontract.js"),
        "utf8",
      ),
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, "bin/kontract.js"), "--help"],
      { encoding: "utf8" },
    );
    expect(status).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      "kontract: the program is not built; run `npm run build` in its folder first\n",
    );
  });

  it.each([
    ["cli.ts", ["commander"]],
    ["commands/generate.ts", ["fastest-levenshtein"]],
    ["index.ts", []],
  ])("loads no stage, no parser and no printer with %s", (file, packages) => {
    const { files, others } = loadedWith(join(GENERATOR, "src", file));
    expect([...others].filter((each) => !each.startsWith("node:"))).toEqual(
      packages,
    );
    const rooms = [...files].map((path) => path.split("/src/")[1] ?? path);
    const heavy = rooms.filter((path) => /^(?:emit|model|name)\//.test(path));
    expect(heavy).toEqual([]);
    expect(rooms).not.toContain("generate.ts");
    expect(rooms).not.toContain("load/read-document.ts");
    expect(rooms).not.toContain("scaffold/syntax.ts");
  });
});

/** What a module loads at once: its own imports and theirs, without those of types and those that wait for a call. */
function loadedWith(entry: string) {
  const files = new Set([entry]);
  const others = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const imports = text.matchAll(
      /^(?:import|export) (?!type )(?:[^;"]*? from )?"([^"]+)";$/gm,
    );
    for (const [, specifier = ""] of imports) {
      if (!specifier.startsWith(".")) others.add(specifier);
      else files.add(join(dirname(file), specifier.replace(/\.js$/, ".ts")));
    }
  }
  return { files, others };
}
