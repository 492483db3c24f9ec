/** Room `commands`: `kontract generate --watch`: generates again whenever a file of the document changes. */
import { watch as watchFiles } from "chokidar";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ManifestOperation, readManifest } from "../output/manifest.js";
import { runGenerate } from "./generate.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets, type Target } from "./targets.js";

/** Editors write in several steps; ms of silence after which a change is whole. */
const SETTLED = 30;

const CONFIGS = ["ts", "mts", "js", "mjs", "json"].map(
  (suffix) => `kontract.config.${suffix}`,
);

/** What a watch needs from outside. */
export interface Watching {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Told of every run, the first one included. */
  report(outcome: Outcome): Promise<void>;
}

/** Gives the last run's outcome, once the signal says that it is enough. */
export async function runWatch(
  flags: TargetFlags,
  globals: GlobalOptions,
  { signal, report }: Watching,
): Promise<Outcome> {
  let last = await generateOnce(flags, globals);
  await report(last.outcome);
  const watcher = watchFiles([...last.files], { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const again = async (): Promise<void> => {
    last = await generateOnce(flags, globals, last.files);
    // A document that was broken may refer to files that only now are read.
    watcher.add([...last.files]);
    if (!isQuiet(last.outcome)) await report(last.outcome);
  };
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(again);
    }, SETTLED);
  });
  await new Promise<void>((end) => {
    if (signal.aborted) end();
    else signal.addEventListener("abort", () => end(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await running;
  return last.outcome;
}

interface Run {
  outcome: Outcome;
  /** Absolute paths of everything that the run depends on. */
  files: ReadonlySet<string>;
}

/** Wrong usage is told like a finding here: the config may be mended while we watch. */
async function generateOnce(
  flags: TargetFlags,
  globals: GlobalOptions,
  known: ReadonlySet<string> = new Set(),
): Promise<Run> {
  const before = await operationsOf(flags, globals);
  const outcome = await runGenerate(flags, globals).catch(
    (error: unknown): Outcome => ({
      exit: 2,
      diagnostics: [],
      sources: [],
      files: [],
      timings: {},
      summary: [error instanceof Error ? error.message : String(error)],
    }),
  );
  const files = new Set([...known, ...(await filesOf(flags, globals))]);
  for (const { path } of outcome.sources) {
    const file = resolve(globals.cwd, path);
    if (existsSync(file)) files.add(file);
  }
  if (outcome.exit === 0) {
    outcome.summary.push(
      ...news(before, await operationsOf(flags, globals), outcome),
    );
  }
  return { outcome, files };
}

/** Nothing changed, and nothing is wrong: an editor that saved the same text. */
function isQuiet({ exit, files }: Outcome): boolean {
  return exit === 0 && files.every(({ status }) => status === "unchanged");
}

async function targetsOf(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Target[]> {
  try {
    return await resolveTargets(flags, globals);
  } catch {
    // Said by the run itself.
    return [];
  }
}

async function filesOf(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<string[]> {
  const files =
    globals.config === undefined
      ? CONFIGS.map((name) => join(globals.cwd, name)).filter(existsSync)
      : [resolve(globals.cwd, globals.config)];
  for (const { spec, out } of await targetsOf(flags, globals)) {
    files.push(spec);
    for (const { path } of readManifest(out).manifest?.inputs ?? []) {
      files.push(resolve(dirname(spec), path));
    }
  }
  return files;
}

async function operationsOf(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Map<string, ManifestOperation>> {
  const operations = new Map<string, ManifestOperation>();
  for (const { out } of await targetsOf(flags, globals)) {
    for (const each of readManifest(out).manifest?.operations ?? []) {
      operations.set(`${out} ${each.handler}`, each);
    }
  }
  return operations;
}

/** What was written, and which handlers may have to follow. */
function news(
  before: ReadonlyMap<string, ManifestOperation>,
  after: ReadonlyMap<string, ManifestOperation>,
  { files }: Outcome,
): string[] {
  const lines = files
    .filter(({ status }) => status !== "unchanged")
    .map(({ path, status }) => `  ${status} ${path}`);
  if (before.size === 0) return lines;
  for (const [key, { handler, method, path, hash }] of after) {
    const known = before.get(key);
    if (known === undefined)
      lines.push(`  new: ${handler} (${method} ${path})`);
    else if (known.hash !== hash) {
      lines.push(`  changed: look at ${handler} (${method} ${path})`);
    }
  }
  for (const [key, { handler, method, path }] of before) {
    if (!after.has(key)) lines.push(`  gone: ${handler} (${method} ${path})`);
  }
  return lines;
}
