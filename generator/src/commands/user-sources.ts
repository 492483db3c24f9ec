/** Room `commands`: the users' own files that findings point into, for showing their lines. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../lint/diagnostic.js";
import type { SourceFile } from "../load/document.js";

export function userSources(
  diagnostics: readonly Diagnostic[],
  cwd: string,
): SourceFile[] {
  const paths = new Set(
    diagnostics
      .filter(({ origin }) => origin.line !== undefined)
      .map(({ origin }) => origin.file),
  );
  return [...paths].flatMap((path) => {
    try {
      const text = readFileSync(resolve(cwd, path), "utf8");
      return [{ path, text, json: null }];
    } catch {
      return [];
    }
  });
}
