/** Runs the compiler over a folder of generated code, once: it judges, and gives the JavaScript. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { STRICT_FLAGS } from "./strict-flags.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Below the folder that was compiled: the same tree, from the root of the project on, as JavaScript. */
export function compiled(folder: string): string {
  return join(folder, "js", relative(root, folder));
}

/** The first faults, under every strict flag; `[]` when there are none. The runtime is read from its sources. */
export function compileFaults(folder: string): string[] {
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        ...STRICT_FLAGS,
        noEmit: false,
        declaration: false,
        isolatedDeclarations: false,
        rootDir: root,
        outDir: join(folder, "js"),
        // Beside the folder lies a transpiled runtime, which has no types.
        paths: {
          "@kontract/runtime": [join(root, "runtime/src/index.ts")],
          "@kontract/runtime/*": [join(root, "runtime/src/*.ts")],
        },
      },
      include: ["**/*.ts"],
      exclude: ["node_modules", "js"],
    }),
  );
  const compiler = join(root, "node_modules/typescript-7/bin/tsc");
  const run = spawnSync(process.execPath, [compiler, "-p", folder], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const faults = `${run.stdout}${run.stderr}`.split("\n").filter(Boolean);
  if (run.status !== 0 && faults.length === 0) {
    return [`the compiler ended with ${String(run.status)}`];
  }
  return faults.slice(0, 20);
}
