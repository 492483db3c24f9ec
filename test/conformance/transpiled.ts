/** Puts TypeScript files, and the runtime that they import, where Node can run them: transpiled one by one, nothing rewritten. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));
const cacheRoot = join(projectRoot, "node_modules/.cache/kontract-tests");

/**
 * A fresh folder for the output of one test file, with a runtime of its own beside it. Node finds that runtime as
 * `@kontract/runtime` before the workspace's, which has no JavaScript until it is built.
 */
export function outputFolder(name: string): string {
  const folder = join(cacheRoot, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  const runtime = join(folder, "node_modules/@kontract/runtime");
  const sources = join(projectRoot, "runtime/src");
  for (const path of readdirSync(sources, {
    recursive: true,
    encoding: "utf8",
  })) {
    if (!path.endsWith(".ts")) continue;
    writeTranspiled(
      join(runtime, "src", path),
      readFileSync(join(sources, path), "utf8"),
    );
  }
  writeFileSync(
    join(runtime, "package.json"),
    JSON.stringify({
      type: "module",
      exports: { ".": "./src/index.js", "./*": "./src/*.js" },
    }),
  );
  return folder;
}

/** Writes the `.js` for a `.ts` file of this path. */
export function writeTranspiled(path: string, text: string): void {
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path.replace(/\.ts$/, ".js"), outputText);
}
