/** Room `scaffold`: prints added text in the style that the user's own files have. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Options } from "prettier";

const CONFIG_FILES = [
  ".editorconfig",
  ".prettierrc",
  ...[
    "json",
    "json5",
    "yaml",
    "yml",
    "toml",
    "js",
    "mjs",
    "cjs",
    "ts",
    "mts",
    "cts",
  ].map((extension) => `.prettierrc.${extension}`),
  ...["js", "mjs", "cjs", "ts", "mts", "cts"].map(
    (extension) => `prettier.config.${extension}`,
  ),
];

/**
 * Formats a whole text for the place where it will stand. Prettier is loaded only where a configuration says something:
 * our text has its default style already.
 */
export async function formatForUser(
  text: string,
  path: string,
): Promise<string> {
  if (!mayHaveStyle(dirname(path))) return text;
  const { format, resolveConfig } = await import("prettier");
  let options: Options;
  try {
    options = (await resolveConfig(path, { editorconfig: true })) ?? {};
  } catch {
    // a broken configuration is the user's to find out; prettier itself will say it better than we could
    return text;
  }
  return format(text, { ...options, filepath: path });
}

function mayHaveStyle(folder: string): boolean {
  if (CONFIG_FILES.some((name) => existsSync(join(folder, name)))) return true;
  if (namesPrettier(join(folder, "package.json"))) return true;
  if (namesPrettier(join(folder, "package.yaml"))) return true;
  return dirname(folder) !== folder && mayHaveStyle(dirname(folder));
}

function namesPrettier(file: string): boolean {
  try {
    return /["']?prettier["']?\s*:\s*["'{\r\n]/.test(
      readFileSync(file, "utf8"),
    );
  } catch {
    return false;
  }
}
