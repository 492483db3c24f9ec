/** Room `generator`: the public API of the library `kontract`. */
export { defineConfig } from "./options.js";
export type { Options } from "./options.js";
export { explain } from "./lint/explain.js";
export type { Explanation } from "./lint/explain.js";
export { generate, lint } from "./library.js";
export type { Generated } from "./generate.js";
export { save } from "./output/save.js";
export type { SaveOptions, SaveReport } from "./output/save.js";
export type { Diagnostic, Origin, Severity } from "./lint/diagnostic.js";
export type { GeneratedFile } from "./output/generated-file.js";
export type { Manifest, ManifestOperation } from "./output/manifest.js";
