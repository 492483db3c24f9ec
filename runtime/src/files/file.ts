/** Room `files`: files as bodies of answers. */
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, resolve } from "node:path";
import type { FileBody } from "../contract/file-body.js";
import { problem } from "../errors/problem.js";
import { contentDisposition, type Disposition } from "./content-disposition.js";

export interface FileOptions {
  /** The folder that the file must lie in, symbolic links followed; outside of it, or absent: 404. For paths that come from a request. */
  readonly root?: string;
  /** What the client shall save it as; the name of the file. */
  readonly name?: string;
  /** `attachment`: to be saved; `inline`: to be shown. Without it the header is left out, unless there is a `name`. */
  readonly disposition?: Disposition;
  /** The media type, where the contract has a range such as `image/*`. */
  readonly type?: string;
}

/**
 * A file to answer with: `reply.ok(await file("report.pdf"))`. Its length, `Last-Modified` and ranges (RFC 9110 section 14)
 * are the runtime's work. Rejects when there is no such file; with `root` by a problem of status 404.
 */
export async function file(
  path: string,
  options: FileOptions = {},
): Promise<FileBody> {
  const { root, name, disposition, type } = options;
  const found = root === undefined ? path : await inside(root, path);
  const facts = await stat(found).catch((error: unknown) => {
    if (root !== undefined && isAbsent(error)) throw problem.notFound();
    throw error;
  });
  if (!facts.isFile()) {
    if (root !== undefined) throw problem.notFound();
    throw new TypeError("what shall be sent is no file");
  }
  const shown = disposition ?? (name === undefined ? undefined : "attachment");
  return {
    size: facts.size,
    modified: facts.mtime,
    type,
    disposition: shown && contentDisposition(shown, name ?? basename(found)),
    section: (start, end) => section(found, start, end),
    [Symbol.asyncIterator]: () =>
      section(found, 0, facts.size - 1)[Symbol.asyncIterator](),
  };
}

/** Fewer bytes than announced would let the client take the next answer for the rest of this one. */
async function* section(
  path: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let left = end - start + 1;
  if (left <= 0) return;
  const stream = createReadStream(path, { start, end });
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    left -= chunk.byteLength;
    yield chunk;
  }
  if (left > 0) throw new Error("a file became shorter while it was sent");
}

async function inside(root: string, path: string): Promise<string> {
  try {
    if (path.includes("\0")) throw problem.notFound();
    const base = await realpath(root);
    const found = await realpath(resolve(base, path));
    const way = relative(base, found);
    if (way === "" || /^\.\.(?:[/\\]|$)/.test(way) || isAbsolute(way)) {
      throw problem.notFound();
    }
    return found;
  } catch (error) {
    if (isAbsent(error)) throw problem.notFound();
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    /^(ENOENT|ENOTDIR|ENAMETOOLONG|ELOOP|EACCES)$/.test(String(error.code))
  );
}
