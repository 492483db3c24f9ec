/** Room `output`: prints the generated files in the user's own prettier style, for those who ask for it. */
import { join, resolve } from "node:path";
import type { Staged } from "../lint/diagnostic.js";
import type { GeneratedFile } from "./generated-file.js";

/** The paths of openapi-typescript's own printing, which prettier would take seconds for. */
const EXEMPT = /^contract(?:\.ts$|\/)/;

export interface FormatOptions {
  /** `none`: as printed, which is prettier's default style. */
  format?: "prettier" | "none";
  out?: string;
  cwd?: string;
}

export async function formatFiles(
  files: readonly GeneratedFile[],
  { format = "none", out = "generated", cwd = "." }: FormatOptions,
): Promise<Staged<GeneratedFile[]>> {
  if (format === "none") return { value: [...files], diagnostics: [] };
  const prettier = await import("prettier");
  const folder = resolve(cwd, out);
  const style = await prettier.resolveConfig(join(folder, "index.ts"), {
    editorconfig: true,
  });
  const formatted: GeneratedFile[] = [];
  for (const { path, text } of files) {
    const isOurs = path.endsWith(".ts") && !EXEMPT.test(path);
    const options = { ...style, filepath: join(folder, path) };
    formatted.push({
      path,
      text: isOurs ? await prettier.format(text, options) : text,
    });
  }
  return { value: formatted, diagnostics: [] };
}
