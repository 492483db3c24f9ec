/** A run that is killed at any moment leaves whole files, and the next run heals the folder. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { save } from "../../../generator/src/output/save.js";
import { temporaryFolder } from "../temporary-folder.js";

const CHILD = fileURLToPath(new URL("save-child.ts", import.meta.url));
const ROUNDS = 20;
const COUNT = 60;

it(`over ${ROUNDS} rounds`, { timeout: 120_000 }, async () => {
  const cwd = temporaryFolder({ "handlers.ts": "mine\n" });
  const out = join(cwd, "out");
  let killedInside = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const letter = String.fromCharCode(97 + round);
    const child = spawn(
      process.execPath,
      ["--import", "tsx", CHILD, cwd, letter, String(COUNT - round)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    await sleep((round * 7) % 24);
    child.kill("SIGKILL");
    await ended;
    if (existsSync(join(out, ".kontract.lock"))) killedInside++;

    const handlers = readFileSync(join(cwd, "handlers.ts"), "utf8");
    expect(handlers.startsWith("mine\n")).toBe(true);
    const models = join(out, "models");
    for (const name of existsSync(models) ? readdirSync(models) : []) {
      if (!/^f\d+\.json$/.test(name)) continue;
      const text = readFileSync(join(models, name), "utf8");
      if (text === `after ${round - 1}`) continue;
      expect(text === (text[0] ?? "").repeat(2_000)).toBe(true);
    }

    // The next run plans other files: nothing that the killed one wrote may be in its way.
    const healed = await save(
      "out",
      [{ path: "models/f1.json", text: `after ${round}` }],
      { cwd },
    );
    expect(healed.diagnostics).toEqual([]);
    expect(readdirSync(out).sort()).toEqual(["kontract.json", "models"]);
    expect(readdirSync(models)).toEqual(["f1.json"]);
    expect(readdirSync(cwd).sort()).toEqual(["handlers.ts", "out"]);
  }
  expect(killedInside).toBeGreaterThan(0);
});
