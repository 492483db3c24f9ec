/** Room `commands`: the config, as far as the command line needs it. */
import { loadConfig, type LoadedConfig } from "../config/load-config.js";
import type { GlobalOptions } from "./outcome.js";

export function readConfig({
  cwd,
  config,
}: GlobalOptions): Promise<LoadedConfig> {
  return loadConfig(cwd, config);
}
