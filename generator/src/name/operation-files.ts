/** Room `name`: the file that each operation lives in. */
import type { Group, Operation } from "../model/api.js";
import type { FilePath } from "./layout.js";
import { inOrder, partFiles } from "./part-files.js";

/** Paths whose operations share a file, at most on average. A file is what the first request of an operation loads. */
const MOST_PATHS = 40;

/** The operations of a group, by file; all operations of one path stand in one file. */
export function operationFiles(
  group: Group,
  stem: string,
): Map<FilePath, Operation[]> {
  const files = partFiles(
    `operations/${stem}`,
    group.operations.map(({ path }) => path),
    MOST_PATHS,
  );
  const operations = new Map<FilePath, Operation[]>();
  for (const file of inOrder(files.values())) operations.set(file, []);
  for (const operation of group.operations) {
    const file = files.get(operation.path);
    if (file !== undefined) operations.get(file)?.push(operation);
  }
  return operations;
}
