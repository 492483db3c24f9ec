/** Loads documents that tests write as text. */
import type { Diagnostic } from "../../../generator/src/lint/diagnostic.js";
import type { Document } from "../../../generator/src/load/document.js";
import {
  type Loaded,
  loadDocument,
  type LoadOptions,
} from "../../../generator/src/load/read-document.js";
import { temporaryFolder } from "../temporary-folder.js";

export type Files = Record<string, string>;

/** The entry is `openapi.yaml`, in a folder of its own that no project is around. */
export async function load(
  files: Files | string,
  options: Partial<LoadOptions> = {},
): Promise<Loaded> {
  const named = typeof files === "string" ? { "openapi.yaml": files } : files;
  const folder = temporaryFolder(named);
  return loadDocument("openapi.yaml", { cwd: folder, ...options });
}

/** A document that has no errors. */
export async function loadFine(
  files: Files | string,
  options: Partial<LoadOptions> = {},
): Promise<Document> {
  const { value, diagnostics } = await load(files, options);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (value === undefined || errors.length > 0) {
    throw new Error(told(diagnostics).join("\n"));
  }
  return value;
}

/** Findings as one line each: severity, code, place, message. */
export function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ severity, code, origin, message }) =>
      `${severity} ${code} ${origin.file}#${origin.pointer}${origin.line === undefined ? "" : `:${origin.line}:${origin.column}`} ${message}`,
  );
}

/** A document for 3.1 with these schemas. */
export function withSchemas(schemas: string, version = "3.1.0"): string {
  const indented = schemas.replace(/^/gm, "    ");
  return `openapi: ${version}
info: { title: t, version: "1" }
paths: {}
components:
  schemas:
${indented}
`;
}
