/** Room `live`: generated code that runs at once, in a folder of its own that is there for as long as it runs. */
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { asJavaScript, type SourceText, transpile } from "./transpile.js";

export interface InstalledCode {
  /** Imports one of the files, `index.ts`. */
  load(path: string): Promise<Module>;
  /** To be called in the end. */
  remove(): void;
}

type Module = Readonly<Record<string, unknown>>;

/** By which installed code asks for the files that it imports later. */
const LOADER = "import-later.js";
const LOADER_CODE = `let load;
export const importLater = (path) => load(path);
export const loadBy = (other) => { load = other; };
`;

/**
 * Transpiles file by file, each when it is first imported, so that a large document is served before most of its code
 * is looked at. Nothing is checked, since what we print compiles.
 */
export async function installCode(
  files: readonly SourceText[],
): Promise<InstalledCode> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kontract-")));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const sources = new Map(files.map((file) => [file.path, file]));

  /** Puts a file there, and what it imports at once. */
  function put(path: string): void {
    const source = sources.get(path);
    if (source === undefined) return;
    sources.delete(path);
    const loader = posix.relative(posix.dirname(path), LOADER);
    const { code, imports } = transpile(source, `./${loader}`);
    const target = join(folder, asJavaScript(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
    for (const each of imports) put(each);
  }

  const enter = async (file: string): Promise<Module> => {
    const module: Module = await import(pathToFileURL(join(folder, file)).href);
    return module;
  };
  const load = async (path: string): Promise<Module> => {
    put(path);
    return enter(asJavaScript(path));
  };

  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
    writeFileSync(join(folder, LOADER), LOADER_CODE);
    linkRuntime(folder);
    const { loadBy } = await enter(LOADER);
    if (typeof loadBy === "function") loadBy(load);
  } catch (error) {
    remove();
    throw error;
  }
  return { load, remove };
}

/** The runtime that we stand on ourselves, so that there is only one of it. */
function linkRuntime(folder: string): void {
  const manifest = createRequire(import.meta.url).resolve(
    "@kontract/runtime/package.json",
  );
  const scope = join(folder, "node_modules/@kontract");
  mkdirSync(scope, { recursive: true });
  symlinkSync(
    realpathSync(dirname(manifest)),
    join(scope, "runtime"),
    "junction",
  );
}
