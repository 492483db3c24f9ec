/** Room `commands`: the config, as far as the command line needs it. */
import { resolve } from "node:path";
import { loadConfig, type LoadedConfig } from "../config/load-config.js";
import type { GlobalOptions } from "./outcome.js";

export function readConfig({
  cwd,
  config,
}: GlobalOptions): Promise<LoadedConfig> {
  return loadConfig(cwd, config);
}

/** `resources` of all targets, with absolute paths: what a document may refer to by URI. */
export async function readResources(
  globals: GlobalOptions,
): Promise<Record<string, string>> {
  const { folder, targets } = await readConfig(globals);
  const resources: Record<string, string> = {};
  for (const target of targets) {
    for (const [uri, path] of Object.entries(target.resources ?? {})) {
      resources[uri] = resolve(folder, path);
    }
  }
  return resources;
}
