/** Room `scaffold`: plans fresh handlers beside the user's own; nothing that the user wrote is changed or removed. */
import { lstatSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type Diagnostic, Diagnostics } from "../lint/diagnostic.js";
import type { ManifestOperation } from "../output/manifest.js";
import { pathLabel } from "../output/path-label.js";
import type { Change } from "../output/transaction.js";
import type { Container } from "./container.js";
import {
  type HandlerFiles,
  mentions,
  namesake,
  openHandlerFiles,
} from "./find-handlers.js";
import type { HandlerGroup, HandlerMethod } from "./handler-group.js";
import type { Orphan } from "./orphans.js";
import { stubFile, stubMethods } from "./stub.js";
import { formatForUser } from "./user-style.js";
import { openUserFiles, type UserFiles } from "./user-files.js";

export interface ScaffoldGround {
  /** Absolute paths. */
  handlers: string;
  out: string;
  cwd: string;
  importExtension: string;
  /** The operations of the last run. */
  before: readonly ManifestOperation[];
}

export interface MissingHandler {
  /** `books.getBook`. */
  handler: string;
  method: string;
  path: string;
  /** The file where it should be, as the user knows it. */
  file: string;
  /** Where the others of its group begin, in that file. */
  line?: number;
  column?: number;
}

export interface ScaffoldPlan {
  changes: Change[];
  files: { path: string; status: "created" | "updated" | "unchanged" }[];
  missing: MissingHandler[];
  /** Handlers that no operation has; among the diagnostics, too. */
  orphans: Orphan[];
  /** What cannot be added safely, and what no operation has. */
  diagnostics: Diagnostic[];
}

export async function planScaffold(
  groups: readonly HandlerGroup[],
  ground: ScaffoldGround,
): Promise<ScaffoldPlan> {
  const files = openHandlerFiles(ground.handlers, ground.out);
  const users = openUserFiles(files, ground);
  const found = new Diagnostics();
  const plan: ScaffoldPlan = {
    changes: [],
    files: [],
    missing: [],
    orphans: [],
    diagnostics: found.list,
  };
  for (const group of groups) {
    await planGroup(group, ground, files, users, found, plan);
  }
  plan.orphans = users.orphans(groups);
  found.list.push(...plan.orphans.map(({ diagnostic }) => diagnostic));
  return plan;
}

async function planGroup(
  group: HandlerGroup,
  ground: ScaffoldGround,
  files: HandlerFiles,
  users: UserFiles,
  found: Diagnostics,
  plan: ScaffoldPlan,
): Promise<void> {
  const own = namesake(ground.handlers, group);
  const others = mentions(files, group).filter((path) => path !== own);
  for (const path of own === undefined ? others : [own, ...others]) {
    const seen = users.look(path, group);
    if (seen === undefined) continue;
    const place = placeOf(seen, path, ground.cwd);
    const label = pathLabel(path, ground.cwd);
    const missing = group.methods.filter(({ name }) => !seen.names.has(name));
    if (missing.length === 0) {
      plan.files.push({ path, status: "unchanged" });
      return;
    }
    if (!seen.isOpen) noteMissing(plan, group, missing, place);
    const change = await users.add(path, group, missing);
    if (typeof change === "string") {
      cannotAdd(found, group, missing, label, change);
      plan.files.push({ path, status: "unchanged" });
    } else {
      if (!plan.changes.includes(change)) plan.changes.push(change);
      plan.files.push({ path: change.target, status: "updated" });
    }
    return;
  }
  const target = own ?? join(ground.handlers, `${group.stem}.ts`);
  const label = pathLabel(target, ground.cwd);
  noteMissing(plan, group, group.methods, { file: label });
  const isBlank = own !== undefined && files.text(own)?.trim() === "";
  if (own !== undefined && !isBlank) {
    const reason = whyNotFound(own, files, users);
    cannotAdd(found, group, group.methods, label, reason);
    plan.files.push({ path: own, status: "unchanged" });
    return;
  }
  const text = await formatForUser(
    stubFile(group, generatedIndex(target, ground)),
    target,
  );
  if (isBlank) {
    const before = files.text(target) ?? "";
    plan.changes.push({
      target,
      text: before + text,
      before: Buffer.from(before, "utf8"),
    });
    plan.files.push({ path: target, status: "updated" });
  } else {
    plan.changes.push({ target, text, before: undefined });
    plan.files.push({ path: target, status: "created" });
  }
}

function whyNotFound(
  path: string,
  files: HandlerFiles,
  users: UserFiles,
): string {
  if (lstatSync(path).isDirectory()) {
    return "a folder stands where the file should be";
  }
  if (files.text(path) === undefined) {
    return "the file is not readable as UTF-8 text";
  }
  return users.isBroken(path)
    ? "the file has syntax errors"
    : "the handlers cannot be found in this file";
}

type Place = Pick<MissingHandler, "file" | "line" | "column">;

function placeOf({ holder }: Container, path: string, cwd: string): Place {
  if (holder === undefined) return { file: pathLabel(path, cwd) };
  const file = holder.getSourceFile();
  return {
    file: pathLabel(file.getFilePath(), cwd),
    ...file.getLineAndColumnAtPos(holder.getStart()),
  };
}

function noteMissing(
  plan: ScaffoldPlan,
  group: HandlerGroup,
  methods: readonly HandlerMethod[],
  place: Place,
): void {
  for (const { name, method, path } of methods) {
    const handler = `${group.key}.${name}`;
    plan.missing.push({ handler, method, path, ...place });
  }
}

function cannotAdd(
  found: Diagnostics,
  group: HandlerGroup,
  methods: readonly HandlerMethod[],
  file: string,
  reason: string,
): void {
  const names = methods
    .map(({ name }) => `\`${group.key}.${name}\``)
    .join(", ");
  found.warning(
    "KT5006",
    { file, pointer: "" },
    `cannot add ${names} safely: ${reason}`,
    {
      help: [
        "add this by hand if it is missing:",
        ...stubMethods(methods, "problem", ","),
      ].join("\n"),
    },
  );
}

/** `../generated/index.js`, as a file at `path` imports it. */
export function generatedIndex(
  path: string,
  { out, importExtension }: Pick<ScaffoldGround, "out" | "importExtension">,
): string {
  const way = relative(dirname(path), join(out, `index${importExtension}`))
    .split(sep)
    .join("/");
  return way.startsWith("../") ? way : `./${way}`;
}
