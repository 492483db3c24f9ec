/** Room `read`: the parts of a multipart body one after another (RFC 2046 5.1), within limits. The only file that loads the parser. */
import { Dicer } from "@fastify/busboy";
import type { Readable } from "node:stream";
import { problem } from "../errors/problem.js";
import { bodyError } from "./body.js";

export interface PartLimits {
  /** Parts of one body. */
  readonly parts: number;
  /** Bytes of the header section of one part. */
  readonly partHeader: number;
}

/** Header fields of one part. */
const HEADER_FIELDS = 32;

/** One part: consumed, or given up, before the next one is asked for. */
export interface Part {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Readable;
}

export interface Parts {
  /** `undefined` at the end of the body. Rejects with the problem that ended it early. */
  next(): Promise<Part | undefined>;
  /** Why it ended early. */
  readonly failure: Error | undefined;
  /** Lets go of the source; what is left of it is for the caller to discard. */
  close(): void;
}

/** Reads ahead no further than the parser's buffers: a part that nobody reads halts the client. */
export function openParts(
  source: Readable,
  boundary: string,
  limits: PartLimits,
): Parts {
  const config = {
    boundary,
    maxHeaderPairs: HEADER_FIELDS + 1,
    // The parser cuts off without a word, so it is given more than we take.
    maxHeaderSize: 2 * limits.partHeader,
  };
  const parser = new Dicer(config);
  const waiting: Part[] = [];
  const open = new Set<Readable>();
  let failure: Error | undefined;
  let done = false;
  let count = 0;
  let headless = 0;
  let wake = (): void => {};

  function fail(error: Error): void {
    if (done) return;
    failure ??= error;
    close();
    wake();
  }
  function close(): void {
    source.unpipe(parser);
    source.off("close", lose);
    source.off("error", lose);
    for (const part of open) part.destroy(failure);
  }
  function lose(error?: unknown): void {
    if (!source.readableEnded) fail(bodyError(error));
  }

  parser.on("part", (body) => {
    if (headless > 0) return fail(malformed());
    if (++count > limits.parts) return fail(tooMany(limits.parts));
    headless++;
    open.add(body);
    // Every stream error has a listener; readers learn of it by `failure`.
    body.on("error", () => fail(malformed()));
    body.on("close", () => open.delete(body));
    body.on("header", (fields) => {
      headless--;
      const headers = headersOf(fields, limits.partHeader);
      if (headers === undefined) return fail(headerTooLarge(limits.partHeader));
      waiting.push({ headers, body });
      wake();
    });
  });
  parser.on("error", () => fail(malformed()));
  parser.on("finish", () => {
    if (headless > 0) return fail(malformed());
    done = true;
    wake();
  });
  source.on("close", lose);
  source.on("error", lose);
  if (source.destroyed) lose(source.errored);
  source.pipe(parser);

  return {
    close,
    get failure() {
      return failure;
    },
    async next() {
      for (;;) {
        if (failure !== undefined) throw failure;
        const part = waiting.shift();
        if (part !== undefined) return part;
        if (done) return undefined;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

function headersOf(
  fields: object,
  limit: number,
): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>();
  let size = 0;
  let lines = 0;
  for (const [name, values] of Object.entries(fields)) {
    const list: unknown[] = Array.isArray(values) ? values : [values];
    const texts = list.map((each) => utf8(String(each)));
    for (const text of texts) size += name.length + text.length + 4;
    lines += texts.length;
    headers.set(name, texts.join(", ").trim());
  }
  return size > limit || lines > HEADER_FIELDS ? undefined : headers;
}

/** The parser gives octets as characters; clients send names of files in UTF-8 (RFC 7578 5.1). */
function utf8(octets: string): string {
  const bytes = Buffer.from(octets, "latin1");
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? octets : text;
}

function malformed(): Error {
  return problem.badRequest({
    detail: "the request body is not well-formed multipart",
  });
}

function tooMany(limit: number): Error {
  return problem.contentTooLarge({
    detail: `the request body has more than ${limit} parts`,
  });
}

function headerTooLarge(limit: number): Error {
  return problem.contentTooLarge({
    detail: `the header section of a part has more than ${limit} bytes`,
  });
}
