/** Room `generator`: which version of kontract this is, and which build of it. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

let version: string | undefined;
let build: string | undefined;

export function kontractVersion(): string {
  version ??= readMember("../package.json", "version");
  return version;
}

/** Digest over the sources that this was built from: while developing, builds of one version differ. */
export function kontractBuild(): string {
  build ??= import.meta.url.endsWith(".ts")
    ? sourceDigest(fileURLToPath(new URL("..", import.meta.url)))
    : readMember("./build.json", "digest");
  return build;
}

/** Equal on every machine. `root`: the folder of the package, with `src` and `package.json`. 16 hex digits. */
export function sourceDigest(root: string): string {
  const hash = createHash("sha256");
  const sources = readdirSync(join(root, "src"), { recursive: true })
    .map((path) => `src/${String(path).split(sep).join("/")}`)
    .filter((path) => path.endsWith(".ts"));
  // package.json pins what prints types and reads documents
  for (const path of ["package.json", ...sources].sort()) {
    const text = readFileSync(join(root, path), "utf8");
    hash.update(`${path}\0${text.replaceAll("\r\n", "\n")}\0`);
  }
  return hash.digest("hex").slice(0, 16);
}

function readMember(path: string, key: string): string {
  const json: unknown = JSON.parse(
    readFileSync(new URL(path, import.meta.url), "utf8"),
  );
  if (typeof json === "object" && json !== null) {
    const value: unknown = Object.entries(json).find(
      ([name]) => name === key,
    )?.[1];
    if (typeof value === "string") return value;
  }
  throw new Error(`${path} has no ${key}`);
}
