/** Every file below a folder, sorted, with `/`. */
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export function listTree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .map((path) => path.split(sep).join("/"))
    .sort();
}
