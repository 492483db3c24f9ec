/** Room `commands`: `kontract init`: a new service that runs, in an empty folder or beside what is there. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { completePackage } from "../init/complete-package.js";
import { newService, packageOf } from "../init/new-service.js";
import { kontractVersion } from "../version.js";
import { runGenerate } from "./generate.js";
import type { GlobalOptions, Outcome } from "./outcome.js";
import { UsageError } from "./usage-error.js";

/** `userAgent`: how package managers tell who runs a command (`pnpm/9.1.0 …`). */
export async function runInit(
  dir: string | undefined,
  globals: GlobalOptions,
  userAgent = "",
): Promise<Outcome> {
  const folder = resolve(globals.cwd, dir ?? ".");
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new UsageError(`\`${dir ?? "."}\` is no folder`);
  }
  const name = packageName(basename(folder));
  const version = kontractVersion();
  const files: Outcome["files"] = [];
  const kept: string[] = [];
  for (const { path, text } of newService(name, version)) {
    const target = join(folder, path);
    const shown = relative(globals.cwd, target);
    if (!existsSync(target)) {
      mkdirSync(dirname(target), { recursive: true });
      // `wx`: whatever appears between the look and the write stays, too.
      writeFileSync(target, text, { flag: "wx" });
      files.push({ path: shown, status: "created" });
      continue;
    }
    if (
      path === "package.json" &&
      completed(target, packageOf(name, version))
    ) {
      files.push({ path: shown, status: "updated" });
      continue;
    }
    kept.push(shown);
    files.push({ path: shown, status: "unchanged" });
  }
  const generated = await runGenerate(
    {},
    { ...globals, cwd: folder, config: join(folder, "kontract.config.json") },
  );
  return {
    ...generated,
    files: [...files, ...generated.files],
    summary: [
      ...kept.map((path) => `kept ${path}`),
      ...generated.summary,
      ...(generated.exit === 0 ? nextSteps(dir, folder, userAgent) : []),
    ],
  };
}

function completed(path: string, wanted: object): boolean {
  const text = readFileSync(path, "utf8");
  try {
    const whole = completePackage(text, wanted);
    if (whole === undefined) return false;
    writeFileSync(path, whole);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`\`${path}\` cannot be read: ${why}`);
  }
}

/** Names of packages are URL-safe, in lower case. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "service" : name;
}

function nextSteps(
  dir: string | undefined,
  folder: string,
  userAgent: string,
): string[] {
  const manager = managerOf(folder, userAgent);
  return [
    "",
    "Next:",
    ...(dir === undefined || dir === "." ? [] : [`  cd ${dir}`]),
    `  ${manager} install`,
    `  ${manager} start       # then open http://localhost:3000/notes`,
    `  ${manager} test`,
    `  ${manager} run check   # in CI: is the generated code up to date?`,
  ];
}

function managerOf(folder: string, userAgent: string): string {
  if (existsSync(join(folder, "pnpm-lock.yaml"))) return "pnpm";
  if (existsSync(join(folder, "yarn.lock"))) return "yarn";
  if (existsSync(join(folder, "package-lock.json"))) return "npm";
  return /^(pnpm|yarn)\//.exec(userAgent)?.[1] ?? "npm";
}
