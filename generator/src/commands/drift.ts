/** Room `commands`: the ways in which a project can be out of step with its document, counted and listed. */
import type { Origin } from "../lint/diagnostic.js";
import type { SourceFile } from "../load/document.js";
import { positionsOf } from "../load/positions.js";

/** In the order in which they are told: one of them, several of them. */
const CLASSES = {
  "version-skew": ["other version of kontract", "other versions of kontract"],
  stale: ["stale file", "stale files"],
  "hand-edited": ["file edited by hand", "files edited by hand"],
  "missing-stub": ["missing handler", "missing handlers"],
  orphan: ["orphaned handler", "orphaned handlers"],
} as const;

export type DriftClass = keyof typeof CLASSES;

/** One thing that is out of step. */
export interface Drift {
  class: DriftClass;
  /** The file that `generate` would write, or that the user has to look at, as the user knows it. */
  file: string;
  /** `GET /books/{bookId}`. */
  operation?: string;
  /** `books.getBook`. */
  handler?: string;
  /** What has changed about an operation. */
  change?: "added" | "removed" | "changed";
  /** Places in the document that are the reason. */
  at: Origin[];
}

/** `drift: 1 changed operation, 2 stale files, 1 missing handler`. */
export function driftSummary(drift: readonly Drift[]): string[] {
  const changes = drift.filter(({ change }) => change !== undefined).length;
  const parts = [counted(changes, "changed operation", "changed operations")];
  for (const [name, [one, many]] of Object.entries(CLASSES)) {
    const { length } = drift.filter(
      (each) => each.class === name && each.change === undefined,
    );
    parts.push(counted(length, one, many));
  }
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? [] : [`drift: ${told.join(", ")}`];
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}

/** For `--json`: places with lines. */
export function driftJson(
  drift: readonly Drift[],
  sources: readonly SourceFile[],
): object[] {
  const origins = drift.flatMap(({ at }) => at);
  const positions = positionsOf(sources, origins);
  let index = 0;
  return drift.map(({ at, ...rest }) => ({
    ...rest,
    at: at.map(({ file, pointer }) => {
      const position = positions[index++];
      return {
        file,
        line: position?.line,
        column: position?.column,
        pointer,
      };
    }),
  }));
}
