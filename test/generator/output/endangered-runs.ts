/** Runs of the command line that are killed, starved of disk, locked out or doubled; what they leave is looked at. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runGenerate } from "../../../generator/src/commands/generate.js";
import type { Random } from "../../random.js";

const BIN = fileURLToPath(
  new URL("../../../generator/bin/kontract.js", import.meta.url),
);
const HANDLERS = "handlers/books.ts";

/** Two versions of one document: every file differs, and the second wants one handler and one group more. */
export function versionsOf(count: number): { old: string; new: string } {
  const paths = (word: string, more: object) =>
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: `Endangered ${word}`, version: "1" },
      paths: {
        ...Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
            `/books${index}/{id}`,
            { get: operation(`get${index}`, `books${index % 8}`, word) },
          ]),
        ),
        ...more,
      },
    });
  return {
    old: paths("old", { "/books": { get: operation("list", "books", "old") } }),
    new: paths("new", {
      "/books": {
        get: operation("list", "books", "new"),
        post: operation("create", "books", "new"),
      },
      "/more": { get: operation("more", "more", "new") },
    }),
  };
}

function operation(id: string, tag: string, word: string): object {
  const properties = { [word]: { type: "string", maxLength: 10 } };
  const schema = { type: "object", required: [word], properties };
  return {
    operationId: id,
    tags: [tag],
    summary: word,
    responses: {
      200: { description: word, content: { "application/json": { schema } } },
    },
  };
}

export type Tree = ReadonlyMap<string, string>;

export function treeOf(folder: string): Tree {
  const tree = new Map<string, string>();
  if (!fs.existsSync(folder)) return tree;
  const names = fs.readdirSync(folder, { recursive: true }).map(String).sort();
  for (const name of names) {
    const path = join(folder, name);
    if (fs.statSync(path).isFile()) {
      tree.set(name, fs.readFileSync(path, "utf8"));
    }
  }
  return tree;
}

export function isSame(one: Tree, two: Tree): boolean {
  return (
    one.size === two.size &&
    [...one].every(([path, text]) => two.get(path) === text)
  );
}

export function start(folder: string, ...argv: string[]): ChildProcess {
  return spawn(process.execPath, [BIN, "generate", ...argv, "--quiet"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

export async function endOf(child: ChildProcess) {
  let said = "";
  child.stderr?.on("data", (chunk) => (said += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

/** In this process; `""`, or how it ended and what it said. */
async function generateHere(cwd: string): Promise<string> {
  const globals = { cwd, json: false, quiet: false, verbose: false };
  const { exit, diagnostics } = await runGenerate(
    { spec: "api.json" },
    globals,
  );
  const said = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
  return exit === 0 ? "" : `${exit} ${said.join("\n")}`;
}

/** A project as an undisturbed run leaves it. */
export async function settle(folder: string, document: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(join(folder, "package.json"), "{}");
  fs.writeFileSync(join(folder, "api.json"), document);
  const { code, said } = await endOf(start(folder, "api.json"));
  if (code !== 0) throw new Error(said);
}

/** What a killed run may leave: whole files of either version, temporary ones, and the journal that heals. */
export function stateOf(
  left: Tree,
  before: Tree,
  after: Tree,
): "old" | "new" | "between" | { torn: string } {
  const files = [...left].filter(([path]) => !isTemporary(path));
  for (const [path, text] of files) {
    if (text !== before.get(path) && text !== after.get(path)) {
      return { torn: path };
    }
  }
  const tree = new Map(files);
  if (isSame(tree, before)) return "old";
  return isSame(tree, after) ? "new" : "between";
}

export function isTemporary(path: string): boolean {
  return /(?:^|\/)\.(?:kontract\.lock|.*\.[0-9a-f]+\.(?:new|old)$)/.test(path);
}

export interface KillFigures {
  rounds: number;
  old: number;
  new: number;
  /** Killed between the first and the last rename: whole files of both versions, until the next run. */
  between: number;
  /** With a lock or a temporary file left. */
  traces: number;
  /** The run had ended before it could be killed. */
  late: number;
  findings: string[];
}

/** Kills at any moment of a run, and in every other round within the time in which files are written. */
export async function killRuns(
  folder: string,
  random: Random,
  rounds: number,
): Promise<KillFigures> {
  const versions = versionsOf(40);
  const project = join(folder, "project");
  await settle(project, versions.old);
  const [before, handlers] = [
    treeOf(join(project, "generated")),
    treeOf(join(project, "handlers")),
  ];
  const began = performance.now();
  await settle(join(folder, "after"), versions.new);
  const whole = performance.now() - began;
  const after = treeOf(join(folder, "after/generated"));
  const saved = join(folder, "saved");
  fs.cpSync(project, saved, { recursive: true });

  const figures: KillFigures = {
    rounds: 0,
    old: 0,
    new: 0,
    between: 0,
    traces: 0,
    late: 0,
    findings: [],
  };
  for (let round = 0; round < rounds; round++) {
    fs.rmSync(project, { recursive: true });
    fs.cpSync(saved, project, { recursive: true });
    fs.writeFileSync(join(project, "api.json"), versions.new);
    const child = start(project, "api.json");
    const ended = endOf(child);
    if (round % 2 === 0) await sleep(random.next() * whole);
    else await untilWriting(project, child, random.next() * 30);
    if (child.exitCode !== null) figures.late++;
    child.kill("SIGKILL");
    await ended;
    figures.rounds++;

    const left = treeOf(join(project, "generated"));
    const state = stateOf(left, before, after);
    if (typeof state === "string") figures[state]++;
    else figures.findings.push(`round ${round}: ${state.torn} is torn`);
    if ([...left.keys()].some(isTemporary)) figures.traces++;
    for (const [path, text] of handlers) {
      const now = fs.readFileSync(join(project, "handlers", path), "utf8");
      if (!now.startsWith(text.slice(0, text.lastIndexOf("}")))) {
        figures.findings.push(`round ${round}: ${path} of the user is lost`);
      }
    }

    const said = await generateHere(project);
    if (said !== "") figures.findings.push(`round ${round}: healing: ${said}`);
    if (!isSame(treeOf(join(project, "generated")), after)) {
      figures.findings.push(`round ${round}: not healed`);
    }
    const rest = [...treeOf(project).keys()].filter(isTemporary);
    if (rest.length > 0) figures.findings.push(`round ${round}: left ${rest}`);
    if (!fs.readFileSync(join(project, HANDLERS), "utf8").includes("create(")) {
      figures.findings.push(`round ${round}: a handler is missing`);
    }
  }
  return figures;
}

/** The lock is there for as long as files are written. */
async function untilWriting(
  project: string,
  child: ChildProcess,
  delay: number,
): Promise<void> {
  const lock = join(project, "generated/.kontract.lock");
  while (!fs.existsSync(lock) && child.exitCode === null) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const until = performance.now() + delay;
  while (performance.now() < until) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Two runs at once, of two documents into one folder. */
export async function doubleRuns(folder: string, pairs: number) {
  const versions = versionsOf(20);
  const project = join(folder, "pair");
  const trees: Tree[] = [];
  for (const name of ["old", "new"] as const) {
    await settle(project, versions.old);
    fs.writeFileSync(join(project, `${name}.json`), versions[name]);
    await endOf(start(project, `${name}.json`, "--no-handlers"));
    trees.push(treeOf(join(project, "generated")));
  }
  const figures = {
    pairs: 0,
    first: 0,
    second: 0,
    refused: 0,
    findings: [] as string[],
  };
  for (let pair = 0; pair < pairs; pair++) {
    fs.rmSync(join(project, "generated"), { recursive: true, force: true });
    fs.writeFileSync(join(project, "old.json"), versions.old);
    const ends = await Promise.all(
      ["old.json", "new.json"].map((name) =>
        endOf(start(project, name, "--no-handlers")),
      ),
    );
    figures.pairs++;
    for (const { code, said } of ends) {
      if (code === 1) figures.refused++;
      else if (code !== 0)
        figures.findings.push(`pair ${pair}: ${code} ${said}`);
    }
    const tree = treeOf(join(project, "generated"));
    const [one, two] = trees;
    if (one && isSame(tree, one)) figures.first++;
    else if (two && isSame(tree, two)) figures.second++;
    else figures.findings.push(`pair ${pair}: neither`);
  }
  return figures;
}

/** A file system of its own; `undefined`: this system lets nobody mount one. */
export function mountSmall(folder: string, size: string) {
  fs.mkdirSync(folder, { recursive: true });
  const mount = (...argv: string[]) =>
    execFileSync("mount", argv, { stdio: "ignore" });
  try {
    mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder);
  } catch {
    return undefined;
  }
  return {
    readOnly: () => mount("-o", "remount,ro", folder),
    writable: () => mount("-o", "remount,rw", folder),
    unmount: () => execFileSync("umount", [folder], { stdio: "ignore" }),
  };
}

/** Less and less room on the disk, down to none, and then a disk that takes nothing. */
export async function starveRuns(folder: string) {
  const disk = join(folder, "disk");
  const mounted = mountSmall(disk, "4m");
  const figures = { full: 0, fits: 0, readOnly: 0, findings: [] as string[] };
  if (mounted === undefined) return undefined;
  const versions = versionsOf(20);
  const project = join(disk, "project");
  const filler = join(disk, "filler");
  const saved = join(folder, "before");
  await settle(saved, versions.old);
  fs.writeFileSync(join(saved, "api.json"), versions.new);
  const restore = () => {
    fs.rmSync(project, { recursive: true, force: true });
    fs.cpSync(saved, project, { recursive: true });
  };
  const judge = async (what: "full" | "readOnly", before: Tree) => {
    const said = await generateHere(project);
    const left = treeOf(project);
    const rest = [...left.keys()].filter(isTemporary);
    if (rest.length > 0) figures.findings.push(`${what}: left ${rest}`);
    if (said === "") {
      figures.fits++;
      return;
    }
    figures[what]++;
    if (!isSame(left, before)) figures.findings.push(`${what}: half written`);
    if (!said.startsWith("1 KT5005 ")) {
      figures.findings.push(`${what}: ended with ${said}`);
    }
  };
  try {
    for (let room = 0; room <= 400; room += 8) {
      fs.rmSync(filler, { force: true });
      restore();
      fill(filler, disk, room * 1024);
      await judge("full", treeOf(project));
    }
    fs.rmSync(filler, { force: true });
    restore();
    mounted.readOnly();
    await judge("readOnly", treeOf(project));
    mounted.writable();
    return figures;
  } finally {
    mounted.unmount();
  }
}

/** Takes all room of the disk but `room` bytes. */
function fill(path: string, disk: string, room: number): void {
  const { bavail, bsize } = fs.statfsSync(disk);
  const bytes = Math.max(0, bavail * bsize - room);
  fs.writeFileSync(path, Buffer.alloc(bytes));
}
