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
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

export interface InstalledCode {
  /** Imports one of the files, `index.ts`. */
  load(path: string): Promise<Readonly<Record<string, unknown>>>;
  /** To be called in the end. */
  remove(): void;
}

interface SourceText {
  path: string;
  text: string;
}

/** Types only: nobody imports it at run time. */
const TYPES = /^contract[./]/;

/** Transpiles file by file; nothing is checked, since what we print compiles. */
export function installCode(files: readonly SourceText[]): InstalledCode {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kontract-")));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
    linkRuntime(folder);
    const made = new Set<string>();
    for (const { path, text } of files) {
      if (!path.endsWith(".ts") || TYPES.test(path)) continue;
      const target = join(folder, path.replace(/\.ts$/, ".js"));
      const parent = dirname(target);
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      writeFileSync(target, transpiled(path, text));
    }
  } catch (error) {
    remove();
    throw error;
  }
  return {
    async load(path) {
      const file = join(folder, path.replace(/\.ts$/, ".js"));
      const module: Readonly<Record<string, unknown>> = await import(
        pathToFileURL(file).href
      );
      return module;
    },
    remove,
  };
}

function transpiled(path: string, text: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return outputText;
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
