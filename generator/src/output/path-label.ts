/** Room `output`: a path as users see it. */
import { isAbsolute, relative, resolve, sep } from "node:path";

/** Relative to the working folder where it lies below it, else absolute; always with `/`. */
export function pathLabel(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  const short = relative(cwd, absolute);
  if (short === "") return ".";
  const isBelow = short !== ".." && !short.startsWith(`..${sep}`);
  return (isBelow && !isAbsolute(short) ? short : absolute)
    .split(sep)
    .join("/");
}
