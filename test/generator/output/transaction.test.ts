import * as fs from "node:fs";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  applyChanges,
  type Change,
} from "../../../generator/src/output/transaction.js";
import { temporaryFolder } from "../temporary-folder.js";

/** The n-th call of this function fails. */
const fault = vi.hoisted(() => ({ on: "", at: 0, calls: 0 }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  const failing =
    <Args extends unknown[], R>(name: string, call: (...args: Args) => R) =>
    (...args: Args): R => {
      if (fault.on === name && ++fault.calls === fault.at) {
        throw Object.assign(new Error("no space"), {
          code: "ENOSPC",
          syscall: name,
        });
      }
      return call(...args);
    };
  return {
    ...real,
    renameSync: failing("renameSync", real.renameSync),
    linkSync: failing("linkSync", real.linkSync),
    writeFileSync: failing("writeFileSync", real.writeFileSync),
    fchmodSync: failing("fchmodSync", real.fchmodSync),
    mkdirSync: failing("mkdirSync", real.mkdirSync),
  };
});

afterEach(() => {
  fault.on = "";
});

function changesIn(folder: string): Change[] {
  return [
    { target: join(folder, "a.ts"), text: "A", before: Buffer.from("a") },
    { target: join(folder, "new/deep/b.ts"), text: "B", before: undefined },
    { target: join(folder, "c.ts"), text: undefined, before: Buffer.from("c") },
    { target: join(folder, "d.ts"), text: "D", before: Buffer.from("d") },
    { target: join(folder, "e.ts"), text: "E", before: undefined },
  ];
}

describe("a failure at any step puts everything back", () => {
  const steps: [string, number][] = [
    ...[1, 2, 3].map((n): [string, number] => ["renameSync", n]),
    ...[1, 2, 3, 4].map((n): [string, number] => ["writeFileSync", n]),
    ...[1, 4].map((n): [string, number] => ["fchmodSync", n]),
    ...[1, 2].map((n): [string, number] => ["mkdirSync", n]),
  ];
  it.each(steps)("%s number %i", (on, at) => {
    const folder = temporaryFolder({ "a.ts": "a", "c.ts": "c", "d.ts": "d" });
    Object.assign(fault, { on, at, calls: 0 });
    expect(() => applyChanges(changesIn(folder), "ab")).toThrow("no space");
    fault.on = "";
    expect(readdirSync(folder).sort()).toEqual(["a.ts", "c.ts", "d.ts"]);
    for (const name of ["a", "c", "d"]) {
      expect(readFileSync(join(folder, `${name}.ts`), "utf8")).toBe(name);
    }
  });

  it.each([1, 2, 3, 4])(
    "but a file system without hard links (call %i) is none",
    (at) => {
      const folder = temporaryFolder({ "a.ts": "a", "c.ts": "c", "d.ts": "d" });
      Object.assign(fault, { on: "linkSync", at, calls: 0 });
      applyChanges(changesIn(folder), "ab");
      expect(fault.calls).toBe(4);
      expect(readdirSync(folder).sort()).toEqual([
        "a.ts",
        "d.ts",
        "e.ts",
        "new",
      ]);
      expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe("A");
    },
  );
});

describe("a target that is not what it was", () => {
  it.each([
    ["changed", { "a.ts": "x", "c.ts": "c", "d.ts": "d" }],
    ["gone", { "c.ts": "c", "d.ts": "d" }],
    ["there already", { "a.ts": "a", "c.ts": "c", "d.ts": "d", "e.ts": "x" }],
  ])("%s: nothing is written", (_, files) => {
    const folder = temporaryFolder(files);
    expect(() => applyChanges(changesIn(folder), "ab")).toThrow(
      "has changed meanwhile",
    );
    const left = readdirSync(folder).map((name) => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]);
    expect(Object.fromEntries(left)).toEqual(files);
  });
});
