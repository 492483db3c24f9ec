/** Room `commands`: handlers that are missing, and handlers that no operation has. */
import type { Generated } from "../generate.js";
import { Diagnostics } from "../lint/diagnostic.js";
import { readManifest } from "../output/manifest.js";
import { pathLabel } from "../output/path-label.js";
import { handlerGroups } from "../scaffold/handler-group.js";
import { planScaffold } from "../scaffold/scaffold.js";
import type { Drift } from "./drift.js";
import { operationOf } from "./operation-of.js";
import type { Outcome } from "./outcome.js";
import type { Target } from "./targets.js";
import { userSources } from "./user-sources.js";

export async function checkHandlers(
  { out, options }: Target,
  handlers: string,
  { layout }: Generated,
  cwd: string,
  outcome: Outcome,
  drift: Drift[],
): Promise<void> {
  if (layout === undefined) return;
  const plan = await planScaffold(handlerGroups(layout), {
    handlers,
    out,
    cwd,
    importExtension: options.importExtension ?? ".js",
    before: readManifest(out).manifest?.operations ?? [],
  });
  const found = new Diagnostics();
  for (const { handler, method, path, ...place } of plan.missing) {
    const operation = `${method} ${path}`;
    const spec = operationOf(layout, handler)?.origin;
    const at = spec === undefined ? [] : [spec];
    found.error(
      "KT5008",
      { ...place, pointer: "" },
      `the handler \`${handler}\` of \`${operation}\` is missing`,
      {
        help: "run `kontract generate`: it adds a stub that answers 501",
        related: at,
      },
    );
    const { file } = place;
    drift.push({ class: "missing-stub", file, operation, handler, at });
  }
  const incomplete = new Set(plan.missing.map((each) => each.file));
  for (const each of plan.diagnostics) {
    if (each.code === "KT5007") found.list.push({ ...each, severity: "error" });
    else if (!incomplete.has(each.origin.file)) found.list.push(each);
  }
  for (const { handler, diagnostic } of plan.orphans) {
    const { origin } = diagnostic;
    drift.push({ class: "orphan", file: origin.file, handler, at: [origin] });
  }
  for (const { path, status } of plan.files) {
    outcome.files.push({ path: pathLabel(path, cwd), status });
  }
  outcome.diagnostics.push(...found.list);
  outcome.sources.push(...userSources(found.list, cwd));
}
