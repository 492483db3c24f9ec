/** Room `output`: brings a folder to the planned state: all files, or none. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Diagnostic, Diagnostics } from "../lint/diagnostic.js";
import { compareOutput, type FileReport } from "./compare.js";
import { createConfinement } from "./confine.js";
import { contentHash } from "./content-hash.js";
import type { GeneratedFile } from "./generated-file.js";
import { acquireLock, type Intent, type Lock } from "./lock.js";
import { readManifest } from "./manifest.js";
import { pathLabel } from "./path-label.js";
import { sealFiles } from "./seal.js";
import {
  applyChanges,
  type Change,
  ChangedMeanwhile,
  leftovers,
} from "./transaction.js";

export interface SaveReport {
  /** Empty when there are errors: then nothing was written. */
  files: FileReport[];
  diagnostics: Diagnostic[];
}

export interface SaveOptions {
  /** What relative paths are relative to, here and in diagnostics. */
  cwd?: string;
  /** Changes to files elsewhere (handlers) that must happen together with these. */
  beside?: readonly Change[];
  /** How long to wait for another run that writes here, in ms. */
  patience?: number;
}

/**
 * Writes generated files below `dir`. Files that are as planned stay untouched; files that an earlier run wrote and that
 * are not planned any more are removed; what kontract did not write is never replaced.
 */
export async function save(
  dir: string,
  files: readonly GeneratedFile[],
  options: SaveOptions = {},
): Promise<SaveReport> {
  const cwd = options.cwd ?? process.cwd();
  const folder = resolve(cwd, dir);
  const label = pathLabel(folder, cwd);
  const made: string[] = [];
  let lock: Lock | undefined;
  let isDone = false;
  try {
    makeFolder(folder, made);
    lock = await acquireLock(folder, options.patience);
    if (lock === undefined) return refuse(label, ...busy());
    const report = write(folder, label, files, lock, options.beside ?? []);
    isDone = report.files.length > 0;
    return report;
  } catch (error) {
    return refuse(label, ...describe(error, label, cwd));
  } finally {
    lock?.release(isDone);
    if (!isDone) for (const each of made.reverse()) removeEmpty(each);
  }
}

function write(
  folder: string,
  label: string,
  files: readonly GeneratedFile[],
  lock: Lock,
  beside: readonly Change[],
): SaveReport {
  for (const intent of lock.abandoned) sweep(folder, intent);
  const planned = sealFiles(files).value.files;
  const comparison = compareOutput(planned, {
    folder,
    label,
    previous: readManifest(folder),
    intents: lock.abandoned.flatMap((intent) => intent.files),
  });
  const { diagnostics } = comparison;
  if (diagnostics.some((each) => each.severity === "error")) {
    return { files: [], diagnostics };
  }
  const changes = [...beside, ...comparison.changes];
  if (changes.length > 0) {
    lock.intend(
      planned.map(({ path, text, hash = contentHash(text) }) => ({
        path,
        hash,
      })),
      beside.map(({ target }) => relative(folder, target)),
    );
    applyChanges(changes, lock.nonce);
  }
  for (const { path, status } of comparison.files) {
    if (status === "removed") removeEmptyAbove(folder, path);
  }
  return { files: comparison.files, diagnostics };
}

/** Removes the temporary files of a killed run. */
function sweep(folder: string, { nonce, files, beside }: Intent): void {
  const confine = createConfinement(folder);
  const targets = beside.map((path) => resolve(folder, path));
  for (const { path } of files) {
    const target = confine(path).path;
    if (target !== undefined) targets.push(target);
  }
  for (const target of targets) {
    for (const each of leftovers(target, nonce)) rmSync(each, { force: true });
  }
}

function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return void readdirSync(folder);
  if (dirname(folder) !== folder) makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function removeEmptyAbove(folder: string, path: string): void {
  for (let each = dirname(path); each !== "."; each = dirname(each)) {
    if (!removeEmpty(join(folder, each))) return;
  }
}

function removeEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    // not empty, or not ours to remove
    return false;
  }
}

function refuse(label: string, message: string, help: string): SaveReport {
  const found = new Diagnostics();
  found.error("KT5005", { file: label, pointer: "" }, message, { help });
  return { files: [], diagnostics: found.list };
}

function busy(): [string, string] {
  return [
    "another run is writing to this folder",
    "wait for it to end; if there is none, delete `.kontract.lock` in the folder",
  ];
}

const REASONS = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "operation not permitted"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space left on the device"],
  ["EDQUOT", "the disk quota is used up"],
  ["EMFILE", "too many open files"],
  ["EEXIST", "something else stands there"],
  ["ENOTDIR", "a file stands where a folder is needed"],
  ["ENAMETOOLONG", "a file name is too long"],
  ["ELOOP", "too many symbolic links"],
]);

/** Only what a file system can say is a finding; anything else is our mistake and goes on as it is. */
function describe(
  error: unknown,
  label: string,
  cwd: string,
): [string, string] {
  if (error instanceof ChangedMeanwhile) {
    return [
      `\`${pathLabel(error.target, cwd)}\` was changed while it was being written; nothing was written`,
      "run `kontract generate` again",
    ];
  }
  if (!(error instanceof Error) || !("syscall" in error)) throw error;
  const code = "code" in error ? String(error.code) : "";
  const path =
    "path" in error && typeof error.path === "string"
      ? pathLabel(error.path, cwd)
      : label;
  return [
    `cannot write \`${path}\`: ${REASONS.get(code) ?? code}; nothing was written`,
    "see to the folder and its permissions, or choose another one with `--out`",
  ];
}
