/** Room `observe`: ids that come with requests: `X-Request-Id`, and the trace of `traceparent` (W3C Trace Context). */
import type { IncomingMessage } from "node:http";
import type { LogFields } from "../contract/logger.js";
import { requestIdOf, takeRequestId } from "./request-id.js";

/** Nothing that could break a log line or a header, and no more than anybody needs. */
export const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._~:+/=-]{7,127}$/;

/** The id of the client's where it fits, else one of ours; the same for all who ask afterwards. */
export function acceptRequestId(
  req: IncomingMessage,
  pattern: RegExp | false,
): string {
  const given = req.headers["x-request-id"];
  if (pattern !== false && typeof given === "string" && fits(given, pattern)) {
    takeRequestId(req, given);
  }
  return requestIdOf(req);
}

/** Whatever the pattern: text that a header field can carry back. */
function fits(given: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  return /^[\x21-\x7e]{1,256}$/.test(given) && pattern.test(given);
}

const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:$|-)/;

interface RequestLogFields extends LogFields {
  readonly requestId: string;
}

/** What every log line of a request has: its id, and `traceId` where the client sent one. */
export function requestFieldsOf(req: IncomingMessage): RequestLogFields {
  const requestId = requestIdOf(req);
  const parent = req.headers["traceparent"];
  const traceId =
    typeof parent === "string" ? TRACEPARENT.exec(parent)?.[1] : undefined;
  return traceId === undefined ? { requestId } : { requestId, traceId };
}
