/** Room `generator`: the pipeline as library functions, loaded when they are called: a config that imports `defineConfig` pays for nothing else. */
import type { Generated } from "./generate.js";
import type { Diagnostic } from "./lint/diagnostic.js";
import type { Options } from "./options.js";

/** `source`: a path, a `file:` URL, or the document itself as an object. A bad document never throws. */
export async function generate(
  source: string | URL | object,
  options: Options = {},
): Promise<Generated> {
  const pipeline = await import("./generate.js");
  return pipeline.generate(source, options);
}

/** Everything that the pipeline has to say about a document, its style included. */
export async function lint(
  source: string | URL | object,
  options: Options = {},
): Promise<Diagnostic[]> {
  const { diagnostics } = await (
    await import("./generate.js")
  ).generate(source, options, { style: true });
  return diagnostics;
}
