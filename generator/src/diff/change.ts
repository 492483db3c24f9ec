/** Room `diff`: what a comparison of two versions of an API finds (types only). */
import type { Origin } from "../lint/diagnostic.js";
import type { Operation } from "../model/api.js";

/** `breaking`: a client that works today may fail. `warning`: it may get less than it expects. `info`: nothing it has to heed. */
export type Severity = "breaking" | "warning" | "info";

export type Direction = "request" | "response";

/** What becomes of the set of allowed values: fewer, more, or some of either. */
export type Effect = "narrows" | "widens" | "both" | "none";

export interface Sides<T> {
  before: T;
  after: T;
}

/** One operation in both versions; at least one of them is there. */
export interface TouchedOperation {
  before?: Operation;
  after?: Operation;
}

export interface Change {
  /** Stable: `request-body-type-narrowed`. */
  id: string;
  severity: Severity;
  /** Style of diagnostics: lower case, no full stop, names in backticks. */
  message: string;
  /** Where in the operation, or in which component: "request body, `author.name`". Absent where the message says it. */
  place?: string;
  /** In document order; none for what concerns the whole API. */
  operations: TouchedOperation[];
  /** Where it stood, or where what held it stands. */
  before?: Origin;
  after?: Origin;
}
