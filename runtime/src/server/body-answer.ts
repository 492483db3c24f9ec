/** Room `server`: answers whose body is no text: files and bytes in ranges, streams with a pulse. Loaded with the first of them. */
import type { RouterContext } from "@koa/router";
import { isFileBody } from "../contract/file-body.js";
import type { CommonOptions } from "../contract/options.js";
import type { ByteSource, WireResponse } from "../contract/wire-response.js";
import { presentBytes } from "../files/partial.js";
import { requestIdOf } from "../observe/request-id.js";
import type { EncodedItems } from "../streaming/encoded-items.js";

/** The answer as this request asks for it. Throws 416. */
export function presentBody(
  wire: WireResponse,
  { req }: RouterContext,
  { streams }: CommonOptions,
): WireResponse {
  const { body } = wire;
  if (isFileBody(body) || body instanceof Uint8Array) {
    const { range } = req.headers;
    const ifRange = req.headers["if-range"];
    return presentBytes(wire, body, {
      method: req.method,
      range,
      ifRange: typeof ifRange === "string" ? ifRange : undefined,
      boundary: () => requestIdOf(req),
    });
  }
  if (isEncoded(body) && body.heartbeat !== undefined) {
    const every = streams?.heartbeat ?? body.heartbeat.every;
    body.heartbeat = every > 0 ? { ...body.heartbeat, every } : undefined;
  }
  return wire;
}

function isEncoded(body: ByteSource | undefined): body is EncodedItems {
  return typeof body === "object" && "heartbeat" in body;
}
