/** The one place that knows where the shared specifications and suites lie. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../shared/", import.meta.url));

/** False on a machine without the shared data: tests that need it then say so and are counted as skipped. */
export const sharedAvailable: boolean = existsSync(root);

if (!sharedAvailable) {
  process.stderr.write(
    "\n!!! SHARED DATA ABSENT: tests on real documents and official suites do not run !!!\n\n",
  );
}

/** Absolute path of a shared file, e.g. `shared("suites/parameters.json")`. */
export function shared(path: string): string {
  return root + path;
}
