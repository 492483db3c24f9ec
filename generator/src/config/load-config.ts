/** Room `config`: finds, reads and checks the config of a project. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../commands/usage-error.js";
import type { Options } from "../options.js";
import { checkConfig } from "./check-config.js";

const NAMES = ["ts", "js", "mjs", "json"].map(
  (extension) => `kontract.config.${extension}`,
);

export interface LoadedConfig {
  /** Paths of the config are relative to it. */
  folder: string;
  /** Empty when there is no config. */
  targets: Options[];
}

/** `file`: what `--config` names; else `kontract.config.*` in the folder, else the key `kontract` of its `package.json`. */
export async function loadConfig(
  cwd: string,
  file?: string,
): Promise<LoadedConfig> {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (path === undefined) return { folder: cwd, targets: [] };
  if (!existsSync(path)) {
    throw new UsageError(`the config file \`${file ?? path}\` does not exist`);
  }
  const shown = relative(cwd, path) || path;
  const value = await readConfigFile(path, shown);
  if (value === undefined) return { folder: dirname(path), targets: [] };
  const checked = checkConfig(value);
  if (!checked.ok) {
    throw new UsageError(`${shown}: ${checked.faults.join("; ")}`);
  }
  return { folder: dirname(path), targets: checked.targets };
}

function findConfig(folder: string): string | undefined {
  const found = NAMES.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1) {
    throw new UsageError(
      `there are several configs: ${found.join(", ")}; keep one, or name it with \`--config\``,
    );
  }
  const [name] = found;
  if (name !== undefined) return join(folder, name);
  const manifest = join(folder, "package.json");
  return existsSync(manifest) ? manifest : undefined;
}

/** `undefined`: a `package.json` without the key. */
async function readConfigFile(path: string, shown: string): Promise<unknown> {
  if (basename(path) === "package.json") {
    const value: unknown = readJson(path, shown);
    return typeof value === "object" && value !== null && "kontract" in value
      ? value.kontract
      : undefined;
  }
  if (extname(path) === ".json") return readJson(path, shown);
  try {
    const module: unknown = await importModule(path);
    if (typeof module === "object" && module !== null && "default" in module) {
      return module.default;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shown} cannot be loaded: ${why}`);
  }
  throw new UsageError(`${shown} has no default export`);
}

async function importModule(path: string): Promise<unknown> {
  if (/\.[cm]?ts$/.test(path)) {
    const { createJiti } = await import("jiti");
    return createJiti(import.meta.url).import(path);
  }
  return import(pathToFileURL(path).href);
}

function readJson(path: string, shown: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shown} cannot be read: ${why}`);
  }
}
