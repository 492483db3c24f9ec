/** The same document gives the same bytes, wherever and whenever it is read. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { LIBRARY } from "./library-spec.js";
import { listTree } from "./list-tree.js";

const CHILD = fileURLToPath(new URL("kontract-child.ts", import.meta.url));

/** Names on which locales differ: in order, in case, in what is a digit. */
const LOCAL = LIBRARY.replace(
  "    Book:\n",
  `    zebra: { type: string, pattern: "^i+$" }
    Ähre: { type: string, enum: [I, ı, İ, i] }
    ıce: { type: object, properties: { id: { type: string, format: date-time, default: "2024-02-29T23:30:00Z" } } }
    Book:
`,
).replace(
  "title: { type: string }\n",
  `title: { type: string }
        grain: { $ref: "#/components/schemas/Ähre" }
        animal: { $ref: "#/components/schemas/zebra" }
        cold: { $ref: "#/components/schemas/ıce" }
        printed: { type: string, format: date, example: 2024-03-31 }
        price: { type: number, maximum: 12345.678 }
`,
);

interface Place {
  folder: string;
  env: Record<string, string>;
}

function outputOf({ folder, env }: Place): Record<string, string> {
  const cwd = join(temporaryFolder({ [`${folder}/api.yaml`]: LOCAL }), folder);
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", CHILD, "generate", "api.yaml", "--cwd", cwd],
    {
      encoding: "utf8",
      cwd: fileURLToPath(new URL("../../../", import.meta.url)),
      env: { PATH: process.env["PATH"], ...env },
    },
  );
  expect(`${stderr}${status}`).toMatch(/ created, .*\n0$/);
  return Object.fromEntries(
    listTree(cwd).map((path) => [path, readFileSync(join(cwd, path), "utf8")]),
  );
}

it("over locales, time zones and folders", { timeout: 120_000 }, () => {
  const here = outputOf({
    folder: "a",
    env: { LC_ALL: "C", LANG: "C", TZ: "UTC" },
  });
  expect(Object.keys(here)).toContain("generated/kontract.json");
  expect(here["generated/models/books.ts"]).toMatch(/type .*hre\b/);
  const turkish = outputOf({
    folder: "some/deeper folder",
    env: {
      LC_ALL: "tr_TR.UTF-8",
      LANG: "tr_TR.UTF-8",
      TZ: "Pacific/Kiritimati",
    },
  });
  expect(turkish).toEqual(here);
  const nepali = outputOf({
    folder: "b",
    env: {
      LC_ALL: "ne_NP.UTF-8",
      LANG: "ne_NP.UTF-8",
      TZ: "America/St_Johns",
    },
  });
  expect(nepali).toEqual(here);
});
