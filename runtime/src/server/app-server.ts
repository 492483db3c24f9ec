/** Room `server`: the node:http server of an application made by `createApp`, with bounds on what comes before routing. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { ServerOptions as TlsOptions } from "node:https";
import type { Duplex } from "node:stream";
import { phraseOf } from "../errors/catalogue.js";
import { problem, type Problem } from "../errors/problem.js";
import { holdContinue } from "../read/body.js";
import type {
  HeaderBlock,
  HeaderBlocks,
} from "../transport/security-headers.js";
import { problemJson } from "../write/json.js";
import { writeProblem } from "./app-respond.js";

/** Milliseconds and bytes. */
export interface ServerLimits {
  /** Until the header section is complete; 10,000. */
  readonly headersTimeout?: number;
  /** Until the whole request is there; 30,000. */
  readonly requestTimeout?: number;
  /** Between two requests of one connection; 5,000. */
  readonly keepAliveTimeout?: number;
  /** Request line and header section; 16,384. */
  readonly maxHeaderSize?: number;
  /** Fields in the header section; 128. */
  readonly maxHeaders?: number;
}

export interface ServerOptions extends ServerLimits {
  /** Listen with TLS: `key` and `cert`, and for `mutualTLS` `ca` with `requestCert: true`, as node:https takes them. */
  readonly tls?: TlsOptions;
}

/** Loaded only by those who listen with TLS. */
function createTlsServer(options: TlsOptions): Server {
  return process.getBuiltinModule("node:https").createServer(options);
}

export function createAppServer(
  listener: RequestListener,
  limits: ServerOptions,
  headers?: HeaderBlocks,
): Server {
  const maxHeaders = limits.maxHeaders ?? 128;
  const options = {
    headersTimeout: limits.headersTimeout ?? 10_000,
    requestTimeout: limits.requestTimeout ?? 30_000,
    keepAliveTimeout: limits.keepAliveTimeout ?? 5_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: limits.maxHeaderSize ?? 16 * 1024,
    insecureHTTPParser: false,
    // Asked for below, to be answered with a problem.
    requireHostHeader: false,
  };
  const { tls } = limits;
  const server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({ minVersion: "TLSv1.2", ...tls, ...options });
  const block = tls === undefined ? headers?.plain : headers?.secure;
  // Node drops what is above its own count without a word; ours comes first.
  server.maxHeadersCount = 0;
  const admit: RequestListener = (req, res) => {
    const refused = refusalOf(req, maxHeaders);
    if (refused === undefined) listener(req, res);
    else refuse(res, refused, block);
  };
  server.on("request", admit);
  server.on("checkContinue", (req: IncomingMessage, res: ServerResponse) => {
    holdContinue(req);
    admit(req, res);
  });
  server.on("checkExpectation", (_req, res: ServerResponse) => {
    refuse(res, problem.expectationFailed(), block);
  });
  server.on("clientError", (error: Error, socket: Duplex) => {
    answerClientError(error, socket, block);
  });
  // RFC 9110 9.3.6: no tunnel begins here. Node cuts the connection where nobody listens.
  server.on("connect", (_req: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => socket.destroy());
    endWith(socket, 405, block, ["Allow: "]);
  });
  return server;
}

function refuse(
  res: ServerResponse,
  refused: Problem,
  block: HeaderBlock | undefined,
): void {
  res.shouldKeepAlive = false;
  writeProblem(res, refused, block);
}

/** RFC 9112 3.2: exactly one well-formed Host. RFC 6585 5: not too many fields. */
function refusalOf(
  { rawHeaders, httpVersionMinor, httpVersionMajor }: IncomingMessage,
  maxHeaders: number,
): Problem | undefined {
  if (rawHeaders.length > maxHeaders * 2) {
    return problem.requestHeaderFieldsTooLarge();
  }
  let host: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (name.length !== 4 || name.toLowerCase() !== "host") continue;
    if (host !== undefined) return badHost();
    host = rawHeaders[at + 1] ?? "";
  }
  if (host === undefined) {
    const optional = httpVersionMajor === 1 && httpVersionMinor === 0;
    return optional ? undefined : badHost();
  }
  return isHost(host) ? undefined : badHost();
}

function badHost(): Problem {
  return problem.badRequest({ detail: "the request needs one valid Host" });
}

const HOST =
  /^(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\]|\[v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\])(?::\d{0,5})?$/;

/** Most requests of a connection name the same host. */
let lastHost = "";

function isHost(text: string): boolean {
  if (text === lastHost) return true;
  if (!HOST.test(text)) return false;
  lastHost = text;
  return true;
}

/** What the parser refuses never becomes a request; the client still gets a problem. */
function answerClientError(
  error: Error,
  socket: Duplex,
  block: HeaderBlock | undefined,
): void {
  if (!socket.writable || hasBegun(socket) || codeOf(error) === "ECONNRESET") {
    socket.destroy();
    return;
  }
  endWith(socket, clientStatus(error), block);
}

/** A problem for a connection that has no response to write it by, and its end. */
function endWith(
  socket: Duplex,
  code: number,
  block: HeaderBlock | undefined,
  lines: readonly string[] = [],
): void {
  const { status, body, type } = problemJson(code, undefined);
  const text = String(body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${phraseOf(status)}`,
      ...lines,
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
      ...(block?.fields ?? []).map(([name, value]) => `${name}: ${value}`),
      "Connection: close",
      "",
      text,
    ].join("\r\n"),
  );
  // An end that the client does not answer would keep the socket.
  socket.once("finish", () => socket.destroy());
}

/** An answer on its way must not get another one into it. */
function hasBegun(socket: Duplex): boolean {
  const message: unknown = Reflect.get(socket, "_httpMessage");
  if (typeof message !== "object" || message === null) return false;
  return "headersSent" in message && message.headersSent === true;
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}

function clientStatus(error: Error): number {
  switch (codeOf(error)) {
    case "HPE_HEADER_OVERFLOW":
      return isTargetOverflow(error) ? 414 : 431;
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return 413;
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return 408;
    default:
      return 400;
  }
}

/** RFC 9110 15.5.15: the request line itself did not end within the limit. */
function isTargetOverflow(error: Error): boolean {
  const packet: unknown = Reflect.get(error, "rawPacket");
  return (
    packet instanceof Uint8Array && !packet.subarray(0, 8 * 1024).includes(10)
  );
}
