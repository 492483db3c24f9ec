/** Room `generator`: the pipeline, top to bottom. */
import { resolve } from "node:path";
import { emitFiles } from "./emit/emit-files.js";
import { typedOnlyOf } from "./emit/report.js";
import type { Earlier } from "./emit/reuse.js";
import type { Diagnostic } from "./lint/diagnostic.js";
import { lintDocument, withSeverities } from "./lint/lint-document.js";
import { readSuppressions } from "./lint/suppressions.js";
import { severitiesOf } from "./lint/severities.js";
import { atWrittenPlaces } from "./lint/written-places.js";
import type { SourceFile } from "./load/document.js";
import { loadDocument } from "./load/read-document.js";
import { buildApi } from "./model/build-api.js";
import { nameApi } from "./name/name-api.js";
import type { Layout } from "./name/layout.js";
import type { Options } from "./options.js";
import { formatFiles } from "./output/format.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { inputsOf } from "./output/inputs.js";
import type { Manifest } from "./output/manifest.js";
import { hashOptions } from "./output/hash-options.js";
import { sealFiles } from "./output/seal.js";
import type { Report } from "./report/feature.js";
import { openRun } from "./run-stages.js";
import { placeTypes } from "./place-types.js";
import { placeSource } from "./place-source.js";
import { kontractVersion } from "./version.js";

export interface Generated {
  /** Empty when there are errors. */
  files: GeneratedFile[];
  diagnostics: Diagnostic[];
  /** The last of the files, as data; absent when there are errors. */
  manifest?: Manifest;
  /** ms by stage. */
  timings: Record<string, number>;
  /** The texts that were read: diagnostics point into them. */
  sources: SourceFile[];
  /** What is called how, and stands where. */
  layout?: Layout;
  /** What the document uses, and what becomes of it; for those who ask. */
  report?: Report;
}

/**
 * `source`: a path, a `file:` URL, or the document itself as an object. A bad document never throws. `earlier`: what may be
 * taken over instead of being printed again; the output is the same without it. `runsOnly`: for a service that runs at once: without what
 * only compilers and clients look at, and with values as they are on the wire.
 */
export async function generate(
  source: string | URL | object,
  options: Options = {},
  {
    style = false,
    runsOnly = false,
    report = false,
    earlier,
  }: {
    style?: boolean;
    runsOnly?: boolean;
    report?: boolean;
    earlier?: Earlier | undefined;
  } = {},
): Promise<Generated> {
  const run = openRun();
  const cwd = resolve(options.cwd ?? ".");
  const { label, project } = placeSource(source, cwd);
  const sources: SourceFile[] = [];
  const wishes = { severities: severitiesOf(options.lint), style };
  let reported: Report | undefined;
  const heed = (found: Diagnostic[]) => {
    const placed = document ? atWrittenPlaces(found, document) : found;
    const kept = withSeverities(placed, wishes);
    return suppressions?.apply(kept) ?? kept;
  };

  const document = await run.stage("load", source, async (it) => {
    const loaded = await loadDocument(it, { ...options, cwd });
    sources.push(...loaded.files);
    return loaded;
  });
  const linted = await run.stage("lint", document, (it) =>
    lintDocument(it, wishes),
  );
  const suppressions = document && readSuppressions(document);
  const api = await run.stage("build", linted, (it) =>
    buildApi(it, {
      ...options,
      types: placeTypes(options, cwd),
      wireValues: runsOnly,
    }),
  );
  const valued = document && api && { document, api };
  if (style) {
    await run.stage("examples", run.unlessErrors(valued), async (it) => {
      const { checkValues } = await import("./examples/check-values.js");
      return checkValues(it.document, it.api);
    });
  }
  const layout = await run.stage("name", api, (it) => nameApi(it));
  run.revise(heed);
  const named = document && layout && { document, layout };
  const emitted = await run.stage("emit", run.unlessErrors(named), (it) =>
    emitFiles(
      it.layout,
      it.document,
      {
        version: kontractVersion(),
        source: label,
        importExtension: options.importExtension ?? ".js",
        validationStatus: options.validationStatus ?? 422,
        responseChecks: options.responseChecks ?? true,
        runsOnly,
      },
      earlier,
    ),
  );
  run.revise(heed);
  // With errors some stages have not run: what they would have said may be what is ignored.
  if (style && suppressions && run.unlessErrors(true)) {
    const unused = withSeverities(suppressions.unused(), wishes);
    run.revise((found) => [...found, ...unused]);
  }
  const printed = await run.stage("format", run.unlessErrors(emitted), (it) =>
    formatFiles(it.files, { ...options, cwd }),
  );
  const sealed = await run.stage("seal", printed, (it) =>
    sealFiles(it, {
      digest: document?.digest ?? "",
      options: hashOptions(options, label, project),
      warnings: run.diagnostics.length,
      inputs: inputsOf(sources, cwd),
      operations: emitted?.operations ?? [],
      parts: emitted?.parts ?? [],
    }),
  );

  if (report && document) {
    const { makeReport } = await import("./report/make-report.js");
    const unsaid = layout && emitted === undefined ? typedOnlyOf(layout) : [];
    const said = atWrittenPlaces([...run.said, ...unsaid], document);
    reported = makeReport(document, said);
  }

  const { diagnostics, timings } = run;
  return {
    files: [],
    ...sealed,
    diagnostics,
    timings,
    sources,
    ...(layout && { layout }),
    ...(reported && { report: reported }),
  };
}
