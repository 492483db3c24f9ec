/** Room `docs`: files of Swagger UI and Redoc, from the packages that the user has installed. */
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface AssetPackage {
  readonly version: string;
  /** Read once. */
  file(name: string): Promise<Buffer>;
}

const { resolve } = createRequire(import.meta.url);

/** Throws a sentence that says what to install. */
export function assetPackage(name: string): AssetPackage {
  let manifest: string;
  try {
    manifest = resolve(`${name}/package.json`);
  } catch (cause) {
    throw new Error(
      `the documentation needs the package ${name}: run \`npm install ${name}\`, or turn that page off`,
      { cause },
    );
  }
  const described: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  const version =
    typeof described === "object" &&
    described !== null &&
    "version" in described
      ? String(described.version)
      : "0";
  const files = new Map<string, Promise<Buffer>>();
  return {
    version,
    file(path) {
      let text = files.get(path);
      if (text === undefined) {
        text = readFile(join(manifest, "..", path));
        text.catch(() => files.delete(path));
        files.set(path, text);
      }
      return text;
    },
  };
}
