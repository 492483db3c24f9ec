/** Room `output`: the files that a document was read from, so that the next run can see whether they changed. */
import { lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { contentHash } from "./content-hash.js";
import type { HashedPath } from "./manifest.js";

interface Source {
  /** Relative to the working folder, or a URI for what is built in. */
  path: string;
  text: string;
}

/**
 * Paths are relative to the folder of the entry document, which comes first. Empty when there is nothing on disk to look
 * at: a document that was given as an object.
 */
export function inputsOf(
  sources: readonly Source[],
  cwd: string,
): HashedPath[] {
  const [entry] = sources;
  if (entry === undefined) return [];
  const base = dirname(resolve(cwd, entry.path));
  const inputs: HashedPath[] = [];
  for (const { path, text } of sources) {
    if (isUri(path)) continue;
    const file = resolve(cwd, path);
    if (!lstatSync(file, { throwIfNoEntry: false })) return [];
    inputs.push({
      path: relative(base, file).split(sep).join("/"),
      hash: contentHash(text),
    });
  }
  return inputs;
}

/** The entry is the given file, and every file has the text that it had. */
export function areInputsUnchanged(
  inputs: readonly HashedPath[],
  entry: string,
): boolean {
  if (inputs[0]?.path !== basename(entry)) return false;
  return inputs.every(({ path, hash }) => {
    try {
      const text = readFileSync(join(dirname(entry), path), "utf8");
      return (
        contentHash(text.startsWith("\uFEFF") ? text.slice(1) : text) === hash
      );
    } catch {
      return false;
    }
  });
}

function isUri(path: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(path);
}
