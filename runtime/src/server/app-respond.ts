/** Room `server`: writes the answers of an application made by `createApp`. */
import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import { PassThrough, Readable, Stream } from "node:stream";
import type Koa from "koa";
import { problem, type Problem } from "../errors/problem.js";
import { problemJson } from "../write/json.js";
import { headerLines } from "../write/header-lines.js";
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
  const head = [...lines];
  if (type !== undefined) head.push("Content-Type", type);
  if (typeof body === "string") {
    const length = Buffer.byteLength(body);
    head.push("Content-Length", String(length));
    res.writeHead(status, head);
    // As many bytes as code units: ASCII, which is copied faster as Latin-1.
    res.end(body, length === body.length ? "latin1" : "utf8");
    return;
  }
  if (body === undefined) {
    if (status >= 200 && status !== 204 && status !== 304) {
      head.push("Content-Length", "0");
    }
    res.writeHead(status, head);
    res.end();
    return;
  }
  if (body instanceof Uint8Array) {
    head.push("Content-Length", String(body.byteLength));
    res.writeHead(status, head);
    res.end(body);
    return;
  }
  res.statusCode = status;
  for (let at = 0; at + 1 < head.length; at += 2) {
    res.appendHeader(head[at] ?? "", head[at + 1] ?? "");
  }
  pipe(ctx, streamOf(body), onBroken);
}

/** Replaces whatever was prepared. */
export function writeProblem(res: ServerResponse, thrown: Problem): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const { status, fields, headers } = thrown;
  const { body, type } = problemJson(status, fields);
  const text = String(body);
  const lines = headerLines(headers);
  res.statusMessage = STATUS_CODES[status] ?? "";
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
  return body instanceof Stream ? body.pipe(new PassThrough()) : undefined;
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
