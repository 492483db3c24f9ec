/** Room `server`: writes the answers of an application made by `createApp`. */
import { STATUS_CODES } from "node:http";
import type { ServerResponse } from "node:http";
import { PassThrough, Readable, Stream as LegacyStream } from "node:stream";
import type Koa from "koa";
import { problem, type Problem } from "../errors/problem.js";
import { problemJson } from "../write/json.js";
import {
  comesInSeveral,
  type HeaderLines,
  headerLines,
} from "../write/header-lines.js";
import type { HeaderBlock } from "../transport/security-headers.js";
import {
  addVary,
  isVary,
  lengthOf,
  type ReadyAnswer,
  streamOf,
} from "./respond.js";

/** Told of streams that break while they are sent. */
export type OnBroken = (error: unknown, ctx: Koa.ParameterizedContext) => void;

/** One `writeHead`, one `end`: nobody else sees this answer. */
export function writeReady(
  ctx: Koa.ParameterizedContext,
  { status, type, body, lines, vary }: ReadyAnswer,
  block: HeaderBlock | undefined,
  onBroken: OnBroken,
): void {
  const { res } = ctx;
  if (vary) addVary(res, "Accept");
  if (isStream(body)) {
    res.statusCode = status;
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const name = lines[at] ?? "";
      const value = lines[at + 1] ?? "";
      if (isVary(name)) addVary(res, value);
      else res.appendHeader(name, value);
    }
    if (block !== undefined) addMissing(res, block);
    if (type !== undefined) res.setHeader("Content-Type", type);
    const length = lengthOf(body);
    if (length !== undefined) res.setHeader("Content-Length", length);
    pipe(ctx, streamOf(body), onBroken);
    return;
  }
  const head = headOf(res, lines);
  if (type !== undefined) head.push("Content-Type", type);
  const length = body === undefined ? 0 : (lengthOf(body) ?? 0);
  if (length > 0 || (status !== 204 && status !== 304)) {
    head.push("Content-Length", String(length));
  }
  const bare = lines.length === 0 && isUntouched(res, block);
  if (!bare && block !== undefined) {
    for (const [name, value] of missingOf(res, block, lines)) {
      head.push(name, value);
    }
  }
  res.writeHead(status, head);
  if (bare && block !== undefined) appendBlock(res, block);
  if (typeof body !== "string") res.end(body);
  // As many bytes as code units: ASCII, which is copied faster as Latin-1.
  else if (length !== body.length) res.end(body);
  else if (!endInOnePiece(res, body, ctx.req.method)) res.end(body, "latin1");
}

/** Whether the block goes behind the finished head as it is: nobody has set one of its fields, and the head is text. */
function isUntouched(
  res: ServerResponse,
  block: HeaderBlock | undefined,
): boolean {
  if (res.req.httpVersionMajor >= 2) return false;
  return block?.fields.every(([name]) => !res.hasHeader(name)) ?? true;
}

function missingOf(
  res: ServerResponse,
  { fields }: HeaderBlock,
  lines: HeaderLines,
): HeaderBlock["fields"] {
  const given = new Set<string>();
  for (let at = 0; at < lines.length; at += 2) {
    given.add((lines[at] ?? "").toLowerCase());
  }
  return fields.filter(
    ([name]) => !res.hasHeader(name) && !given.has(name.toLowerCase()),
  );
}

/** What somebody has set stays. */
export function addMissing(res: ServerResponse, block: HeaderBlock): void {
  if (res.headersSent) return;
  for (const [name, value] of block.fields) {
    if (!res.hasHeader(name)) res.setHeader(name, value);
  }
}

/** The same text for every answer need not be checked and joined each time. */
function appendBlock(res: ServerResponse, block: HeaderBlock): void {
  if (!hasHead(res)) return;
  res._header = `${res._header.slice(0, -2)}${block.text}\r\n`;
}

/** Cookies, links and `Vary` go ahead: `writeHead` keeps one line of each name where others were set before. */
function headOf(res: ServerResponse, lines: HeaderLines): string[] {
  const head: string[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const name = lines[at] ?? "";
    const value = lines[at + 1] ?? "";
    if (comesInSeveral(name)) {
      res.appendHeader(name, value);
    } else if (isVary(name)) addVary(res, value);
    else head.push(name, value);
  }
  return head;
}

type Stream = Exclude<ReadyAnswer["body"], string | Uint8Array | undefined>;

function isStream(body: ReadyAnswer["body"]): body is Stream {
  return typeof body === "object" && !(body instanceof Uint8Array);
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

/** What browsers need to show a page any answer at all, and what people ask with. */
const KEPT = /^(?:vary|x-request-id|access-control-.*)$/;

/** Replaces whatever was prepared, but for CORS and the id of the request. */
export function writeProblem(
  res: ServerResponse,
  thrown: Problem,
  block?: HeaderBlock,
): void {
  for (const name of res.getHeaderNames()) {
    if (!KEPT.test(name)) res.removeHeader(name);
  }
  const { status, fields, headers } = thrown;
  const { body, type } = problemJson(status, fields);
  const text = String(body);
  const lines = headerLines(headers);
  if (res.req.httpVersionMajor < 2) {
    res.statusMessage = STATUS_CODES[status] ?? "";
  }
  res.writeHead(status, [
    ...lines,
    ...(block?.fields.flat() ?? []),
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
  block: HeaderBlock | undefined,
  onBroken: OnBroken,
): void {
  if (ctx.respond === false) return;
  const { res } = ctx;
  if (block !== undefined) addMissing(res, block);
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
    respondEmpty(ctx, status, block);
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

function respondEmpty(
  ctx: Koa.ParameterizedContext,
  status: number,
  block: HeaderBlock | undefined,
): void {
  const { res, response } = ctx;
  if (Reflect.get(response, "_explicitNullBody") === true) {
    ctx.remove("Content-Type");
    ctx.remove("Transfer-Encoding");
    ctx.length = 0;
    res.end();
    return;
  }
  if (status >= 400 && status <= 599 && !res.headersSent) {
    writeProblem(res, problem.status(status), block);
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
