/** Room `output`: the manifest, made of what a run knows and of the hashes of what it writes. */
import type { Staged } from "../lint/diagnostic.js";
import { kontractBuild, kontractVersion } from "../version.js";
import { contentHash } from "./content-hash.js";
import type { GeneratedFile } from "./generated-file.js";
import {
  type Manifest,
  MANIFEST_FILE,
  parseManifest,
  printManifest,
} from "./manifest.js";

export interface Sealed {
  files: GeneratedFile[];
  manifest: Manifest;
}

/**
 * The files with the manifest as the last one. Made anew whenever files are saved, so that it tells what was written: a
 * manifest among the files gives all but the hashes, and without any the files are still owned.
 */
export function sealFiles(
  files: readonly GeneratedFile[],
  facts: Partial<Manifest> = {},
): Staged<Sealed> {
  const others = files
    .filter((file) => file.path !== MANIFEST_FILE)
    .map(({ path, text, hash = contentHash(text) }) => ({ path, text, hash }));
  const given = files.find((file) => file.path === MANIFEST_FILE);
  const manifest: Manifest = {
    generator: kontractVersion(),
    build: kontractBuild(),
    digest: "",
    options: "",
    warnings: 0,
    inputs: [],
    operations: [],
    parts: [],
    seal: "",
    ...(given && parseManifest(given.text)),
    ...facts,
    files: others.map(({ path, hash }) => ({ path, hash })),
  };
  const last = { path: MANIFEST_FILE, text: printManifest(manifest) };
  return { value: { files: [...others, last], manifest }, diagnostics: [] };
}
