/** Room `load`: the folder that a document belongs to. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder at or above that holds a project's marks, else the folder itself. */
export function findRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (
      existsSync(join(at, "package.json")) ||
      existsSync(join(at, ".git")) ||
      hasConfig(at)
    ) {
      return at;
    }
    if (dirname(at) === at) return folder;
  }
}

function hasConfig(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) =>
      /^kontract\.config\.[a-z]+$/.test(name),
    );
  } catch {
    return false;
  }
}
