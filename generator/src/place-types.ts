/** Room `generator`: the modules of custom types, as seen from the output folder. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { CustomType, Options } from "./options.js";

/** Packages stay as they are; paths become paths below or beside the output folder, to a `.ts` file as all of its files are. */
export function placeTypes(
  { types = {}, out = "generated" }: Options,
  cwd: string,
): Record<string, CustomType> {
  return Object.fromEntries(
    Object.entries(types).map(([key, type]) => {
      const isPath = isAbsolute(type.module) || /^\.\.?\//.test(type.module);
      if (!isPath) return [key, type];
      const path = relative(resolve(cwd, out), resolve(cwd, type.module));
      const module = path
        .split(sep)
        .join("/")
        .replace(/\.[cm]?[jt]s$/, "");
      return [key, { ...type, module: `${module}.ts` }];
    }),
  );
}
