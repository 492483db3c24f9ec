/** Room `scaffold`: the users' files as syntax trees. The one place that loads ts-morph, and only when a file must be read. */
import { createRequire } from "node:module";
import type { SourceFile } from "ts-morph";

export type Morph = typeof import("ts-morph");

/** `require` spares the scan for export names that `import` makes in a CommonJS file of many megabytes. */
const require = createRequire(import.meta.url);

let loaded: Morph | undefined;

export function morph(): Morph {
  loaded ??= require("ts-morph") as Morph;
  return loaded;
}

export interface Syntax {
  /** `undefined`: the text has syntax errors. */
  parse(path: string, text: string): SourceFile | undefined;
}

/** Trees only: no types, no libraries, no look at the disk. */
export function openSyntax(): Syntax {
  const { Project } = morph();
  const project = new Project({
    useInMemoryFileSystem: true,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, noLib: true, noResolve: true },
  });
  return {
    parse(path, text) {
      // ts-morph takes a leading byte order mark away; a space in its place keeps every position
      const even = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
      const file = project.createSourceFile(path, even, { overwrite: true });
      const faults = project.getProgram().getSyntacticDiagnostics(file);
      return faults.length === 0 ? file : undefined;
    },
  };
}
