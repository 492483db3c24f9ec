/** Room `output`: one writer at a time in an output folder; the lock file is also the journal that heals a killed run. */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type HashedPath, isHashedPaths, isRecord } from "./manifest.js";

export const LOCK_FILE = ".kontract.lock";

/** A writer holds the lock for the time of some renames; one that is older than this has died on another machine. */
const ABANDONED_AFTER_MS = 300_000;
const SETTLE_MS = 30;
const NOBODY = 0;

interface Entry {
  pid: number;
  host: string;
  nonce: string;
  /** What the run is about to write, after what killed runs before it were. */
  intents: Intent[];
}

/** What a run was about to write. */
export interface Intent {
  nonce: string;
  files: HashedPath[];
  /** Files that are not below the folder, relative to it. */
  beside: string[];
}

export interface Lock {
  /** Marks the temporary files of this run. */
  nonce: string;
  /** Of killed runs whose traces are still there. */
  abandoned: readonly Intent[];
  /** Notes what is about to be written, before it is. */
  intend(files: readonly HashedPath[], beside: readonly string[]): void;
  /** `isDone`: what killed runs have left is healed; else the next run must still know of it. */
  release(isDone: boolean): void;
}

/** Nonces that this very process holds: its own pid proves nothing. */
const held = new Set<string>();

/** Waits for another writer to finish. `undefined`: it did not within `patience` ms. */
export async function acquireLock(
  folder: string,
  patience = 20_000,
): Promise<Lock | undefined> {
  const path = join(folder, LOCK_FILE);
  const entry: Entry = {
    pid: process.pid,
    host: hostname(),
    nonce: randomBytes(6).toString("hex"),
    intents: [],
  };
  held.add(entry.nonce);
  try {
    if (await obtain(path, entry, Date.now() + patience)) {
      sweepLocks(folder);
      return lockOf(path, entry);
    }
  } catch (error) {
    held.delete(entry.nonce);
    throw error;
  }
  held.delete(entry.nonce);
  return undefined;
}

async function obtain(
  path: string,
  entry: Entry,
  deadline: number,
): Promise<boolean> {
  for (;;) {
    if (createFirst(path, entry)) return true;
    const seen = readEntry(path);
    if (seen !== undefined && isAbandoned(path, seen)) {
      // Two runs may find the same dead lock: the last one to replace it owns it, and each looks again before it goes on.
      replace(path, { ...entry, intents: seen?.intents ?? [] });
      await sleep(SETTLE_MS);
      if (readEntry(path)?.nonce === entry.nonce) {
        entry.intents = seen?.intents ?? [];
        return true;
      }
    }
    if (Date.now() > deadline) return false;
    await sleep(SETTLE_MS);
  }
}

function lockOf(path: string, entry: Entry): Lock {
  const abandoned = entry.intents;
  return {
    nonce: entry.nonce,
    abandoned,
    intend(files, beside) {
      const { nonce } = entry;
      const intent = { nonce, files: [...files], beside: [...beside] };
      replace(path, { ...entry, intents: [...abandoned, intent] });
    },
    release(isDone) {
      held.delete(entry.nonce);
      if (readEntry(path)?.nonce !== entry.nonce) return;
      if (isDone || abandoned.length === 0) fs.rmSync(path, { force: true });
      else replace(path, { ...entry, pid: NOBODY, intents: [...abandoned] });
    },
  };
}

/** Removes what runs that were killed while they asked for the lock have left. */
function sweepLocks(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (!name.startsWith(`${LOCK_FILE}.`)) continue;
    const path = join(folder, name);
    const seen = readEntry(path);
    // An unreadable one was cut off while it was written. Should its writer live, it finds the lock taken and asks again.
    if (seen === null || (seen && isAbandoned(path, seen))) {
      fs.rmSync(path, { force: true });
    }
  }
}

function createFirst(path: string, entry: Entry): boolean {
  const own = `${path}.${entry.nonce}`;
  try {
    fs.writeFileSync(own, JSON.stringify(entry), { flag: "w", mode: 0o600 });
  } catch (error) {
    // a full disk: the name is there, the text is not
    fs.rmSync(own, { force: true });
    throw error;
  }
  try {
    // A link appears with its content, all at once, and only where nothing stands: what O_EXCL does, without the
    // moment in which the file is still empty.
    fs.linkSync(own, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EEXIST") return false;
    return createExclusive(path, entry);
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** For file systems without hard links. */
function createExclusive(path: string, entry: Entry): boolean {
  try {
    fs.writeFileSync(path, JSON.stringify(entry), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function replace(path: string, entry: Entry): void {
  const next = `${path}.${entry.nonce}`;
  try {
    fs.writeFileSync(next, JSON.stringify(entry), { mode: 0o600 });
    fs.renameSync(next, path);
  } catch (error) {
    fs.rmSync(next, { force: true });
    throw error;
  }
}

/** `undefined`: no lock; `null`: one that cannot be read. */
function readEntry(path: string): Entry | null | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    const json: unknown = JSON.parse(text);
    return isEntry(json) ? json : null;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is Entry {
  return (
    isRecord(value) &&
    typeof value["pid"] === "number" &&
    typeof value["host"] === "string" &&
    isNonce(value["nonce"]) &&
    Array.isArray(value["intents"]) &&
    value["intents"].every(
      (intent: unknown) =>
        isRecord(intent) &&
        isNonce(intent["nonce"]) &&
        isHashedPaths(intent["files"]) &&
        Array.isArray(intent["beside"]) &&
        intent["beside"].every((each) => typeof each === "string"),
    )
  );
}

/** Nonces become parts of file names. */
function isNonce(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{1,32}$/.test(value);
}

function isAbandoned(path: string, entry: Entry | null): boolean {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  const age = Date.now() - stat.mtimeMs;
  if (age > ABANDONED_AFTER_MS) return true;
  // an unreadable lock may be one that is being written
  if (entry === null) return age > 2_000;
  if (entry.pid === NOBODY) return true;
  if (entry.host !== hostname()) return false;
  if (entry.pid === process.pid) return !held.has(entry.nonce);
  try {
    process.kill(entry.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
