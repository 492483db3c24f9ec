/** Room `report`: what a feature is, and what becomes of it (types only). */
import type { DiagnosticCode, Origin } from "../lint/diagnostic.js";
import type { NodeKind } from "../load/document.js";
import type { Version } from "../load/grammar.js";

export type Level =
  /** Requests and answers are held against it, or the service does what it says. */
  | "enforced"
  /** Visible in types; the value passes as it is. */
  | "typed only"
  /** The document is not generated. */
  | "refused"
  /** Nothing follows from it, and a diagnostic says so. */
  | "no effect"
  /** For readers: in comments and in the document that is served. It asserts nothing by the specification. */
  | "documentation";

export type Area =
  | "Document"
  | "Paths and operations"
  | "Parameters"
  | "Request bodies"
  | "Responses"
  | "Media types"
  | "Schemas"
  | "Security"
  | "Extensions";

/** One row of `docs/supported.md`. */
export interface Feature {
  /** How it is called: unique. */
  name: string;
  area: Area;
  /** What becomes of it as long as no diagnostic at its place says otherwise. */
  level: Level;
  /** Says so to the user. Absent for what is enforced or documentation. */
  code?: DiagnosticCode;
  /** Versions of OpenAPI that have it. */
  versions: readonly Version[];
}

/** A place where a document uses a feature. */
export interface Use {
  /** That of a `Feature`; what is no feature of the table is documentation, or what `code` leaves of it. */
  name: string;
  origin: Origin;
  /** Other places at which a diagnostic is about this use. */
  also?: readonly Origin[];
  /** The object that holds what the table does not know: says the area. */
  kind?: NodeKind;
  /** What says that nothing follows from it here. */
  code?: DiagnosticCode;
}

/** One line of the report: all uses of a feature that the same becomes of. */
export interface FeatureUse {
  feature: string;
  area: Area;
  level: Level;
  code?: DiagnosticCode;
  uses: number;
  /** The first in the order of the document. */
  origin: Origin;
}

export interface Report {
  openapi: Version;
  features: FeatureUse[];
}
