/** A few operations of real documents, asked of their mocks; `npm run test:mock-corpus` asks all of all. */
import { describe, expect, it } from "vitest";
import { entries } from "../../corpus/documents.js";
import { sharedAvailable } from "../../shared.js";
import { startMock } from "../start-mock.js";
import { askDocument } from "./ask-document.js";

/** Paths, and of every how many operations one is asked. */
const SAMPLE: readonly [string, number][] = [
  ["real/redocly-museum/openapi.yaml", 1],
  ["real/lakefs/swagger.yml", 5],
];

describe.skipIf(!sharedAvailable)("mocks of real documents", () => {
  it.each(SAMPLE)("%s", async (path, every) => {
    const entry = entries().find((each) => each.path === path);
    if (entry === undefined) throw new Error(`${path} is not there`);
    const { report } = await askDocument(
      entry,
      (_, at) => at % every === 0,
      startMock,
    );
    expect(report.unexplained).toEqual([]);
    expect(report.asked).toBe(Math.ceil(report.operations / every));
    expect(report.accepted).toBe(report.asked);
    expect(report.validated).toBeGreaterThan(0);
  });
});
