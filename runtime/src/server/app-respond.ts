/** Room `server`: writes the answers of an application made by `createApp`. */
import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import { PassThrough, Readable, Stream as LegacyStream } from "node:stream";
import type Koa from "koa";
import { problem, type Problem } from "../errors/problem.js";
import { problemJson } from "../write/json.js";
import { type HeaderLines, headerLines } from "../write/header-lines.js";
import { type ReadyAnswer, streamOf } from "./respond.js";

/** Told of streams that break while they are sent. */
export type OnBroken = (error: unknown, ctx: Koa.ParameterizedContext) => void;

/** One `writeHead`, one `end`: nobody else sees this answer. */
export function writeReady(
  ctx: Koa.ParameterizedContext,
  { status, type, body, lines, vary }: ReadyAnswer,
  onBroken: OnBroken,
): void {
  const { res } = ctx;
  if (vary) ctx.vary("Accept");
  if (isStream(body)) {
    res.statusCode = status;
    for (let at = 0; at + 1 < lines.length; at += 2) {
      res.appendHeader(lines[at] ?? "", lines[at + 1] ?? "");
    }
    if (type !== undefined) res.setHeader("Content-Type", type);
    pipe(ctx, streamOf(body), onBroken);
    return;
  }
  const head = headOf(res, lines);
  if (type !== undefined) head.push("Content-Type", type);
  const length = lengthOf(body);
  if (length > 0 || (status !== 204 && status !== 304)) {
    head.push("Content-Length", String(length));
  }
  res.writeHead(status, head);
  if (typeof body !== "string") res.end(body);
  // As many bytes as code units: ASCII, which is copied faster as Latin-1.
  else if (length !== body.length) res.end(body);
  else if (!endInOnePiece(res, body, ctx.req.method)) res.end(body, "latin1");
}

/** Cookies go ahead: `writeHead` keeps one line of each name where others were set before. */
function headOf(res: ServerResponse, lines: HeaderLines): string[] {
  const head: string[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const name = lines[at] ?? "";
    const value = lines[at + 1] ?? "";
    if (name.length === 10 && name.toLowerCase() === "set-cookie") {
      res.appendHeader(name, value);
    } else head.push(name, value);
  }
  return head;
}

type Stream = Exclude<ReadyAnswer["body"], string | Uint8Array | undefined>;

function isStream(body: ReadyAnswer["body"]): body is Stream {
  return typeof body === "object" && !(body instanceof Uint8Array);
}

function lengthOf(body: string | Uint8Array | undefined): number {
  if (body === undefined) return 0;
  return typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
}

/** The head as node:http keeps it until the first byte of the body is there. */
interface Head {
  _header: string;
}

function hasHead(res: object): res is Head {
  return typeof Reflect.get(res, "_header") === "string";
}

/**
 * `end(body)` hands two pieces to the socket, the second one empty; with the body behind the head it is one.
 * Both are ASCII here, and the head has the length. False where node:http keeps its head otherwise.
 */
function endInOnePiece(
  res: ServerResponse,
  body: string,
  method: string | undefined,
): boolean {
  if (method === "HEAD" || !hasHead(res)) return false;
  res._header += body;
  res.end();
  return true;
}

/** Replaces whatever was prepared. */
export function writeProblem(res: ServerResponse, thrown: Problem): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const { status, fields, headers } = thrown;
  const { body, type } = problemJson(status, fields);
  const text = String(body);
  const lines = headerLines(headers);
  if (res.req.httpVersionMajor < 2) {
    res.statusMessage = STATUS_CODES[status] ?? "";
  }
  res.writeHead(status, [
    ...lines,
    "Content-Type",
    String(type),
    "Content-Length",
    String(Buffer.byteLength(text)),
  ]);
  res.end(text);
}

/** What Koa does at the end of a request, with problems for errors that have no body. */
export function respond(
  ctx: Koa.ParameterizedContext,
  onBroken: OnBroken,
): void {
  if (ctx.respond === false) return;
  const { res } = ctx;
  if (!ctx.writable) {
    res.end();
    return;
  }
  const { status } = ctx;
  const body: unknown = ctx.body;
  if (status === 204 || status === 205 || status === 304) {
    ctx.body = null;
    res.end();
    return;
  }
  if (body === null || body === undefined) {
    respondEmpty(ctx, status);
    return;
  }
  if (ctx.method === "HEAD") {
    const { length } = ctx.response;
    if (Number.isInteger(length) && !res.headersSent) ctx.length = length;
    if (body instanceof Readable) body.destroy();
    res.end();
    return;
  }
  if (typeof body === "string" || body instanceof Uint8Array) {
    res.end(body);
    return;
  }
  const stream = asStream(body);
  if (stream !== undefined) {
    pipe(ctx, stream, onBroken);
    return;
  }
  const text = JSON.stringify(body);
  if (!res.headersSent) ctx.length = Buffer.byteLength(text);
  res.end(text);
}

function respondEmpty(ctx: Koa.ParameterizedContext, status: number): void {
  const { res, response } = ctx;
  if (Reflect.get(response, "_explicitNullBody") === true) {
    ctx.remove("Content-Type");
    ctx.remove("Transfer-Encoding");
    ctx.length = 0;
    res.end();
    return;
  }
  if (status >= 400 && status <= 599 && !res.headersSent) {
    writeProblem(res, problem.status(status));
    return;
  }
  const text = ctx.message || String(status);
  if (!res.headersSent) {
    ctx.type = "text";
    ctx.length = Buffer.byteLength(text);
  }
  res.end(text);
}

function asStream(body: unknown): Readable | undefined {
  if (body instanceof Blob) return Readable.from(body.stream());
  if (body instanceof ReadableStream) return Readable.from(body);
  if (body instanceof Response) return Readable.from(body.body ?? []);
  if (body instanceof Readable) return body;
  return body instanceof LegacyStream
    ? body.pipe(new PassThrough())
    : undefined;
}

/** A stream that breaks before its first byte is a problem, afterwards a cut connection; a client that leaves ends the stream. */
function pipe(
  ctx: Koa.ParameterizedContext,
  stream: Readable,
  onBroken: OnBroken,
): void {
  const { res } = ctx;
  if (ctx.method === "HEAD") {
    stream.destroy();
    res.end();
    return;
  }
  stream.once("error", (error) => {
    stream.unpipe(res);
    onBroken(error, ctx);
  });
  res.once("close", () => stream.destroy());
  stream.pipe(res);
}
