/** Room `output`: decides by hashes alone that a run would change nothing. */
import { lstatSync, readFileSync } from "node:fs";
import { contentHash } from "./content-hash.js";
import { createConfinement } from "./confine.js";
import { areInputsUnchanged } from "./inputs.js";
import { LOCK_FILE } from "./lock.js";
import { type Manifest, readManifest } from "./manifest.js";

export interface Circumstances {
  /** Absolute path of the entry document. */
  entry: string;
  /** Absolute path of the output folder. */
  out: string;
  /** Version of kontract. */
  version: string;
  /** Digest of its sources. */
  build: string;
  /** Hash over the options that shape the output. */
  options: string;
}

/** The manifest of the last run when nothing has changed since: not the document, not the options, not one file that we own. */
export function findUnchanged(now: Circumstances): Manifest | undefined {
  const { manifest, isSealed } = readManifest(now.out);
  if (
    manifest === undefined ||
    !isSealed ||
    manifest.generator !== now.version ||
    manifest.build !== now.build ||
    manifest.options !== now.options ||
    !areInputsUnchanged(manifest.inputs, now.entry)
  ) {
    return undefined;
  }
  const confine = createConfinement(now.out);
  // a killed run has something to clean up
  const lock = confine(LOCK_FILE).path;
  if (lock !== undefined && lstatSync(lock, { throwIfNoEntry: false })) {
    return undefined;
  }
  const isWhole = manifest.files.every(({ path, hash }) => {
    const file = confine(path).path;
    if (file === undefined) return false;
    const stat = lstatSync(file, { throwIfNoEntry: false });
    return stat?.isFile() && contentHash(readFileSync(file)) === hash;
  });
  return isWhole ? manifest : undefined;
}
