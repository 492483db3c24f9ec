/** Room `commands`: documents of another git revision, read without a checkout and without a shell. */
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { UsageError } from "./usage-error.js";

export interface Side {
  /** As the user wrote it. */
  name: string;
  /** Absolute path of the entry document. */
  path: string;
  /** Reads files of the revision; absent: the disk. */
  read?: (path: string) => Promise<Uint8Array | undefined>;
  /** Top of the work tree: what references may not leave. */
  top?: string;
}

/**
 * A file, or `REVISION:PATH` as git writes it (from the top of the work tree, or from here with `./`), or a revision
 * alone, which means the other side's path.
 */
export async function openSide(
  name: string,
  other: string,
  cwd: string,
): Promise<Side> {
  if (isFile(resolve(cwd, name))) return { name, path: resolve(cwd, name) };
  const [revision, path] = splitRevision(name);
  if (revision === "") {
    throw new UsageError(`\`${name}\` is no file, and no revision either`);
  }
  const git = openGit(cwd);
  const top = await git.top();
  if (top === undefined) throw new UsageError(`there is no file \`${name}\``);
  const commit = await git.commit(revision);
  if (commit === undefined) {
    throw new UsageError(`\`${revision}\` is no file, and no revision of git`);
  }
  const place =
    path === undefined
      ? pathOfOther(name, other, cwd, top)
      : placeOf(path, cwd, top);
  return {
    name: path === undefined ? `${name}:${relativePath(top, place)}` : name,
    path: place,
    top,
    read: (file) => git.blob(commit, relativePath(top, file)),
  };
}

function splitRevision(name: string): [string, string?] {
  const colon = name.indexOf(":");
  return colon === -1 ? [name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function placeOf(path: string, cwd: string, top: string): string {
  return /^\.{1,2}(\/|$)/.test(path) ? resolve(cwd, path) : resolve(top, path);
}

function pathOfOther(
  name: string,
  other: string,
  cwd: string,
  top: string,
): string {
  if (isFile(resolve(cwd, other))) return resolve(cwd, other);
  const [, path] = splitRevision(other);
  if (path === undefined) {
    throw new UsageError(
      `which file of \`${name}\`? Write it, as in \`${name}:openapi.yaml\``,
    );
  }
  return placeOf(path, cwd, top);
}

function relativePath(top: string, path: string): string {
  return relative(top, path).split(sep).join("/");
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

interface Git {
  top(): Promise<string | undefined>;
  /** The full name of a commit: what users write never reaches git in another place. */
  commit(revision: string): Promise<string | undefined>;
  blob(commit: string, path: string): Promise<Uint8Array | undefined>;
}

const LARGEST = 256 * 1024 * 1024;

function openGit(cwd: string): Git {
  const run = (...args: string[]): Promise<Uint8Array | undefined> =>
    new Promise((done, fail) => {
      // Nothing is fetched, nothing is asked, nothing is locked.
      const env = {
        ...process.env,
        GIT_NO_LAZY_FETCH: "1",
        GIT_TERMINAL_PROMPT: "0",
        GIT_OPTIONAL_LOCKS: "0",
      };
      const options = {
        cwd,
        env,
        encoding: "buffer",
        maxBuffer: LARGEST,
      } as const;
      execFile("git", args, options, (error, stdout) => {
        if (!error) done(stdout);
        else if (error.code === "ENOENT") {
          fail(
            new UsageError(
              "`git` is not installed: give files instead of revisions",
            ),
          );
        } else done(undefined);
      });
    });
  const text = async (...args: string[]): Promise<string | undefined> => {
    const bytes = await run(...args);
    return bytes && new TextDecoder().decode(bytes).trim();
  };
  return {
    top: () => text("rev-parse", "--show-toplevel"),
    commit: (revision) =>
      text(
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        `${revision}^{commit}`,
      ),
    // `cat-file` runs no filter of the repository, which `show` may.
    blob: (commit, path) =>
      path.startsWith("../")
        ? Promise.resolve(undefined)
        : run("cat-file", "blob", `${commit}:${path}`),
  };
}
