/** Room `contract`: one operation of the document, as generated code describes it. */
import type { BodyCodec } from "./body-codec.js";
import type { Issues } from "./issues.js";
import type { Policies } from "./policies.js";
import type { UnknownQuery } from "./options.js";
import type { RawRequest } from "./raw-request.js";
import type { WireResponse } from "./wire-response.js";

/** The request body of an operation that has one. */
export interface OperationBody {
  readonly required: boolean;
  /** Codec by declared media type, ranges included. */
  readonly media: Readonly<Record<string, BodyCodec>>;
  /** Status for a body that was parsed and does not fit its schema; 400 when absent. */
  readonly invalid?: number;
  /** Bytes, of unbuffered bodies too; the router's limit for buffered ones when absent. */
  readonly limit?: number;
}

/** Media types by status (`200`, `"4XX"`, `"default"`); `[]` has no body, `"unsupported"` is answered 501. */
export type Answers = Readonly<
  Record<string | number, readonly string[] | "unsupported">
>;

/** Everything that the pipeline needs to know of one operation. */
export interface Operation<Request, Response, Reply> {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** The path key of the document. */
  readonly path: string;
  readonly answers: Answers;
  readonly body?: OperationBody;
  /** What is done beside the contract. */
  readonly policies?: Policies;
  /** What becomes of query parameters that are not declared; the router's option when absent. */
  readonly unknownQuery?: UnknownQuery;
  /** Names a feature that the runtime cannot serve: every authorized request is answered 501. */
  readonly unsupported?: string;
  /** Decodes, checks and fills in defaults. Its result counts only when no issue was added. */
  read(raw: RawRequest, issues: Issues): Request;
  readonly reply: Reply;
  /** Copies the declared fields and serializes. `type` is the media type to write where the status has several. */
  write(response: Response, type?: string): WireResponse;
}
