/** Room `commands`: what happened to how many files, in one line. */
import type { FileStatus } from "../output/compare.js";
import type { Outcome } from "./outcome.js";

const ORDER: readonly FileStatus[] = [
  "created",
  "updated",
  "unchanged",
  "removed",
];

/** `2 created, 1 updated, 30 unchanged, 0 removed`. */
export function countFiles(files: Outcome["files"]): string {
  return ORDER.map(
    (status) =>
      `${files.filter((file) => file.status === status).length} ${status}`,
  ).join(", ");
}
