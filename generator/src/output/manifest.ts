/** Room `output`: `kontract.json`, the list of what we own below the output folder. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./content-hash.js";

export const MANIFEST_FILE = "kontract.json";

export interface HashedPath {
  path: string;
  hash: string;
}

export interface ManifestOperation {
  id: string;
  method: string;
  path: string;
  group: string;
  /** `books.getBook`: key of the group and name of the method. */
  handler: string;
  /** The generated file that holds it. */
  file: string;
  /** Changes when clients or handlers can see a change. */
  hash: string;
}

/** What a file is made of, so that the next run can tell whether it has to be made again. */
export interface ManifestPart {
  path: string;
  /** Digest over the operations and models in it, and over all that these refer to. */
  inputs: string;
  /** The functions of models that it calls, by the function that does; `*` is the file itself. */
  calls: Record<string, string>;
}

export interface Manifest {
  /** Version of kontract that wrote the folder. */
  generator: string;
  /** Digest over the sources of that kontract. */
  build: string;
  /** Digest over all texts of the document. */
  digest: string;
  /** Hash over the options that shape the output. */
  options: string;
  /** Warnings that the document had when it was generated. */
  warnings: number;
  /** The files of the document, relative to the folder of the entry document. Empty: they cannot be named so. */
  inputs: HashedPath[];
  /** The files that we own, relative to the output folder, this one left out. */
  files: HashedPath[];
  operations: ManifestOperation[];
  parts: ManifestPart[];
  /** Hash over all of the above: an edited manifest is not believed. */
  seal: string;
}

/** What an earlier run left behind in the output folder. */
export interface Previous {
  state: "absent" | "whole" | "damaged";
  manifest?: Manifest;
  /** The manifest is, to the last sign, what we wrote. */
  isSealed?: boolean;
  /** Path → hash of what we wrote there; `undefined` where only the ownership is known. */
  owned: Map<string, string | undefined>;
}

/** Reads the manifest of a folder. A damaged one (merge markers) still tells which paths are ours. */
export function readManifest(folder: string): Previous {
  const file = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    if (!lstatSync(file).isFile()) return { state: "absent", owned: new Map() };
    text = readFileSync(file, "utf8");
  } catch {
    return { state: "absent", owned: new Map() };
  }
  const manifest = parseManifest(text);
  if (manifest === undefined) {
    return { state: "damaged", owned: salvagePaths(text) };
  }
  const owned = new Map<string, string | undefined>();
  for (const { path, hash } of manifest.files) owned.set(path, hash);
  owned.set(MANIFEST_FILE, undefined);
  const isSealed = contentHash(text) === contentHash(printManifest(manifest));
  return { state: "whole", manifest, isSealed, owned };
}

/** `undefined` when the text is not a manifest. */
export function parseManifest(text: string): Manifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const { generator, build, digest, options, warnings, inputs } = json;
  const { files, operations, parts } = json;
  if (typeof generator !== "string" || !isHashedPaths(files)) return undefined;
  return {
    generator,
    build: typeof build === "string" ? build : "",
    digest: typeof digest === "string" ? digest : "",
    options: typeof options === "string" ? options : "",
    warnings: typeof warnings === "number" ? warnings : 0,
    inputs: isHashedPaths(inputs) ? inputs : [],
    files,
    operations: Array.isArray(operations) ? operations.filter(isOperation) : [],
    parts: Array.isArray(parts) ? parts.filter(isPart) : [],
    seal: "",
  };
}

/** In an order of its own; the seal is made anew. */
export function printManifest(manifest: Manifest): string {
  const { generator, build, digest, options, warnings, inputs } = manifest;
  const { files, operations, parts } = manifest;
  const open = {
    generator,
    build,
    digest,
    options,
    warnings,
    inputs,
    files,
    operations,
    parts,
  };
  const seal = contentHash(JSON.stringify(open));
  return `${JSON.stringify({ ...open, seal }, undefined, 2)}\n`;
}

function salvagePaths(text: string): Map<string, string | undefined> {
  const owned = new Map<string, string | undefined>();
  if (!text.includes('"generator"')) return owned;
  owned.set(MANIFEST_FILE, undefined);
  for (const [, path] of text.matchAll(/"path": "([\w./-]{1,200})"/g)) {
    if (path !== undefined) owned.set(path, undefined);
  }
  return owned;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isHashedPaths(value: unknown): value is HashedPath[] {
  return (
    Array.isArray(value) &&
    value.every(
      (each) =>
        isRecord(each) &&
        typeof each["path"] === "string" &&
        typeof each["hash"] === "string",
    )
  );
}

function isPart(value: unknown): value is ManifestPart {
  return (
    isRecord(value) &&
    typeof value["path"] === "string" &&
    typeof value["inputs"] === "string" &&
    isRecord(value["calls"]) &&
    Object.values(value["calls"]).every((each) => typeof each === "string")
  );
}

function isOperation(value: unknown): value is ManifestOperation {
  return (
    isRecord(value) &&
    ["id", "method", "path", "group", "handler", "file", "hash"].every(
      (key) => typeof value[key] === "string",
    )
  );
}
