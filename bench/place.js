/** Where benches read and write: the project, its shared data, and a scratch folder that resolves the project's packages. */
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tsImport } from "tsx/esm/api";

/** Absolute path below the root of the project. */
export function project(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** Absolute path below this folder. */
export function inBench(path) {
  return project(`bench/${path}`);
}

/** An empty folder: below `node_modules`, so that what is generated there finds the packages. */
export function scratch(name) {
  const folder = project(`node_modules/.cache/kontract-bench/${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Absolute path of a shared document, or undefined where the shared data is absent. */
export async function sharedPath(path) {
  const { shared, sharedAvailable } = await tsImport(
    "../test/shared.ts",
    import.meta.url,
  );
  return sharedAvailable ? shared(path) : undefined;
}

export const github = project(
  "node_modules/@octokit/openapi/generated/api.github.com.json",
);
