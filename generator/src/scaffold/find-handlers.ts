/** Room `scaffold`: where the handlers of a group may lie. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { HandlerGroup } from "./handler-group.js";

const EXTENSIONS = [".ts", ".mts", ".tsx", ".js", ".mjs", ".jsx", ".cts"];
const DEEPEST = 8;
const MOST_FILES = 5_000;

/** The files of a handlers folder, each read at most once. */
export interface HandlerFiles {
  folder: string;
  /** Absolute paths, sorted. */
  paths: string[];
  /** `undefined`: not readable as UTF-8. */
  text(path: string): string | undefined;
}

/** `out`: the generated code, which may lie below the handlers and is none. */
export function openHandlerFiles(folder: string, out: string): HandlerFiles {
  const texts = new Map<string, string | undefined>();
  let paths: string[] | undefined;
  return {
    folder,
    get paths() {
      paths ??= listSources(folder, out);
      return paths;
    },
    text(path) {
      if (!texts.has(path)) texts.set(path, readText(path));
      return texts.get(path);
    },
  };
}

/** The file that has the group's name: `books.ts`, `books.js`, `books/index.ts`. */
export function namesake(
  folder: string,
  { stem }: HandlerGroup,
): string | undefined {
  for (const name of [stem, join(stem, "index")]) {
    for (const extension of EXTENSIONS) {
      const path = join(folder, name + extension);
      // a link that leads nowhere is in the way, too
      if (lstatSync(path, { throwIfNoEntry: false })) return path;
    }
  }
  return undefined;
}

/** Other files that speak of the group's interface, or export something of its name. */
export function mentions(files: HandlerFiles, group: HandlerGroup): string[] {
  const pattern = new RegExp(
    [
      `(?<![\\w$])${escape(group.type)}(?![\\w$])`,
      `(?<![\\w$])export\\s+(?:const|let|var|class|(?:async\\s+)?function)\\s+${escape(group.key)}(?![\\w$])`,
    ].join("|"),
    "u",
  );
  return files.paths.filter((path) => pattern.test(files.text(path) ?? ""));
}

function escape(name: string): string {
  return name.replaceAll("$", "\\$");
}

function listSources(root: string, out: string): string[] {
  const found: string[] = [];
  const look = (folder: string, depth: number): void => {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith(".") || name === "node_modules") continue;
      if (found.length >= MOST_FILES) return;
      const path = join(folder, name);
      if (path === out) continue;
      if (entry.isDirectory()) {
        if (depth < DEEPEST) look(path, depth + 1);
      } else if (
        isSource(name) &&
        statSync(path, { throwIfNoEntry: false })?.isFile()
      ) {
        found.push(path);
      }
    }
  };
  look(root, 0);
  return found.sort();
}

function isSource(name: string): boolean {
  return (
    EXTENSIONS.some((extension) => name.endsWith(extension)) &&
    !/\.(?:d|test|spec)\.[cm]?[jt]sx?$/.test(name)
  );
}

function readText(path: string): string | undefined {
  try {
    // a byte order mark is the user's, and stays
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      readFileSync(path),
    );
  } catch {
    return undefined;
  }
}
