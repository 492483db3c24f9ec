/** Room `generator`: where a document belongs, and what generated files call it. */
import { basename, dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { findRoot } from "./load/find-root.js";

export interface SourcePlace {
  /** Relative to the project, so that it is the same wherever the project lies and whatever folder the command runs in. */
  label: string;
  /** The folder of the project. */
  project: string;
}

export function placeSource(
  source: string | URL | object,
  cwd: string,
): SourcePlace {
  if (typeof source === "object" && !(source instanceof URL)) {
    return { label: "a document", project: findRoot(cwd) };
  }
  const text = String(source);
  const path = /^file:/i.test(text) ? fileURLToPath(text) : resolve(cwd, text);
  const project = findRoot(dirname(path));
  const way = relative(project, path);
  const isBelow = way !== "" && way !== ".." && !way.startsWith(`..${sep}`);
  const label = isBelow ? way.split(sep).join("/") : basename(path);
  return { label, project };
}
