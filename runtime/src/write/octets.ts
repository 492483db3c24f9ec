/** Room `write`: answers that are no JSON: text, bytes and none. */
import type { ByteSource, WireResponse } from "../contract/wire-response.js";

/** Strings are sent as UTF-8; the type says so unless it names a charset itself. */
export function text(
  status: number,
  body: unknown,
  headers?: object,
  type = "text/plain",
): WireResponse {
  // A range (`text/*`) is what the document allows, not what this body is.
  if (type.includes("*")) type = "text/plain";
  const named = type.toLowerCase().includes("charset=");
  const full = named ? type : `${type}; charset=utf-8`;
  return { status, type: full, body: textOf(body), headers };
}

/** Sent as they are; a stream is not buffered. */
export function bytes(
  status: number,
  body: unknown,
  headers?: object,
  type = "application/octet-stream",
): WireResponse {
  if (!isByteSource(body)) {
    throw new TypeError(`the body of a ${status} answer is no bytes`);
  }
  const concrete = type.includes("*") ? "application/octet-stream" : type;
  return { status, type: concrete, body, headers };
}

/** No body. */
export function empty(status: number, headers?: object): WireResponse {
  return { status, type: undefined, body: undefined, headers };
}

/** What is no string is shown as JSON shows it. */
function textOf(body: unknown): string {
  return typeof body === "object" ? JSON.stringify(body) : String(body);
}

function isByteSource(body: unknown): body is ByteSource {
  return (
    typeof body === "string" ||
    body instanceof Uint8Array ||
    (typeof body === "object" && body !== null && Symbol.asyncIterator in body)
  );
}
