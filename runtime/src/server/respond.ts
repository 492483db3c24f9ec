/** Room `server`: hands a finished answer to Koa, or straight to the application of `createApp`. */
import { STATUS_CODES, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { RouterContext } from "@koa/router";
import { READY } from "../contract/observer.js";
import type { ByteSource, WireResponse } from "../contract/wire-response.js";
import {
  comesInSeveral,
  type HeaderLines,
  headerLines,
} from "../write/header-lines.js";

/** An answer whose headers were checked: writing it cannot fail any more. */
export interface ReadyAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: ByteSource | undefined;
  readonly lines: HeaderLines;
  readonly vary: boolean;
}

/** Where a context of `createApp` takes an answer that nobody else can see or change before it is written. */
export { READY };

/** `true` on contexts whose application has this router for its only middleware, and no foreign layer in it. */
export const DIRECT: unique symbol = Symbol("direct");

/** Koa's private members, which its public setters set after work that is already done here. */
interface Internals {
  _body: unknown;
  _explicitStatus: boolean;
}

/** Looked up once; another inside than the known one means the public setters. */
let known: boolean | undefined;

function hasInternals(response: object): response is Internals {
  if (known === undefined) {
    const mark = {};
    // The getter of `body`, run on a stand-in.
    known = Reflect.get(response, "body", { _body: mark }) === mark;
  }
  return known;
}

/** `unseen`: no middleware runs between here and the wire, as far as the operation knows. */
export function respondWith(
  ctx: RouterContext,
  { wire, vary }: { wire: WireResponse; vary: boolean },
  unseen: boolean,
): void {
  const { status, type } = wire;
  const lines = headerLines(wire.headers);
  const body = bodyless(status) ? undefined : bodyBeside(lines, wire.body);
  if (ctx.res.headersSent) return;
  if (unseen && ctx[DIRECT] === true) {
    const ready: ReadyAnswer = { status, type, body, lines, vary };
    ctx[READY] = ready;
    return;
  }
  respondThroughKoa(ctx, { status, type, body, lines, vary });
}

/** node:http writes a head in the encoding of a text that follows it: fields of Latin-1 need a body of bytes. */
function bodyBeside(
  lines: HeaderLines,
  body: ByteSource | undefined,
): ByteSource | undefined {
  if (lines.length === 0 || typeof body !== "string") return body;
  return lines.some((line) => /[\u0080-\u00ff]/.test(line))
    ? Buffer.from(body)
    : body;
}

/** RFC 9110 15.3.5, 15.3.6, 15.4.5. */
function bodyless(status: number): boolean {
  return status === 204 || status === 304 || status === 205;
}

/** Through Koa's response, for all middleware to see and to change. */
export function respondThroughKoa(
  ctx: RouterContext,
  { status, type, body, lines, vary }: ReadyAnswer,
): void {
  const { res, response } = ctx;
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const name = lines[at] ?? "";
    const value = lines[at + 1] ?? "";
    if (comesInSeveral(name)) res.appendHeader(name, value);
    else if (isVary(name)) addVary(res, value);
    else res.setHeader(name, value);
  }
  if (vary) addVary(res, "Accept");
  if (body === undefined) {
    res.removeHeader("Content-Type");
    ctx.body = null;
    ctx.status = status;
    return;
  }
  if (
    typeof body === "string" &&
    hasInternals(response) &&
    response._body === undefined
  ) {
    response._body = body;
    response._explicitStatus = true;
    res.statusCode = status;
    // HTTP/2 has no phrases (RFC 9113 8.3.2).
    if (ctx.req.httpVersionMajor < 2) {
      res.statusMessage = STATUS_CODES[status] ?? "";
    }
    if (type !== undefined) res.setHeader("Content-Type", type);
    res.setHeader("Content-Length", Buffer.byteLength(body));
    return;
  }
  ctx.status = status;
  if (type !== undefined) ctx.set("Content-Type", type);
  ctx.body = typeof body === "string" ? body : koaBody(body);
  const length = lengthOf(body);
  if (length !== undefined) ctx.length = length;
}

/** Bytes, where it is known before they are sent. */
export function lengthOf(body: ByteSource): number | undefined {
  if (typeof body === "string") return Buffer.byteLength(body);
  if (!("byteLength" in body)) return undefined;
  return typeof body.byteLength === "number" ? body.byteLength : undefined;
}

/** RFC 9110 12.5.5: names that are not there yet; what others have put there stays. */
export function addVary(res: ServerResponse, names: string): void {
  const present = String(res.getHeader("Vary") ?? "");
  if (present === "") {
    res.setHeader("Vary", names);
    return;
  }
  const known = new Set(listed(present).map((name) => name.toLowerCase()));
  if (known.has("*")) return;
  const added = listed(names).filter((name) => !known.has(name.toLowerCase()));
  if (added.length > 0) res.setHeader("Vary", [present, ...added].join(", "));
}

export function isVary(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === "vary";
}

function listed(names: string): string[] {
  return names.split(",").map((name) => name.trim());
}

function koaBody(body: Exclude<ByteSource, string>): Buffer | Readable {
  if (body instanceof Uint8Array) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  return streamOf(body);
}

export function streamOf(source: AsyncIterable<Uint8Array | string>): Readable {
  return source instanceof Readable
    ? source
    : Readable.from(source, { objectMode: false });
}
