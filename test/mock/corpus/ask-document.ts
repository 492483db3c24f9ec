/** One real document: served as its users serve it, and asked. */
import { generate } from "../../../generator/src/generate.js";
import type { JsonObject } from "../../../generator/src/load/document.js";
import type { Operation } from "../../../generator/src/model/api.js";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import type { Entry } from "../../corpus/documents.js";
import { shared } from "../../shared.js";
import { startBuiltMock, type startMock } from "../start-mock.js";
import { askMock, type MockReport } from "./ask-mock.js";

export interface AskedDocument {
  /** From the start of the process to `listening on`, in s. */
  ready: number;
  report: MockReport;
}

export async function askDocument(
  { path, root }: Entry,
  isAsked?: (operation: Operation, at: number) => boolean,
  start: typeof startMock = startBuiltMock,
): Promise<AskedDocument> {
  const spec = shared(`specs/${path}`);
  const tree = root === undefined ? undefined : shared(`specs/${root}`);
  const before = performance.now();
  const mock = await start(
    spec,
    ...(tree === undefined ? [] : ["--root", tree]),
  );
  const ready = (performance.now() - before) / 1000;
  try {
    const options = tree === undefined ? {} : { root: tree };
    const { layout } = await generate(spec, options, { runsOnly: true });
    const { value } = await loadDocument(spec, { ...options, cwd: "." });
    if (!layout || !value) throw new Error(`${path} is refused`);
    const bundle: JsonObject = value.bundle();
    const report = await askMock(mock.url, layout.api, bundle, isAsked);
    const log = mock
      .stderr()
      .split("\n")
      .filter((line) => line !== "" && !line.includes('"status":501'));
    report.unexplained.push(...log.map((line) => `log: ${line.slice(0, 600)}`));
    return { ready, report };
  } finally {
    await mock.stop();
  }
}
