/** Makes a runnable service of a document: generated, then transpiled, so that no measured process compiles. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { project } from "./place.js";

export const kontract = project("generator/bin/kontract.js");

export function makeService(folder, document) {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  execFileSync(
    process.execPath,
    [kontract, "generate", document, "--cwd", folder, "--quiet"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith(".ts")) continue;
    const path = join(folder, entry);
    const { outputText } = ts.transpileModule(readFileSync(path, "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(path.replace(/\.ts$/, ".js"), outputText);
  }
}
