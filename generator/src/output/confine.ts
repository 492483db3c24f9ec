/** Room `output`: paths that stay below one folder, whatever names and links say. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";

export type Confined =
  { path: string; refused?: never } | { path?: never; refused: string };

/**
 * Answers the absolute path of a path below `root`, or why it may not be written. Folders that are links are followed
 * only while they stay below the root; the last segment is never followed.
 */
export function createConfinement(
  root: string,
): (relative: string) => Confined {
  const real = realpathSync(root);
  const known = new Map<string, string | undefined>();

  const refusalOfFolder = (folder: string): string | undefined => {
    if (folder === real) return undefined;
    if (known.has(folder)) return known.get(folder);
    const refusal =
      refusalOfFolder(dirname(folder)) ?? lookAtFolder(folder, real);
    known.set(folder, refusal);
    return refusal;
  };

  return (relative) => {
    const odd = oddPath(relative);
    if (odd !== undefined) return { refused: odd };
    const path = join(real, relative);
    const refused = refusalOfFolder(dirname(path));
    return refused === undefined ? { path } : { refused };
  };
}

function lookAtFolder(folder: string, root: string): string | undefined {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) return undefined;
  if (!stat.isSymbolicLink()) return "a file stands where a folder is needed";
  try {
    const target = realpathSync(folder);
    if (target !== root && !target.startsWith(root + sep)) {
      return "a symbolic link leads out of the output folder";
    }
    return lstatSync(target).isDirectory()
      ? undefined
      : "a file stands where a folder is needed";
  } catch {
    return "a symbolic link leads nowhere";
  }
}

function oddPath(path: string): string | undefined {
  const parts = path.split("/");
  const isOdd =
    path === "" ||
    path.includes("\\") ||
    path.includes("\0") ||
    parts.some((part) => part === "" || part === "." || part === "..") ||
    /^[A-Za-z]:/.test(path);
  return isOdd ? "the path does not stay below the output folder" : undefined;
}
