/** Room `generator`: the options of a run, as the config and the library take them. */

export interface Options {
  /** Tells targets apart when the config has several. */
  name?: string;
  /** The entry document. */
  spec?: string;
  /** Folder of the generated code; `generated`. */
  out?: string;
  /** Folder of your handlers; `handlers`. `false`: no handlers are looked at or added. */
  handlers?: string | false;
  /** The folder that references may not leave. */
  root?: string;
  /** URI or URI prefix (ending in `/`) → local file or folder. */
  resources?: Record<string, string>;
  /** `none`: as printed, which is prettier's default style. `prettier`: in the project's own style. */
  format?: "none" | "prettier";
  /** Format → a key of `types`, or a built-in one (`Date`, `bigint`): `{ "date-time": "instant", int64: "bigint" }`. */
  formats?: Record<string, string>;
  /** Types of yours that may stand for schemas. A document can name a key, never a module. */
  types?: Record<string, CustomType>;
  /** The status when a parsed body fails its schema, where the operation declares it; 422. */
  validationStatus?: 400 | 422;
  /** `false`: the checks that only response validation needs are not generated. */
  responseChecks?: boolean;
  /** Suffix of relative imports; `.js`. */
  importExtension?: ".js" | ".ts";
  /** Warnings by code or rule: `{ KT2003: "off", rules: { "verb-in-path": "off" } }`. Errors stay errors. */
  lint?: LintConfig;
  /** Base of relative paths; the working folder. Not in config files, whose paths are relative to the file. */
  cwd?: string;
}

export interface CustomType {
  /** The exported name: `Instant`. */
  type: string;
  /** Where it is exported: a package, or a path as generated files are to import it. */
  module: string;
  /** Exported function of the module, from the value on the wire to yours; it throws when there is none. Without it the value stays what it is on the wire. */
  parse?: string;
  /** Exported function of the module, from your value to the one on the wire. */
  serialize?: string;
}

export type LintSeverity = "off" | "warning" | "error";

export interface LintConfig {
  [code: `KT${number}`]: LintSeverity;
  /** By the name of a rule of style, or by code. */
  rules?: Record<string, LintSeverity>;
}

/** One target, or several with a `name` each. */
export type Config = Options | (Options & { name: string })[];

/** Gives an editor the types of the config; returns it as it is. */
export function defineConfig<const C extends Config>(config: C): C {
  return config;
}
