/** Room `commands`: paths of findings as other programs want them: relative to the root of the sources. */
import { isAbsolute, relative, resolve, sep } from "node:path";

export interface SourceRoot {
  /** What paths in findings are relative to. */
  cwd: string;
  /** What other programs take paths to be relative to: the checkout in CI, else the working folder. Absolute. */
  root: string;
}

/** `GITHUB_WORKSPACE` is the checkout, where the working folder lies in it. */
export function sourceRoot(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): SourceRoot {
  const checkout = env["GITHUB_WORKSPACE"];
  return checkout && below(resolve(checkout), cwd) !== undefined
    ? { cwd, root: resolve(checkout) }
    : { cwd, root: cwd };
}

/** With `/`. `undefined`: not below the root, or no file at all (what is built in has a URI). */
export function pathBelow(
  path: string,
  { cwd, root }: SourceRoot,
): string | undefined {
  return isUri(path) ? undefined : below(root, resolve(cwd, path));
}

/** More than one letter: a single one is a drive. */
export function isUri(path: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(path);
}

function below(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    return undefined;
  }
  return way.split(sep).join("/");
}
