/** Room `output`: the files of an earlier run, as far as a new one may take them over. */
import { lstatSync, readFileSync } from "node:fs";
import { createConfinement } from "./confine.js";
import { contentHash } from "./content-hash.js";
import { type ManifestPart, readManifest } from "./manifest.js";

export interface EarlierRun {
  record(path: string): ManifestPart | undefined;
  /** With LF. `undefined` when the file is not what that run wrote. */
  text(path: string): string | undefined;
}

/** Nothing, unless the very same build wrote the folder with the same options, and nobody has edited the manifest. */
export function openEarlier(
  folder: string,
  now: { version: string; build: string; options: string },
): EarlierRun | undefined {
  const { manifest, isSealed } = readManifest(folder);
  if (
    manifest === undefined ||
    !isSealed ||
    manifest.generator !== now.version ||
    manifest.build !== now.build ||
    manifest.options !== now.options
  ) {
    return undefined;
  }
  const records = new Map(manifest.parts.map((part) => [part.path, part]));
  const hashes = new Map(manifest.files.map(({ path, hash }) => [path, hash]));
  const confine = createConfinement(folder);
  return {
    record: (path) => records.get(path),
    text(path) {
      const file = confine(path).path;
      if (file === undefined) return undefined;
      const stat = lstatSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile()) return undefined;
      const content = readFileSync(file);
      if (contentHash(content) !== hashes.get(path)) return undefined;
      const text = content.toString("utf8");
      return text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
    },
  };
}
