/** Room `load`: which local file a URI stands for, and whether it may be read. Reads nothing. */
import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "./document.js";
import { builtInMetaSchema } from "./meta-schemas/built-in.js";
import type { Refusal } from "./source-access.js";

export type Location =
  /** `within`: the folder that the file must really lie in; absent: named one by one by the user. */
  | { kind: "file"; path: string; within?: string }
  | { kind: "built-in"; json: Json }
  | { kind: "refused"; refusal: Refusal };

export interface Places {
  /** Absolute. */
  root: string;
  /** URI or URI prefix → absolute path. */
  resources: ReadonlyMap<string, string>;
}

export function locateUri(uri: string, places: Places): Location {
  const mapped = locateResource(uri, places.resources);
  if (mapped !== undefined) return mapped;
  const json = builtInMetaSchema(uri);
  if (json !== undefined) return { kind: "built-in", json };
  if (/^file:/i.test(uri)) return locateFile(uri, places.root);
  return refused(/^https?:/i.test(uri) ? "network" : "scheme");
}

function locateResource(
  uri: string,
  resources: ReadonlyMap<string, string>,
): Location | undefined {
  const exact = resources.get(uri) ?? resources.get(`${uri}#`);
  if (exact !== undefined) return { kind: "file", path: exact };
  let best: string | undefined;
  for (const prefix of resources.keys()) {
    if (
      prefix.endsWith("/") &&
      uri.startsWith(prefix) &&
      prefix.length > (best?.length ?? 0)
    ) {
      best = prefix;
    }
  }
  const folder = best === undefined ? undefined : resources.get(best);
  if (best === undefined || folder === undefined) return undefined;
  const rest = decoded(uri.slice(best.length).replace(/\?.*$/s, ""));
  if (rest === undefined) return refused("outside");
  const path = join(folder, rest);
  return isInside(folder, path)
    ? { kind: "file", path, within: folder }
    : refused("outside");
}

function locateFile(uri: string, root: string): Location {
  let path: string;
  try {
    path = fileURLToPath(uri);
  } catch {
    // A host, or an encoded `/`.
    return refused("outside");
  }
  return isInside(root, path)
    ? { kind: "file", path, within: root }
    : refused("outside");
}

/** Both absolute. The folder itself is not inside. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return (
    way !== "" &&
    way !== ".." &&
    !way.startsWith(`..${sep}`) &&
    !isAbsolute(way)
  );
}

function decoded(text: string): string | undefined {
  try {
    const path = decodeURIComponent(text);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}

function refused(kind: "network" | "outside" | "scheme"): Location {
  return { kind: "refused", refusal: { kind } };
}
