/** Room `commands`: both versions of an API, and the changes between them with lines and handlers. */
import type { Change, Sides } from "../diff/change.js";
import type { Diagnostic, Origin } from "../lint/diagnostic.js";
import type { SourceFile } from "../load/document.js";
import { positionsOf } from "../load/positions.js";
import { loadDocument } from "../load/read-document.js";
import type { Api, Operation } from "../model/api.js";
import { buildApi } from "../model/build-api.js";
import { nameApi } from "../name/name-api.js";
import type { GlobalOptions } from "./outcome.js";
import type { Side } from "./revision.js";

export interface Version {
  api: Api;
  sources: SourceFile[];
  /** `books.getBook`: as the manifest has it, or would have it. */
  handlers: ReadonlyMap<Operation, string>;
}

export interface LoadedVersion {
  version?: Version;
  diagnostics: Diagnostic[];
  sources: SourceFile[];
}

export interface Place {
  file: string;
  line?: number;
  column?: number;
  pointer: string;
}

export interface PlacedOperation {
  /** `GET /books/{bookId}`. */
  route: string;
  id: string;
  handler?: string;
}

export interface PlacedChange extends Omit<
  Change,
  "operations" | "before" | "after"
> {
  operations: PlacedOperation[];
  before?: Place;
  after?: Place;
}

export interface DiffReport {
  names: Sides<string>;
  versions: Sides<Version>;
  changes: PlacedChange[];
}

/** A document that cannot be used has no version; what is only wrong about it is for `lint` to say. */
export async function loadVersion(
  { path, read, top }: Side,
  { cwd, root }: GlobalOptions,
  resources: Record<string, string>,
): Promise<LoadedVersion> {
  const folder = root ?? top;
  const loaded = await loadDocument(path, {
    cwd,
    resources,
    ...(read && { read }),
    ...(folder !== undefined && { root: folder }),
  });
  const { value: document, files: sources } = loaded;
  const unusable = loaded.diagnostics.filter((each) => each.unusable);
  if (!document || unusable.length > 0) {
    return { diagnostics: loaded.diagnostics, sources };
  }
  const { value: api } = buildApi(document);
  const { value: layout } = nameApi(api);
  const handlers = new Map<Operation, string>();
  for (const group of api.groups) {
    const { key } = layout.group(group);
    for (const operation of group.operations) {
      handlers.set(operation, `${key}.${layout.operation(operation).constant}`);
    }
  }
  return { version: { api, sources, handlers }, diagnostics: [], sources };
}

export function placeChanges(
  changes: readonly Change[],
  versions: Sides<Version>,
): PlacedChange[] {
  const before = placer(
    versions.before.sources,
    changes.map((each) => each.before),
  );
  const after = placer(
    versions.after.sources,
    changes.map((each) => each.after),
  );
  return changes.map(({ id, severity, message, place, operations }, index) => {
    const places = { before: before[index], after: after[index] };
    return {
      id,
      severity,
      message,
      ...(place !== undefined && { place }),
      operations: operations.map((each) => {
        const operation = each.after ?? each.before;
        const handler =
          (each.after && versions.after.handlers.get(each.after)) ??
          (each.before && versions.before.handlers.get(each.before));
        return {
          route: operation ? `${operation.method} ${operation.path}` : "",
          id: operation?.id ?? "",
          ...(handler !== undefined && { handler }),
        };
      }),
      ...(places.before && { before: places.before }),
      ...(places.after && { after: places.after }),
    };
  });
}

function placer(
  sources: readonly SourceFile[],
  origins: readonly (Origin | undefined)[],
): (Place | undefined)[] {
  const known = origins.filter((each) => each !== undefined);
  const positions = positionsOf(sources, known);
  const places = new Map<Origin, Place>();
  for (const [index, { file, pointer }] of known.entries()) {
    const position = positions[index];
    const origin = known[index];
    if (!origin) continue;
    places.set(origin, {
      file,
      ...(position && { line: position.line, column: position.column }),
      pointer,
    });
  }
  return origins.map((each) => each && places.get(each));
}
