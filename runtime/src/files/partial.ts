/** Room `files`: an answer that has all bytes of a representation at hand, as a `GET` asks for it: whole, in part, or not at all. */
import { type FileBody, isFileBody } from "../contract/file-body.js";
import type { WireResponse } from "../contract/wire-response.js";
import { problem } from "../errors/problem.js";
import { type ByteRange, rangesOf } from "./ranges.js";

/** What a request says of ranges. */
export interface RangeRequest {
  readonly method: string | undefined;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  /** A text that no file holds, to stand between parts. */
  boundary(): string;
}

/** A stream whose length is known. */
export interface SizedStream extends AsyncIterable<Uint8Array | string> {
  readonly byteLength: number;
}

/** `body` is a file, or bytes. Throws 416. */
export function presentBytes(
  wire: WireResponse,
  body: FileBody | Uint8Array,
  request: RangeRequest,
): WireResponse {
  const whole = withFacts(wire, body);
  if (wire.status !== 200 || request.method !== "GET") return whole;
  const size = isFileBody(body) ? body.size : body.byteLength;
  const { range, ifRange } = request;
  if (range === undefined) return whole;
  if (ifRange !== undefined && !isCurrent(ifRange, whole.headers)) return whole;
  const ranges = rangesOf(range, size);
  if (ranges === "whole") return whole;
  if (ranges === "none") {
    throw problem.rangeNotSatisfiable(undefined, {
      headers: { "content-range": `bytes */${size}` },
    });
  }
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined) {
    const [start, end] = only;
    return {
      ...whole,
      status: 206,
      body: sized(end - start + 1, () => sectionOf(body, only)),
      headers: {
        ...whole.headers,
        "content-range": `bytes ${start}-${end}/${size}`,
      },
    };
  }
  return inParts(whole, body, size, ranges, request.boundary());
}

function withFacts(
  wire: WireResponse,
  body: FileBody | Uint8Array,
): WireResponse {
  const ranges = { "accept-ranges": "bytes" };
  if (!isFileBody(body)) {
    return { ...wire, headers: { ...ranges, ...wire.headers } };
  }
  return {
    ...wire,
    type: body.type ?? wire.type,
    body: sized(body.size, () => body),
    headers: {
      ...ranges,
      "last-modified": body.modified.toUTCString(),
      ...(body.disposition && { "content-disposition": body.disposition }),
      ...wire.headers,
    },
  };
}

/** RFC 9110 section 13.1.5: the same strong entity tag, or exactly the same date. */
function isCurrent(ifRange: string, headers: object | undefined): boolean {
  // Handlers write names in lower case, policies as they stand in the RFC.
  const known = new Map<string, unknown>(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  if (ifRange.startsWith('"')) return known.get("etag") === ifRange;
  const modified = known.get("last-modified");
  return modified !== undefined && modified === ifRange;
}

/** RFC 9110 section 14.6. */
function inParts(
  wire: WireResponse,
  body: FileBody | Uint8Array,
  size: number,
  ranges: readonly ByteRange[],
  boundary: string,
): WireResponse {
  const parts = ranges.map((range, at) => {
    const [start, end] = range;
    const head = `${at === 0 ? "" : "\r\n"}--${boundary}\r\nContent-Type: ${wire.type}\r\nContent-Range: bytes ${start}-${end}/${size}\r\n\r\n`;
    return { head, range, length: Buffer.byteLength(head) + end - start + 1 };
  });
  const last = `\r\n--${boundary}--\r\n`;
  const total = parts.reduce((sum, { length }) => sum + length, last.length);
  async function* content(): AsyncGenerator<Uint8Array | string> {
    for (const { head, range } of parts) {
      yield head;
      yield* sectionOf(body, range);
    }
    yield last;
  }
  return {
    ...wire,
    status: 206,
    type: `multipart/byteranges; boundary=${boundary}`,
    body: sized(total, content),
  };
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sectionOf(
  body: FileBody | Uint8Array,
  [start, end]: ByteRange,
): AsyncIterable<Uint8Array> {
  return isFileBody(body)
    ? body.section(start, end)
    : bytesOf(body.subarray(start, end + 1));
}

function sized(
  byteLength: number,
  open: () => AsyncIterable<Uint8Array | string>,
): SizedStream {
  return {
    byteLength,
    [Symbol.asyncIterator]: () => open()[Symbol.asyncIterator](),
  };
}
