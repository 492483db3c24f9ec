/** Room `output`: completes the manifest with the hashes of the files that stand beside it. */
import { kontractVersion } from "../version.js";
import { contentHash } from "./content-hash.js";
import type { GeneratedFile } from "./generated-file.js";
import {
  type Manifest,
  MANIFEST_FILE,
  parseManifest,
  printManifest,
} from "./manifest.js";

/** Without a manifest among the files one is added, so that what is written stays owned. */
export function sealFiles(files: readonly GeneratedFile[]): GeneratedFile[] {
  const others = files.filter((file) => file.path !== MANIFEST_FILE);
  const given = files.find((file) => file.path === MANIFEST_FILE);
  const manifest: Manifest = (given && parseManifest(given.text)) ?? {
    generator: kontractVersion(),
    digest: "",
    options: "",
    warnings: 0,
    inputs: [],
    files: [],
    operations: [],
    seal: "",
  };
  const sealed = {
    ...manifest,
    files: others.map(({ path, text }) => ({ path, hash: contentHash(text) })),
  };
  return [...others, { path: MANIFEST_FILE, text: printManifest(sealed) }];
}
