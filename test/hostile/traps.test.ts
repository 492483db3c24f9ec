import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { watched } from "./traps.js";

it("sees files that are read and written, by either interface", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kontract-"));
  const file = join(folder, "a.txt");
  const { asked } = await watched(async () => {
    writeFileSync(file, "x");
    readFileSync(file, "utf8");
    await readFile(new URL(`file://${file}`), "utf8");
  });
  rmSync(folder, { recursive: true });
  expect(asked.written).toEqual([file]);
  expect(asked.read).toContain(file);
  expect(asked.read.length).toBeGreaterThanOrEqual(2);
  expect(asked.network).toEqual([]);
});

it("sees connections, and lets none through", async () => {
  const { asked } = await watched(async () => {
    expect(() => connect(9, "127.0.0.1")).toThrow("no network");
    expect(() => fetch("http://169.254.169.254/")).toThrow("no network");
  });
  expect(asked.network).toHaveLength(2);
});
