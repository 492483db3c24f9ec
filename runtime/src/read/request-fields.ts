/** Room `read`: the few header fields that the pipeline itself needs, found without building the map of all. */
import type { IncomingMessage } from "node:http";

/** Values as sent; a field sent twice counts in `repeated`. */
export interface RequestFields {
  accept: string | undefined;
  contentType: string | undefined;
  contentLength: string | undefined;
  contentEncoding: string | undefined;
  transferEncoding: string | undefined;
  expect: string | undefined;
  /** `Content-Type` twice: parser and reader might each believe another. */
  repeated: boolean;
}

export function requestFields(rawHeaders: readonly string[]): RequestFields {
  const fields: RequestFields = {
    accept: undefined,
    contentType: undefined,
    contentLength: undefined,
    contentEncoding: undefined,
    transferEncoding: undefined,
    expect: undefined,
    repeated: false,
  };
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    switch (name.length) {
      case 6: {
        const lower = name.toLowerCase();
        if (lower === "accept") {
          const value = rawHeaders[at + 1] ?? "";
          // RFC 9110 5.3: lines of a list field are one list.
          fields.accept =
            fields.accept === undefined ? value : `${fields.accept}, ${value}`;
        } else if (lower === "expect") fields.expect = rawHeaders[at + 1];
        break;
      }
      case 12:
        if (name.toLowerCase() === "content-type") {
          if (fields.contentType !== undefined) fields.repeated = true;
          fields.contentType = rawHeaders[at + 1];
        }
        break;
      case 14:
        if (name.toLowerCase() === "content-length") {
          fields.contentLength = rawHeaders[at + 1];
        }
        break;
      case 16:
        if (name.toLowerCase() === "content-encoding") {
          fields.contentEncoding =
            fields.contentEncoding === undefined
              ? rawHeaders[at + 1]
              : `${fields.contentEncoding}, ${rawHeaders[at + 1]}`;
        }
        break;
      case 17:
        if (name.toLowerCase() === "transfer-encoding") {
          fields.transferEncoding = rawHeaders[at + 1];
        }
        break;
    }
  }
  return fields;
}

/** Whether a body follows, or may follow in chunks (RFC 9112 6.3) or frames (RFC 9113 8.1). */
export function announcesBody(
  fields: RequestFields,
  req: IncomingMessage,
): boolean {
  if (fields.transferEncoding !== undefined) return true;
  if (fields.contentLength !== undefined) return fields.contentLength !== "0";
  return req.httpVersionMajor >= 2 && isOpen(req);
}

function isOpen(req: IncomingMessage): boolean {
  const stream: unknown = Reflect.get(req, "stream");
  if (typeof stream !== "object" || stream === null) return false;
  return "endAfterHeaders" in stream && stream.endAfterHeaders === false;
}
