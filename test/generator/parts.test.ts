/** What is too much for one file is dealt out over several. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { generate } from "../../generator/src/index.js";
import { largeDocument } from "./large-document.js";
import { putFiles } from "./temporary-folder.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const GROUPS = { pets: 90, toys: 10, food: 60 };

const made = new Map<string, Promise<Map<string, string>>>();

function texts(groups: Record<string, number>): Promise<Map<string, string>> {
  const key = JSON.stringify(groups);
  const known = made.get(key) ?? generated(groups);
  made.set(key, known);
  return known;
}

async function generated(groups: Record<string, number>) {
  const { files, diagnostics } = await generate(largeDocument({ groups }));
  expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  return new Map(files.map(({ path, text }) => [path, text]));
}

describe("a large document", () => {
  it("has several files for a large group, and one for a small one", async () => {
    const paths = [...(await texts(GROUPS)).keys()];
    const operations = paths.filter((path) => path.startsWith("operations/"));
    expect(operations).toEqual([
      "operations/food/1.ts",
      "operations/food/2.ts",
      "operations/pets/1.ts",
      "operations/pets/2.ts",
      "operations/pets/3.ts",
      "operations/pets/4.ts",
      "operations/toys.ts",
    ]);
    expect(paths.filter((path) => path.startsWith("contract/"))).toEqual([
      "contract/models/food.ts",
      "contract/models/pets/1.ts",
      "contract/models/pets/2.ts",
      "contract/models/shared.ts",
      "contract/models/toys.ts",
      ...operations.map((path) => `contract/${path}`),
    ]);
  });

  it("keeps the operations of a path together, and loads each file by itself", async () => {
    const files = await texts(GROUPS);
    for (const [path, text] of files) {
      if (!path.startsWith("operations/")) continue;
      const constants = (verb: string) =>
        [...text.matchAll(new RegExp(`^export const ${verb}(\\w+)`, "gm"))].map(
          ([, name]) => name,
        );
      expect(constants("list").length).toBeGreaterThan(0);
      expect(constants("list")).toEqual(constants("create"));
    }
    const router = files.get("router.ts") ?? "";
    expect(router).toContain(
      'const loadPets3 = (): Promise<object> => import("./operations/pets/3.js");',
    );
    expect(router.match(/import\("\.\/operations/g)).toHaveLength(7);
    expect(router.match(/import\(/g)).toHaveLength(14);
  });

  it("gets no other files when a group grows a little, and changes those that hold the news", async () => {
    const before = await texts(GROUPS);
    const after = await texts({ ...GROUPS, pets: 91 });
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after.keys()].filter(
      (path) => after.get(path) !== before.get(path),
    );
    expect(changed.filter((path) => path.includes("/"))).toEqual([
      expect.stringMatching(/^contract\/models\/pets\/\d\.ts$/),
      expect.stringMatching(/^contract\/operations\/pets\/\d\.ts$/),
      "models/pets.ts",
      expect.stringMatching(/^operations\/pets\/\d\.ts$/),
      "response-checks/models/pets.ts",
      expect.stringMatching(/^response-checks\/operations\/pets\/\d\.ts$/),
    ]);
  });

  it("cuts each file in two when the group outgrows them", async () => {
    const before = await texts({ pets: 150 });
    const after = await texts({ pets: 170 });
    const homes = (files: Map<string, string>) => {
      const found = new Map<string, number>();
      for (const [path, text] of files) {
        const part = /^operations\/pets\/(\d+)\.ts$/.exec(path)?.[1];
        for (const [, name = ""] of text.matchAll(/^export const (\w+)/gm)) {
          if (part !== undefined) found.set(name, Number(part));
        }
      }
      return found;
    };
    const old = homes(before);
    const now = homes(after);
    expect(Math.max(...old.values())).toBe(4);
    expect(Math.max(...now.values())).toBe(8);
    for (const [name, part] of old) {
      expect(Math.ceil((now.get(name) ?? 0) / 2)).toBe(part);
    }
  });

  it("has types that compile, in all their parts", async () => {
    const cache = join(root, "node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, "parts-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = await texts(GROUPS);
    putFiles(join(folder, "generated"), Object.fromEntries(files));
    putFiles(folder, {
      "use.ts": `import type { components, operations, paths } from "./generated/contract.js";
export const thing: components["schemas"]["petsThing7"] = { id: "a", price: { amount: 1 } };
export type Answer = operations["listPets7"]["responses"][200]["content"]["application/json"];
export const answer: Answer = thing;
export type Post = paths["/toys/toys3"]["post"];
export const id: Post extends operations["createToys3"] ? true : false = true;
// @ts-expect-error a price is no text
export const wrong: components["schemas"]["petsThing7"] = { id: "a", price: "1" };
`,
      "tsconfig.json": JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
        include: ["*.ts", "generated"],
        exclude: [],
      }),
    });
    const compiler = join(root, "node_modules/typescript-7/bin/tsc");
    const run = spawnSync(process.execPath, [compiler, "-p", folder], {
      encoding: "utf8",
    });
    expect(run.stdout).toBe("");
    expect(run.status).toBe(0);
  }, 60_000);
});
