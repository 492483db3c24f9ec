/** Room `load`: reads a document with all files it refers to; the one place of the stage that touches the disk. */
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Diagnostics, type Staged } from "../lint/diagnostic.js";
import { assembleDocument } from "./assemble-document.js";
import type { Document, SourceFile } from "./document.js";
import { findRoot } from "./find-root.js";
import { isInside, locateUri, type Places } from "./locate-uri.js";
import type { Fetched, Refusal } from "./source-access.js";

export interface LoadOptions {
  /** Base of relative paths, and of the paths that users are told. */
  cwd: string;
  /** The folder that references may not leave. */
  root?: string;
  /** URI or URI prefix → local file or folder. */
  resources?: Readonly<Record<string, string>>;
  /**
   * Reads files from elsewhere than the disk, such as another revision; `undefined`: there is no such file. Paths are
   * absolute, and confined as those of the disk are.
   */
  read?: (path: string) => Promise<Uint8Array | undefined>;
}

/** The stage's answer, with all texts that were read: for showing the lines of diagnostics, also when there is no document. */
export interface Loaded extends Staged<Document | undefined> {
  files: SourceFile[];
}

/** `source`: a path, a `file:` URL, or the document itself as an object. */
export async function loadDocument(
  source: string | URL | object,
  options: LoadOptions,
): Promise<Loaded> {
  const diagnostics = new Diagnostics();
  const { cwd } = options;
  const disk: Disk = {
    cwd,
    read: options.read === undefined ? readDisk : readThrough(options.read),
  };
  const resources = new Map<string, string>();
  for (const [uri, path] of Object.entries(options.resources ?? {})) {
    resources.set(uri, resolve(cwd, path));
  }
  if (typeof source === "object" && !(source instanceof URL)) {
    const root = resolve(cwd, options.root ?? findRoot(cwd));
    return assembleDocument({
      entry: {
        path: "(document)",
        uri: pathToFileURL(join(cwd, "(document)")).href,
        identity: "(document)",
        content: { json: source },
      },
      fetch: (uri) => fetchUri(uri, disk, { root, resources }),
      diagnostics,
    });
  }
  const entry = entryPath(source, cwd);
  if (entry === undefined) {
    diagnostics.error(
      "KT1001",
      { file: String(source), pointer: "", line: 1, column: 1 },
      "the document is not a local file; nothing is fetched",
      { unusable: true, help: "download it and give its path" },
    );
    return { value: undefined, diagnostics: diagnostics.list, files: [] };
  }
  const path = shownPath(entry, cwd);
  const read = await readLocal(entry, undefined, disk);
  if (!read.ok) {
    diagnostics.error(
      "KT1001",
      { file: path, pointer: "", line: 1, column: 1 },
      read.refusal.kind === "missing"
        ? "the document does not exist"
        : "the document cannot be read",
      { unusable: true, ...helpOf(read.refusal) },
    );
    return { value: undefined, diagnostics: diagnostics.list, files: [] };
  }
  const root =
    options.root === undefined
      ? findRoot(dirname(entry))
      : resolve(cwd, options.root);
  return assembleDocument({
    entry: { ...read, uri: pathToFileURL(entry).href },
    fetch: (uri) => fetchUri(uri, disk, { root, resources }),
    diagnostics,
  });
}

function entryPath(source: string | URL, cwd: string): string | undefined {
  const text = String(source);
  if (/^file:/i.test(text)) {
    try {
      return fileURLToPath(text);
    } catch {
      return undefined;
    }
  }
  return /^[a-z][a-z\d+.-]+:\/\//i.test(text) ? undefined : resolve(cwd, text);
}

interface Disk {
  cwd: string;
  /** `real`: the path without symbolic links. Throws as the file system does. */
  read(
    path: string,
    within: string | undefined,
  ): Promise<{ real: string; bytes: Uint8Array } | "outside">;
}

async function fetchUri(
  uri: string,
  disk: Disk,
  places: Places,
): Promise<Fetched> {
  const location = locateUri(uri, places);
  switch (location.kind) {
    case "refused":
      return { ok: false, refusal: location.refusal };
    case "built-in":
      return {
        ok: true,
        path: uri,
        identity: uri,
        content: { json: location.json },
      };
    case "file":
      return readLocal(location.path, location.within, disk);
  }
}

async function readLocal(
  path: string,
  within: string | undefined,
  disk: Disk,
): Promise<Fetched> {
  try {
    const read = await disk.read(path, within);
    if (read === "outside") return { ok: false, refusal: { kind: "outside" } };
    return {
      ok: true,
      path: shownPath(path, disk.cwd),
      identity: read.real,
      content: { bytes: read.bytes },
    };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  }
}

const readDisk: Disk["read"] = async (path, within) => {
  const real = await realpath(path);
  // Again, now that symbolic links are followed.
  if (within !== undefined && !isInside(await realpath(within), real)) {
    return "outside";
  }
  return { real, bytes: await readFile(real) };
};

function readThrough(read: NonNullable<LoadOptions["read"]>): Disk["read"] {
  return async (path) => {
    const bytes = await read(path);
    if (bytes === undefined) {
      throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    }
    return { real: path, bytes };
  };
}

function refusalOf(error: unknown): Refusal {
  const code =
    error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
  if (code === "EISDIR") return { kind: "unreadable", why: "it is a folder" };
  if (code === "EACCES" || code === "EPERM") {
    return { kind: "unreadable", why: "permission is denied" };
  }
  return { kind: "unreadable", why: code === "" ? "unknown reason" : code };
}

function helpOf(refusal: Refusal): { help?: string } {
  return refusal.kind === "unreadable" ? { help: refusal.why } : {};
}

function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return (way === "" ? path : way).split(sep).join("/");
}
