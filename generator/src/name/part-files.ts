/** Room `name`: what is too much for one file is dealt out over several, so that an addition moves nothing else. */
import { createHash } from "node:crypto";
import type { FilePath } from "./layout.js";

/**
 * The file of each key: `operations/repos.ts`, or `operations/repos/3.ts` when there are more than `most`. A key goes where
 * the first bits of its own hash say; when a group outgrows its files, each of them is cut in two.
 */
export function partFiles(
  stem: string,
  keys: readonly string[],
  most: number,
): Map<string, FilePath> {
  const distinct = new Set(keys);
  const bits = Math.max(0, Math.ceil(Math.log2(distinct.size / most)));
  const files = new Map<string, FilePath>();
  for (const key of distinct) {
    const part = bits === 0 ? "" : `/${firstBits(key, bits) + 1}`;
    files.set(key, `${stem}${part}.ts` as FilePath);
  }
  return files;
}

/** Each file once, by number. */
export function inOrder(files: Iterable<FilePath>): FilePath[] {
  return [...new Set(files)].sort(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  );
}

function firstBits(key: string, bits: number): number {
  const digest = createHash("sha256").update(key).digest();
  return digest.readUInt32BE(0) >>> (32 - bits);
}
