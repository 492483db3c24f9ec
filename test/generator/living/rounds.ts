/** Projects that live: users edit, documents change, code is generated again; every round is judged. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { runCheck } from "../../../generator/src/commands/check.js";
import { runGenerate } from "../../../generator/src/commands/generate.js";
import { STRICT_FLAGS } from "../../corpus/strict-flags.js";
import { seededRandom, type Random } from "../../random.js";
import {
  filesOf,
  mutate,
  type Operation,
  randomSpec,
  routeOf,
  type Spec,
  TAGS,
  viewOf,
} from "./changing-spec.js";
import { type Group, GROUPS, handlerFile, touchUp } from "./handler-text.js";

export interface Wanted {
  seed: number;
  rounds: number;
  /** Rounds that one run of the compiler judges together. */
  batch: number;
  progress?(done: number): void;
}

export interface Figures {
  rounds: number;
  /** Operations that came, went or changed. */
  changes: number;
  /** Rounds in which nothing that code can see was changed. */
  quiet: number;
  stubs: number;
  orphans: number;
  /** Faults of the compiler, all of them in handlers that the change touches. */
  expectedFaults: number;
  findings: string[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const globals = { json: false, quiet: false, verbose: false };
/** Rounds that one project lives for. */
const LIFE = 12;

interface UserFile {
  group: Group;
  /** Handlers whose operation has changed since the user last wrote the file. */
  stale: Set<string>;
  /** Handlers that orphans are told of when their operation goes: those of the object itself. */
  own: Set<string>;
}

interface Project {
  folder: string;
  spec: Spec;
  files: Map<string, UserFile>;
}

export async function liveThrough(wanted: Wanted): Promise<Figures> {
  const random = seededRandom(wanted.seed);
  const top = fs.realpathSync(
    fs.mkdtempSync(join(tmpdir(), "kontract-living-")),
  );
  const figures: Figures = {
    rounds: 0,
    changes: 0,
    quiet: 0,
    stubs: 0,
    orphans: 0,
    expectedFaults: 0,
    findings: [],
  };
  const judged = new Map<string, Map<string, UserFile>>();
  try {
    fs.symlinkSync(join(root, "node_modules"), join(top, "node_modules"));
    fs.writeFileSync(join(top, "package.json"), '{"type":"module"}');
    let project: Project | undefined;
    for (let round = 0; round < wanted.rounds; round++) {
      if (round % LIFE === 0) project = await begin(random, top);
      if (project === undefined) break;
      const said = await liveOn(random, project, figures);
      for (const each of said) {
        figures.findings.push(`seed ${wanted.seed}, round ${round}: ${each}`);
      }
      figures.rounds++;
      const name = `r${round}`;
      for (const part of ["generated", "handlers"]) {
        fs.cpSync(join(project.folder, part), join(top, name, part), {
          recursive: true,
        });
      }
      judged.set(name, structuredClone(project.files));
      if (judged.size === wanted.batch || round === wanted.rounds - 1) {
        judge(top, judged, figures, wanted.seed);
        for (const each of judged.keys()) {
          fs.rmSync(join(top, each), { recursive: true });
        }
        judged.clear();
        wanted.progress?.(round + 1);
      }
    }
    return figures;
  } finally {
    fs.rmSync(top, { recursive: true, force: true });
  }
}

async function begin(random: Random, top: string): Promise<Project> {
  const folder = join(top, "project");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  const style = random.pick([
    {},
    {},
    { ".prettierrc": '{ "semi": false, "singleQuote": true }' },
    { ".editorconfig": "[*]\nindent_style = tab\n" },
  ]);
  put(folder, { ...style });
  const spec = randomSpec(random);
  put(folder, filesOf(spec));
  await runGenerate({ spec: "api.json" }, { ...globals, cwd: folder });
  return { folder, spec, files: new Map() };
}

async function liveOn(
  random: Random,
  project: Project,
  figures: Figures,
): Promise<string[]> {
  const said: string[] = [];
  const { folder } = project;
  const options = { ...globals, cwd: folder };
  edit(random, project);
  const before = project.spec;
  const after = mutate(random, before);
  project.spec = after;
  put(folder, filesOf(after));

  const expected = changesBetween(before, after);
  figures.changes += expected.size;
  if (expected.size === 0) figures.quiet++;
  const checked = await runCheck({ spec: "api.json" }, options);
  said.push(...compare("changes", driftOf(checked, "stale"), expected));
  const lost = lostHandlers(project, after);
  said.push(
    ...compare("missing", driftOf(checked, "missing-stub"), lost.missing),
  );
  said.push(...compare("orphans", driftOf(checked, "orphan"), lost.orphans));
  figures.stubs += lost.missing.size;
  figures.orphans += lost.orphans.size;

  const texts = readHandlers(folder);
  const outcome = await runGenerate({ spec: "api.json" }, options);
  if (outcome.exit !== 0) {
    said.push(
      `generate ended with ${outcome.exit}: ${JSON.stringify(outcome.diagnostics)}`,
    );
  }
  for (const { code, message } of outcome.diagnostics) {
    if (code === "KT5006") said.push(`not added: ${message}`);
  }
  const now = readHandlers(folder);
  for (const [path, text] of texts) {
    if (!isInsertedInto(text, now.get(path) ?? "")) {
      said.push(`bytes of ${path} are lost`);
    }
  }
  noteTouched(project, before, after);
  if (random.chance(0.2)) {
    const again = await runCheck({ spec: "api.json" }, options);
    said.push(
      ...compare("changes afterwards", driftOf(again, "stale"), new Set()),
    );
    said.push(
      ...compare(
        "missing afterwards",
        driftOf(again, "missing-stub"),
        new Set(),
      ),
    );
    said.push(
      ...compare("orphans afterwards", driftOf(again, "orphan"), lost.orphans),
    );
  }
  return said;
}

/** The user writes files anew, so that they fit the document of the day, or changes a little. */
function edit(random: Random, { folder, spec, files }: Project): void {
  for (const tag of TAGS) {
    const group = GROUPS[tag];
    if (group === undefined) continue;
    const path = join(folder, "handlers", `${group.stem}.ts`);
    if (!fs.existsSync(path)) continue;
    const operations = spec.operations.filter((each) => each.tag === tag);
    const known = files.get(group.stem);
    if (operations.length === 0) {
      if (random.chance(0.5)) {
        fs.rmSync(path);
        files.delete(group.stem);
      }
    } else if (known === undefined || random.chance(0.6)) {
      const text = handlerFile(random, group, operations, spec);
      fs.writeFileSync(path, text);
      const ids = operations.map(({ id }) => id);
      const own = new Set(/\bconst some\b/.test(text) ? ids.slice(1) : ids);
      files.set(group.stem, { group, stale: new Set(), own });
    } else {
      fs.writeFileSync(path, touchUp(random, fs.readFileSync(path, "utf8")));
    }
  }
}

/** Names of handlers in a file, as the user's texts and our stubs have them. */
function namesIn(folder: string, { group }: UserFile): Set<string> {
  const path = join(folder, "handlers", `${group.stem}.ts`);
  const file = parse(path, fs.readFileSync(path, "utf8"));
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isMethodDeclaration(node) ||
        ts.isPropertyAssignment(node) ||
        ts.isShorthandPropertyAssignment(node)) &&
      !/^(?:nested|a|get1|post2)$/.test(nameOf(node.name))
    ) {
      names.add(nameOf(node.name));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function lostHandlers({ folder, files }: Project, spec: Spec) {
  const missing = new Set<string>();
  const orphans = new Set<string>();
  const wanted = new Map<string, Set<string>>();
  for (const { tag, id } of spec.operations) {
    const { stem = "" } = GROUPS[tag] ?? {};
    wanted.set(stem, (wanted.get(stem) ?? new Set()).add(id));
  }
  for (const [stem, ids] of wanted) {
    const file = files.get(stem);
    const key = Object.values(GROUPS).find((each) => each.stem === stem)?.key;
    const names = file && namesIn(folder, file);
    for (const id of ids) {
      if (!names?.has(id)) missing.add(`${key}.${id}`);
    }
  }
  for (const [stem, file] of files) {
    const names = namesIn(folder, file);
    for (const name of file.own) {
      if (names.has(name) && !wanted.get(stem)?.has(name)) {
        orphans.add(`${file.group.key}.${name}`);
      }
    }
  }
  return { missing, orphans };
}

function noteTouched(
  { folder, files }: Project,
  before: Spec,
  after: Spec,
): void {
  const was = new Map(before.operations.map((each) => [each.id, each]));
  const is = new Map(after.operations.map((each) => [each.id, each]));
  for (const [id, operation] of was) {
    const now = is.get(id);
    if (now && viewOf(operation, before) === viewOf(now, after)) continue;
    const file = files.get(GROUPS[operation.tag]?.stem ?? "");
    file?.stale.add(id);
  }
  for (const operation of after.operations) {
    const group = GROUPS[operation.tag];
    if (group === undefined) continue;
    const path = join(folder, "handlers", `${group.stem}.ts`);
    if (!files.has(group.stem) && fs.existsSync(path)) {
      files.set(group.stem, { group, stale: new Set(), own: new Set() });
    }
    // A stub of ours is a handler of the object itself from now on.
    const file = files.get(group.stem);
    if (file && was.get(operation.id)?.tag !== operation.tag) {
      file.own.add(operation.id);
    }
  }
}

/** By id and route, else by id, else by route: as `check` pairs operations. */
function changesBetween(before: Spec, after: Spec): Set<string> {
  const changes = new Set<string>();
  const left = new Set(before.operations);
  const open = new Set(after.operations);
  for (const keyOf of [
    (each: Operation) => `${each.id} ${routeOf(each)}`,
    ({ id }: Operation) => id,
    routeOf,
  ]) {
    for (const operation of open) {
      const was = [...left].find((each) => keyOf(each) === keyOf(operation));
      if (was === undefined) continue;
      open.delete(operation);
      left.delete(was);
      if (viewOf(was, before) !== viewOf(operation, after)) {
        changes.add(`changed ${routeOf(operation)}`);
      }
    }
  }
  for (const each of open) changes.add(`added ${routeOf(each)}`);
  for (const each of left) changes.add(`removed ${routeOf(each)}`);
  return changes;
}

function driftOf(
  { more }: { more?: Record<string, unknown> },
  name: string,
): Set<string> {
  const drift = more?.["drift"] as {
    class: string;
    operation?: string;
    handler?: string;
    change?: string;
  }[];
  const found = new Set<string>();
  for (const each of drift) {
    if (each.class !== name) continue;
    if (name !== "stale") found.add(each.handler ?? "");
    else if (each.change) found.add(`${each.change} ${each.operation}`);
  }
  return found;
}

function compare(
  what: string,
  found: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): string[] {
  const extra = [...found].filter((each) => !expected.has(each));
  const missing = [...expected].filter((each) => !found.has(each));
  return extra.length + missing.length === 0
    ? []
    : [`${what}: too many ${extra.join(", ")}; too few ${missing.join(", ")}`];
}

/** One run of the compiler over many rounds: faults may stand in handlers only, and there in touched ones only. */
function judge(
  top: string,
  judged: ReadonlyMap<string, ReadonlyMap<string, UserFile>>,
  figures: Figures,
  seed: number,
): void {
  fs.writeFileSync(
    join(top, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        ...STRICT_FLAGS,
        noEmit: true,
        declaration: false,
        isolatedDeclarations: false,
        typeRoots: [join(root, "node_modules/@types")],
        paths: {
          "@kontract/runtime": [join(root, "runtime/src/index.ts")],
          "@kontract/runtime/*": [join(root, "runtime/src/*.ts")],
        },
      },
      include: ["r*/**/*.ts"],
    }),
  );
  const compiler = join(root, "node_modules/typescript-7/bin/tsc");
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [compiler, "-p", top, "--pretty", "false"],
    { encoding: "utf8", maxBuffer: 256 * 2 ** 20, cwd: top },
  );
  const faults = stdout
    .split("\n")
    .filter((line) => /^\S.*error TS/.test(line));
  if (status !== 0 && faults.length === 0) {
    figures.findings.push(`the compiler ended with ${status}: ${stderr}`);
  }
  for (const fault of faults) {
    const [, round = "", part, stem = "", line, column] =
      /^(r\d+)\/(handlers|generated)\/(.*?)\.ts\((\d+),(\d+)\)/.exec(fault) ??
      [];
    const file = part === "handlers" ? judged.get(round)?.get(stem) : undefined;
    const name =
      file &&
      handlerAt(
        join(top, round, "handlers", `${stem}.ts`),
        Number(line),
        Number(column),
      );
    const isExpected =
      file !== undefined &&
      (name === undefined ? file.stale.size > 0 : file.stale.has(name));
    if (isExpected) figures.expectedFaults++;
    else figures.findings.push(`seed ${seed}, ${fault}`);
  }
}

/** The handler that a place belongs to; `undefined`: the file as a whole. */
function handlerAt(
  path: string,
  line: number,
  column: number,
): string | undefined {
  const file = parse(path, fs.readFileSync(path, "utf8"));
  const position = file.getPositionOfLineAndCharacter(line - 1, column - 1);
  let name: string | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) || position >= node.getEnd()) return;
    if (
      ts.isMethodDeclaration(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isVariableDeclaration(node)
    ) {
      const found = nameOf(node.name);
      if (/^(?:get|post|put|delete|renamed)\d+$/.test(found)) name ??= found;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return name;
}

function nameOf(name: ts.Node): string {
  return ts.isStringLiteral(name) ? name.text : name.getText();
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function readHandlers(folder: string): Map<string, string> {
  const handlers = join(folder, "handlers");
  return new Map(
    fs.readdirSync(handlers).map((name) => [
      name,
      // one code unit a byte
      fs.readFileSync(join(handlers, name), "latin1"),
    ]),
  );
}

/** `true` when `whole` is `part` with bytes inserted into it. */
function isInsertedInto(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

function put(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    fs.writeFileSync(join(folder, path), text);
  }
}
