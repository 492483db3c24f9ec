/** Room `output`: writes a set of files as one step, as far as a file system allows: all of them, or none. */
import * as fs from "node:fs";
import { basename, dirname, join } from "node:path";

/** One change to a file. Paths are absolute, and the caller has confined them. */
export interface Change {
  target: string;
  /** What shall stand there; `undefined`: nothing. */
  text: string | undefined;
  /** What stands there now; `undefined`: nothing. A file that has changed since is not touched. */
  before: Buffer | undefined;
}

/** The target has changed between planning and writing. */
export class ChangedMeanwhile extends Error {
  readonly target: string;

  constructor(target: string) {
    super(`${target} has changed meanwhile`);
    this.name = "ChangedMeanwhile";
    this.target = target;
  }
}

/**
 * Prepares every text in a temporary file beside its target, then renames in the order given. Throws after everything
 * has been put back. `nonce` marks the temporary files, so that the next run can sweep them after a crash.
 */
export function applyChanges(changes: readonly Change[], nonce: string): void {
  const folders: string[] = [];
  const undo: (() => void)[] = [];
  const sweep: string[] = [];
  try {
    for (const { target, text } of changes) {
      if (text === undefined) continue;
      makeFolder(dirname(target), folders);
      sweep.push(prepare(target, text, nonce));
    }
    for (const change of changes) {
      if (!stillStands(change)) throw new ChangedMeanwhile(change.target);
    }
    for (const change of changes) {
      const { target, text, before } = change;
      const spare = sparePath(target, nonce);
      if (before === undefined) {
        if (text === undefined) continue;
        placeNew(temporaryPath(target, nonce), target);
        undo.push(() => fs.unlinkSync(target));
        continue;
      }
      if (text === undefined) {
        fs.renameSync(target, spare);
      } else {
        keepSpare(target, spare);
        sweep.push(spare);
        fs.renameSync(temporaryPath(target, nonce), target);
      }
      sweep.push(spare);
      undo.push(() => fs.renameSync(spare, target));
    }
  } catch (error) {
    for (const step of undo.reverse()) attempt(step);
    for (const path of sweep) attempt(() => fs.unlinkSync(path));
    for (const folder of folders.reverse()) attempt(() => fs.rmdirSync(folder));
    throw error;
  }
  for (const path of sweep) attempt(() => fs.unlinkSync(path));
}

/** The names that a run with this nonce may leave beside a target when it is killed. */
export function leftovers(target: string, nonce: string): string[] {
  return [temporaryPath(target, nonce), sparePath(target, nonce)];
}

function temporaryPath(target: string, nonce: string): string {
  return join(dirname(target), `.${basename(target)}.${nonce}.new`);
}

function sparePath(target: string, nonce: string): string {
  return join(dirname(target), `.${basename(target)}.${nonce}.old`);
}

function prepare(target: string, text: string, nonce: string): string {
  const path = temporaryPath(target, nonce);
  const file = fs.openSync(path, "wx", 0o600);
  try {
    fs.writeFileSync(file, text);
    const stat = fs.lstatSync(target, { throwIfNoEntry: false });
    const mode = stat?.isFile() ? stat.mode & 0o777 : 0o666 & ~process.umask();
    fs.fchmodSync(file, mode);
  } catch (error) {
    attempt(() => fs.unlinkSync(path));
    throw error;
  } finally {
    fs.closeSync(file);
  }
  return path;
}

function stillStands({ target, before }: Change): boolean {
  const stat = fs.lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return before === undefined;
  if (before === undefined || !stat.isFile()) return false;
  return stat.size === before.length && fs.readFileSync(target).equals(before);
}

/** A hard link refuses to replace a file that has appeared meanwhile; a rename would not. */
function placeNew(temporary: string, target: string): void {
  try {
    fs.linkSync(temporary, target);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw new ChangedMeanwhile(target);
    fs.renameSync(temporary, target);
  }
}

function keepSpare(target: string, spare: string): void {
  try {
    fs.linkSync(target, spare);
  } catch {
    // file systems without hard links
    fs.copyFileSync(target, spare, fs.constants.COPYFILE_EXCL);
  }
}

function makeFolder(folder: string, made: string[]): void {
  const missing: string[] = [];
  for (
    let each = folder;
    !fs.existsSync(each) && dirname(each) !== each;
    each = dirname(each)
  ) {
    missing.push(each);
  }
  for (const each of missing.reverse()) {
    fs.mkdirSync(each);
    made.push(each);
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // putting back and sweeping go as far as they can; the first error is the one to tell
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error
    ? String(error.code)
    : undefined;
}
