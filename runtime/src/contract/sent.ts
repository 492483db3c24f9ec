/** Room `contract`: the part of an operation that a sender looks at. */
import type { Issues } from "./issues.js";
import type { Answers, OperationBody } from "./operation.js";
import type { RawRequest } from "./raw-request.js";

/** An operation of whatever types. */
export interface AnySent {
  readonly id: string;
  readonly method: string;
  readonly answers: Answers;
  readonly body?: OperationBody;
  read(raw: RawRequest, issues: Issues): unknown;
}
