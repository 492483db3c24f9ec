/** Room `commands`: the config, as far as the command line needs it. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve, dirname } from "node:path";
import type { Options } from "../options.js";
import type { GlobalOptions } from "./outcome.js";
import { UsageError } from "./usage-error.js";
export async function readConfig({
  cwd,
  config,
}: GlobalOptions): Promise<{ folder: string; targets: Options[] }> {
  const file =
    config === undefined
      ? join(cwd, "kontract.config.json")
      : resolve(cwd, config);
  if (!existsSync(file)) {
    if (config !== undefined)
      throw new UsageError(`the config file \`${config}\` does not exist`);
    return { folder: cwd, targets: [] };
  }
  const json = JSON.parse(readFileSync(file, "utf8")) as Options | Options[];
  return {
    folder: dirname(file),
    targets: Array.isArray(json) ? json : [json],
  };
}
