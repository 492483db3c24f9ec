/** Room `output`: prints the generated files in the user's own prettier style, for those who ask for it. */
import type { Options } from "prettier";
import { join } from "node:path";
import type { GeneratedFile } from "./generated-file.js";

/** The path of openapi-typescript's own printing, which prettier would take seconds for. */
const EXEMPT = new Set(["contract.ts"]);

export async function formatFiles(
  files: readonly GeneratedFile[],
  out: string,
): Promise<GeneratedFile[]> {
  const { format, resolveConfig } = await import("prettier");
  const style: Options =
    (await resolveConfig(join(out, "index.ts"), { editorconfig: true })) ?? {};
  const formatted: GeneratedFile[] = [];
  for (const { path, text } of files) {
    const isOurs = path.endsWith(".ts") && !EXEMPT.has(path);
    formatted.push({
      path,
      text: isOurs
        ? await format(text, { ...style, filepath: join(out, path) })
        : text,
    });
  }
  return formatted;
}
