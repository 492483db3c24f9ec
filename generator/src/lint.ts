/** Room `generator`: everything that the pipeline has to say about a document. */
import { generate } from "./generate.js";
import type { Diagnostic } from "./lint/diagnostic.js";
import type { Options } from "./options.js";

export async function lint(
  source: string | URL | object,
  options: Options = {},
): Promise<Diagnostic[]> {
  const { diagnostics } = await generate(source, options);
  return diagnostics;
}
