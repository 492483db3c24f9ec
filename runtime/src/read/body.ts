/** Room `read`: request bodies as bytes, within limits, and the orderly loss of bodies that nobody reads. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { Problem, problem } from "../errors/problem.js";

/** After an early answer, so much of the rest is read before the connection is cut (RFC 9112 9.6). */
const DRAIN_BYTES = 256 * 1024;
const DRAIN_TIME = 5_000;
/** How long the client may take to read the answer once it has sent too much. */
const CUT_TIME = 500;

/** Requests whose client waits for `100 Continue` (RFC 9110 10.1.1). */
const waiting = new WeakSet<IncomingMessage>();

/** The client left before its body was complete; there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

export function holdContinue(req: IncomingMessage): void {
  waiting.add(req);
}

/** Asks for the body, if the client waits to be asked. */
export function askForBody(req: IncomingMessage, res: ServerResponse): void {
  if (waiting.delete(req)) res.writeContinue();
}

export function tooLarge(limit: number): Error {
  return problem.contentTooLarge({
    detail: `the request body has more than ${limit} bytes`,
  });
}

/** 413 before a byte is read, and before the client is asked for one. */
export function refuseLength(
  declaredLength: string | undefined,
  limit: number,
): void {
  if (declaredLength !== undefined && Number(declaredLength) > limit) {
    throw tooLarge(limit);
  }
}

/** The whole body. 413 at once: by declared length before a byte is read, and by count. */
export async function readBytes(
  req: IncomingMessage,
  res: ServerResponse,
  declaredLength: string | undefined,
  limit: number,
): Promise<Buffer> {
  refuseLength(declaredLength, limit);
  askForBody(req, res);
  // A body that came along with the header section is there one microtask later, whole.
  await null;
  if (!req.readableDidRead && isBuffered(req, declaredLength)) {
    const chunk: unknown = req.read();
    // Lets the message end, and with it what holds on to it.
    req.resume();
    if (chunk === null) return Buffer.alloc(0);
    if (chunk instanceof Buffer) {
      if (chunk.length > limit) throw tooLarge(limit);
      return chunk;
    }
  }
  if (req.readableDidRead) {
    throw new Error("middleware before the router has read the request body");
  }
  return collect(req, limit);
}

function isBuffered(
  req: IncomingMessage,
  declaredLength: string | undefined,
): boolean {
  return req.complete || req.readableLength === Number(declaredLength);
}

/** Everything that the stream gives. 413 by count; when it fails, why. */
export function collect(req: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      req.off("data", take);
      req.off("end", finish);
      req.off("error", lose);
      req.off("close", lose);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      stop();
      reject(tooLarge(limit));
    };
    const finish = (): void => {
      stop();
      resolve(Buffer.concat(chunks, size));
    };
    const lose = (error?: unknown): void => {
      stop();
      reject(bodyError(error));
    };
    if (req.destroyed) {
      lose();
      return;
    }
    req.on("data", take);
    req.on("end", finish);
    req.on("error", lose);
    req.on("close", lose);
  });
}

/** What the failure of a body's stream means: a fault of the request, or that there is nobody left to answer. */
export function bodyError(error: unknown): Error {
  return error instanceof Problem ? error : new ClientGone();
}

/** For bodies that a handler reads as they arrive: what it leaves unread when it has answered is discarded. */
export function discardAfter(req: IncomingMessage, res: ServerResponse): void {
  res.once("finish", () => {
    if (!req.complete) discardBody(req, res);
  });
}

/** Of a body in chunks the length is not known. */
function isDrainable({ headers }: IncomingMessage): boolean {
  return Number(headers["content-length"] ?? Infinity) <= DRAIN_BYTES;
}

/** Call with an early answer: what is left of the body is read away within bounds, never taken for the next request. */
export function discardBody(req: IncomingMessage, res: ServerResponse): void {
  if (waiting.delete(req)) {
    // The client has not sent its body and cannot know whether we expect it.
    res.shouldKeepAlive = false;
    return;
  }
  if (req.complete || req.destroyed) return;
  // More than is read away: said now, for a client that was told nothing would send its next request into the cut.
  if (!res.headersSent && !isDrainable(req)) res.shouldKeepAlive = false;
  let left = DRAIN_BYTES;
  let timer = setTimeout(cut, DRAIN_TIME);
  timer.unref();
  function cut(): void {
    req.destroy();
  }
  function done(): void {
    clearTimeout(timer);
  }
  req.on("error", done);
  req.on("end", done);
  req.on("close", done);
  req.on("data", (chunk: Buffer) => {
    if (left < 0) return;
    left -= chunk.length;
    if (left >= 0) return;
    // What comes now is left where it is, so that a client that knows of its end is held back until then.
    if (!res.shouldKeepAlive) req.pause();
    clearTimeout(timer);
    timer = setTimeout(cut, CUT_TIME);
    timer.unref();
  });
  // A reader that stopped halfway has paused it.
  req.unpipe();
  req.resume();
}
