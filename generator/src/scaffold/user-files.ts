/** Room `scaffold`: the user's handler files, read as trees on demand and never written here. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { SourceFile } from "ts-morph";
import type { ManifestOperation } from "../output/manifest.js";
import { pathLabel } from "../output/path-label.js";
import type { Change } from "../output/transaction.js";
import type { Container } from "./container.js";
import { findContainer } from "./find-container.js";
import type { HandlerFiles } from "./find-handlers.js";
import type { HandlerGroup, HandlerMethod } from "./handler-group.js";
import {
  applyInsertions,
  type Insertion,
  insertStubs,
} from "./insert-stubs.js";
import { lostTypes, type Orphan, orphansOf } from "./orphans.js";
import { openSyntax, type Syntax } from "./syntax.js";

export interface UserFiles {
  /** The handlers of a group in this file. */
  look(path: string, group: HandlerGroup): Container | undefined;
  /** It cannot be parsed. */
  isBroken(path: string): boolean;
  /** The file with the methods added, or why that is not safe. */
  add(
    path: string,
    group: HandlerGroup,
    methods: readonly HandlerMethod[],
  ): Promise<Change | string>;
  /** Of all that was looked at, and of files whose group is gone. */
  orphans(groups: readonly HandlerGroup[]): Orphan[];
}

interface Ground {
  handlers: string;
  out: string;
  cwd: string;
  before: readonly ManifestOperation[];
}

export function openUserFiles(files: HandlerFiles, ground: Ground): UserFiles {
  let syntax: Syntax | undefined;
  const trees = new Map<string, SourceFile | undefined>();
  const seen: { file: SourceFile; key: string; container: Container }[] = [];
  /** Later groups may add to a file that earlier ones have added to. */
  const drafts = new Map<string, { insertions: Insertion[]; change: Change }>();

  const parse = (path: string): SourceFile | undefined => {
    if (!trees.has(path)) {
      const text = files.text(path);
      syntax ??= openSyntax();
      trees.set(
        path,
        text === undefined ? undefined : syntax.parse(path, text),
      );
    }
    return trees.get(path);
  };

  const sources = (specifier: string, from: SourceFile) => {
    if (!/^\.{1,2}\//.test(specifier)) return undefined;
    const stem = resolve(dirname(from.getFilePath()), specifier);
    const path = candidates(stem).find((each) =>
      lstatSync(each, { throwIfNoEntry: false })?.isFile(),
    );
    return path === undefined ? undefined : parse(path);
  };

  return {
    look(path, group) {
      const file = parse(path);
      const container = file && findContainer(file, group, sources);
      if (file === undefined || container === undefined) return undefined;
      seen.push({ file, key: group.key, container });
      return container;
    },

    isBroken: (path) => parse(path) === undefined,

    async add(path, group, methods) {
      const container = seen.find((each) => each.key === group.key)?.container;
      const holder = container?.holder;
      if (container === undefined || container.isOpen) {
        return "a spread, a base class or a function may hold it already";
      }
      if (holder === undefined) return "the handlers are not written out there";
      const file = holder.getSourceFile();
      const target = file.getFilePath();
      const obstacle = whyNotWritable(target, path, ground.handlers);
      if (obstacle !== undefined) return obstacle;
      const text = files.text(target) ?? "";
      const draft = drafts.get(target);
      const insertions = await insertStubs(file, text, holder, methods);
      const all = merge(draft?.insertions ?? [], insertions);
      const after = applyInsertions(text, all);
      const check = openSyntax().parse(target, after);
      const now = check && findContainer(check, group, sources);
      if (!methods.every(({ name }) => now?.names.has(name))) {
        return "the text around the handlers is unusual";
      }
      const change: Change = draft?.change ?? {
        target,
        text: after,
        before: Buffer.from(text, "utf8"),
      };
      change.text = after;
      drafts.set(target, { insertions: all, change });
      return change;
    },

    orphans(groups) {
      const label = (path: string) => pathLabel(path, ground.cwd);
      const around = { groups, before: ground.before, label };
      const found = seen.flatMap(({ file, key, container }) =>
        orphansOf(file, container, key, around),
      );
      const looked = new Set(
        seen.map(({ file }) => String(file.getFilePath())),
      );
      for (const path of files.paths) {
        if (looked.has(path) || !/\w+Handlers\b/.test(files.text(path) ?? "")) {
          continue;
        }
        const file = parse(path);
        if (file === undefined) continue;
        const isGenerated = (specifier: string) =>
          isBelow(resolve(dirname(path), specifier), ground.out);
        for (const type of lostTypes(file, isGenerated, groups)) {
          const stem = type.slice(0, -"Handlers".length);
          const key = lostKey(stem, files.text(path) ?? "");
          const lost: HandlerGroup = { key, type, stem: key, methods: [] };
          const container = findContainer(file, lost, sources);
          if (container) found.push(...orphansOf(file, container, key, around));
        }
      }
      return found;
    },
  };
}

/** The key that a lost group had: a reserved word got a `_`, which the user's own export still has. */
function lostKey(stem: string, text: string): string {
  const plain = stem.charAt(0).toLowerCase() + stem.slice(1);
  const reserved = new RegExp(
    `(?:const|let|var|class|function|as)\\s+${plain}_(?![\\w$])`,
    "u",
  );
  return reserved.test(text) ? `${plain}_` : plain;
}

/** Insertions of two groups into one file; the import of `problem` is needed once. */
function merge(first: Insertion[], second: Insertion[]): Insertion[] {
  const isKnown = ({ at, text }: Insertion) =>
    first.some((each) => each.at === at && each.text === text && text !== ",");
  return [...first, ...second.filter((each) => !isKnown(each))];
}

function whyNotWritable(
  target: string,
  path: string,
  handlers: string,
): string | undefined {
  if (target !== path && !isBelow(target, handlers)) {
    return "the handlers are written in a file outside of the handlers folder";
  }
  if (lstatSync(target).isSymbolicLink()) return "the file is a symbolic link";
  return isBelow(realpathSync(target), realpathSync(handlers))
    ? undefined
    : "the file lies outside of the handlers folder";
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`);
}

/** What an import specifier may mean on disk: the file itself, its TypeScript source, a folder. */
function candidates(stem: string): string[] {
  const bare = stem.replace(/\.[cm]?[jt]sx?$/, "");
  return [
    stem,
    ...[".ts", ".mts", ".tsx", ".cts", ".js", ".mjs", ".jsx"].flatMap(
      (extension) => [bare + extension, join(bare, `index${extension}`)],
    ),
  ];
}
