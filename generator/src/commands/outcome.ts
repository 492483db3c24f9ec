/** Room `commands`: what a command hands back to the command line, which alone prints (types only). */
import type { Diagnostic } from "../lint/diagnostic.js";
import type { SourceFile } from "../load/document.js";
import type { FileStatus } from "../output/compare.js";

/** 0 ok · 1 problems found · 2 wrong usage or config · 3 the document cannot be used · 4 our bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Outcome {
  exit: ExitCode;
  diagnostics: Diagnostic[];
  /** The texts that diagnostics point into. */
  sources: SourceFile[];
  /** As the user knows them. */
  files: { path: string; status: FileStatus }[];
  /** ms by stage. */
  timings: Record<string, number>;
  /** For stdout. */
  data?: string;
  /** For stderr; silent with `--quiet`. */
  summary: string[];
  /** For stderr, whole lines that another program reads there. */
  annotations?: string;
  /** More members of the object that `--json` prints. */
  more?: Record<string, unknown>;
}

/** Options that every command takes. */
export interface GlobalOptions {
  config?: string;
  cwd: string;
  root?: string;
  json: boolean;
  quiet: boolean;
  verbose: boolean;
}

/** What the command line says about the document and the folders. */
export interface TargetFlags {
  spec?: string;
  out?: string;
  handlers?: string | false;
}
