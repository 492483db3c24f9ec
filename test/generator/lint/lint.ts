/** Lints documents that tests write as text. */
import type { LintOptions } from "../../../generator/src/lint/lint-document.js";
import { lintDocument } from "../../../generator/src/lint/lint-document.js";
import { type Files, load, told } from "../load/load.js";

/** What the linter alone says; the document has to load without an error. */
export async function lint(
  files: Files | string,
  options: LintOptions = {},
): Promise<string[]> {
  const { value, diagnostics } = await load(files);
  if (value === undefined || diagnostics.some((each) => each.unusable)) {
    throw new Error(told(diagnostics).join("\n"));
  }
  return told(lintDocument(value, options).diagnostics).map((line) =>
    line.replace("openapi.yaml#", ""),
  );
}

/** A document with these paths. */
export function withPaths(paths: string, rest = "", version = "3.1.0"): string {
  const indented = paths.replace(/^/gm, "  ");
  return `openapi: ${version}
info: { title: t, version: "1" }
${rest}
paths:
${indented}
`;
}

/** One operation, `GET /a`, with these fields. */
export function withOperation(
  fields: string,
  rest = "",
  version = "3.1.0",
): string {
  const indented = fields.replace(/^/gm, "    ");
  return withPaths(
    `/a:
  get:
    operationId: a
    responses: { "200": { description: ok } }
${indented}`,
    rest,
    version,
  );
}
