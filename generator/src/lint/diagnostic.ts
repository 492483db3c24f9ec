/** Room `lint`: what a stage has to say about a document, and where. */

/** A place in the source: the file as given to the user, and a JSON pointer into it (`/paths/~1a/get`; empty for the whole file). */
export interface Origin {
  file: string;
  pointer: string;
  /** Point at the key (default) or at the value that stands there. */
  on?: "key" | "value";
  /** Known already by the parser, for text that has no pointer (syntax errors). Counted from 1. */
  line?: number;
  column?: number;
}

export type Severity = "error" | "warning";

export type DiagnosticCode = `KT${number}`;

/** One finding. Message style: lower case, no full stop, names in backticks; `message` says what is wrong, `help` what to do. */
export interface Diagnostic {
  code: DiagnosticCode;
  severity: Severity;
  message: string;
  help?: string;
  origin: Origin;
  related?: Origin[];
  /**
   * `true`: the document cannot be used at all (exit code 3): unreadable, not YAML or JSON, not OpenAPI, an unsupported
   * version, a `$ref` that does not resolve or is forbidden.
   */
  unusable?: true;
}

/** What every stage returns: a bad document never throws. `value` is undefined only when there is nothing to go on with. */
export interface Staged<T> {
  value: T;
  diagnostics: Diagnostic[];
}

/** Collects the findings of one stage. */
export class Diagnostics {
  readonly list: Diagnostic[] = [];

  error(
    code: DiagnosticCode,
    origin: Origin,
    message: string,
    more: DiagnosticDetails = {},
  ): void {
    this.list.push({ code, severity: "error", message, origin, ...more });
  }

  warning(
    code: DiagnosticCode,
    origin: Origin,
    message: string,
    more: DiagnosticDetails = {},
  ): void {
    this.list.push({ code, severity: "warning", message, origin, ...more });
  }

  get hasErrors(): boolean {
    return this.list.some((each) => each.severity === "error");
  }
}

export type DiagnosticDetails = Pick<
  Diagnostic,
  "help" | "related" | "unusable"
>;
