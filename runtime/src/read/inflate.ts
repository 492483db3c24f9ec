/** Room `read`: request bodies with a content coding (RFC 9110 8.4), and unbuffered bodies within a limit. */
import type { IncomingMessage } from "node:http";
import { Transform, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { problem } from "../errors/problem.js";
import { ClientGone, tooLarge } from "./body.js";

/** Content codings that can be undone. */
export type Coding = "gzip" | "deflate" | "br";

export const CODINGS: readonly Coding[] = ["gzip", "deflate", "br"];

const MAKERS = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The decoded bytes; more than `limit` of them are an error of the stream (413), and so are bytes that are not in the coding (400). */
export function inflate(
  req: IncomingMessage,
  coding: Coding,
  limit: number,
): Readable {
  const decoder = MAKERS[coding]();
  const measured = measure(limit);
  decoder.on("error", () => {
    measured.destroy(
      problem.badRequest({ detail: `the request body is not ${coding}` }),
    );
  });
  decoder.pipe(measured);
  return follow(req, decoder, measured);
}

/** The bytes as they arrive; more than `limit` of them are an error of the stream (413). */
export function limited(req: IncomingMessage, limit: number): Readable {
  const measured = measure(limit);
  return follow(req, measured, measured);
}

function measure(limit: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
}

/** Piped by hand: a stream that fails must not take the connection with it, on which the answer is still to be sent. */
function follow(
  req: IncomingMessage,
  first: Transform,
  last: Transform,
): Readable {
  const stop = (): void => {
    req.unpipe(first);
    if (first !== last) first.destroy();
  };
  // A reader may come later, or never.
  last.on("error", stop);
  last.on("close", stop);
  const lose = (): void => {
    if (!req.complete) last.destroy(new ClientGone());
  };
  req.on("error", lose);
  req.on("close", lose);
  req.pipe(first);
  return last;
}
