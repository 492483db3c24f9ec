/** Room `commands`: `kontract generate`. */
import { join } from "node:path";
import type { Layout } from "../name/layout.js";
import { findUnchanged } from "../output/unchanged.js";
import { MANIFEST_FILE, type ManifestOperation } from "../output/manifest.js";
import { pathLabel } from "../output/path-label.js";
import { namesake } from "../scaffold/find-handlers.js";
import type { HandlerGroup } from "../scaffold/handler-group.js";
import { hasAllHandlers } from "../scaffold/quick-look.js";
import { kontractBuild, kontractVersion } from "../version.js";
import { countFiles } from "./count-files.js";
import { exitCodeOf } from "./exit-code.js";
import { mergeOutcomes } from "./merge-outcomes.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { userSources } from "./user-sources.js";
import { resolveTargets, type Target } from "./targets.js";

export async function runGenerate(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const targets = await resolveTargets(flags, globals);
  const outcomes: Outcome[] = [];
  for (const target of targets) {
    const start = performance.now();
    const outcome = skip(target, globals) ?? (await write(target, globals));
    if (outcome.exit === 0) {
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      const name = target.name === undefined ? "" : `${target.name}: `;
      outcome.summary.unshift(
        `${name}${countFiles(outcome.files)} in ${seconds} s`,
      );
    }
    outcomes.push(outcome);
  }
  return mergeOutcomes(outcomes);
}

/** The run in which nothing has changed: no stage is loaded, nothing is written. */
function skip(
  { spec, out, handlers, options, optionsHash }: Target,
  { cwd, json }: GlobalOptions,
): Outcome | undefined {
  // the style of the user's prettier may have changed, which only prettier can tell
  if (options.format === "prettier") return undefined;
  const start = performance.now();
  const manifest = findUnchanged({
    entry: spec,
    out,
    version: kontractVersion(),
    build: kontractBuild(),
    options: optionsHash,
  });
  if (manifest === undefined) return undefined;
  // whoever reads the object wants the findings in it
  if (json && manifest.warnings > 0) return undefined;
  const groups = groupsOf(manifest.operations);
  if (handlers !== false && !hasAllHandlers(handlers, groups)) return undefined;

  const paths = manifest.files.map(({ path }) => join(out, path));
  paths.push(join(out, MANIFEST_FILE));
  for (const group of groups) {
    const path = handlers === false ? undefined : namesake(handlers, group);
    if (path !== undefined) paths.push(path);
  }
  return {
    exit: 0,
    diagnostics: [],
    sources: [],
    files: paths.map((path) => ({
      path: pathLabel(path, cwd),
      status: "unchanged",
    })),
    timings: { compare: performance.now() - start },
    summary:
      manifest.warnings > 0
        ? [`${manifest.warnings} warnings as before: see \`kontract lint\``]
        : [],
  };
}

async function write(target: Target, { cwd }: GlobalOptions): Promise<Outcome> {
  const { generate } = await import("../generate.js");
  const { openEarlier } = await import("../output/earlier.js");
  // what prettier has laid out is not what we print
  const earlier =
    target.options.format === "prettier"
      ? undefined
      : openEarlier(target.out, {
          version: kontractVersion(),
          build: kontractBuild(),
          options: target.optionsHash,
        });
  const { files, diagnostics, sources, timings, layout } = await generate(
    target.spec,
    target.options,
    { earlier },
  );
  const outcome: Outcome = {
    exit: exitCodeOf(diagnostics),
    diagnostics,
    sources,
    files: [],
    timings,
    summary: [],
  };
  if (outcome.exit !== 0) return outcome;

  const plan = await time(timings, "scaffold", () =>
    scaffold(target, layout, cwd),
  );
  outcome.diagnostics.push(...plan.diagnostics);
  outcome.sources.push(...userSources(plan.diagnostics, cwd));
  const { save } = await import("../output/save.js");
  const report = await time(timings, "save", () =>
    save(target.out, files, { cwd, beside: plan.changes }),
  );
  outcome.diagnostics.push(...report.diagnostics);
  outcome.exit = exitCodeOf(outcome.diagnostics);
  if (outcome.exit !== 0) return outcome;

  for (const { path, status } of report.files) {
    outcome.files.push({
      path: pathLabel(join(target.out, path), cwd),
      status,
    });
  }
  for (const { path, status } of plan.files) {
    outcome.files.push({ path: pathLabel(path, cwd), status });
  }
  return outcome;
}

async function scaffold(
  { out, handlers, options }: Target,
  layout: Layout | undefined,
  cwd: string,
) {
  if (handlers === false || layout === undefined) {
    return { changes: [], files: [], diagnostics: [] };
  }
  const { handlerGroups } = await import("../scaffold/handler-group.js");
  const { planScaffold } = await import("../scaffold/scaffold.js");
  const { readManifest } = await import("../output/manifest.js");
  return planScaffold(handlerGroups(layout), {
    handlers,
    out,
    cwd,
    importExtension: options.importExtension ?? ".js",
    before: readManifest(out).manifest?.operations ?? [],
  });
}

async function time<T>(
  timings: Record<string, number>,
  stage: string,
  run: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const value = await run();
  timings[stage] = performance.now() - start;
  return value;
}

/** As much of the groups as a quick look needs. */
function groupsOf(operations: readonly ManifestOperation[]): HandlerGroup[] {
  const groups = new Map<string, HandlerGroup>();
  for (const { handler, file, method, path } of operations) {
    const [key = "", name = ""] = handler.split(".");
    const stem = /^operations\/([^/]+?)(?:\/\d+)?\.ts$/.exec(file)?.[1] ?? key;
    const group = groups.get(key) ?? { key, type: "", stem, methods: [] };
    group.methods.push({ name, method, path });
    groups.set(key, group);
  }
  return [...groups.values()];
}
