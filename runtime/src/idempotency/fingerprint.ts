/** Room `idempotency`: tells whether two requests ask for the same. */
import { createHash } from "node:crypto";
import type { Exchange } from "../contract/policy.js";

/** Over method, target, body and who asks. A body that is not read yet counts by its type and length. */
export function fingerprintOf(
  { ctx, request }: Exchange,
  identity: string | undefined,
): string {
  const hash = createHash("sha256");
  const { method, headers } = ctx.req;
  hash.update(JSON.stringify([method, ctx.originalUrl, identity ?? null]));
  const body = request?.body;
  if (typeof body === "string") hash.update("text").update(body);
  else if (body instanceof Uint8Array) hash.update("bytes").update(body);
  else if (body !== undefined && !isStream(body)) {
    hash.update("json").update(JSON.stringify(body, plain) ?? "");
  } else {
    const seen = [headers["content-type"], headers["content-length"]];
    hash.update(JSON.stringify(seen));
  }
  return hash.digest("base64url");
}

/** The name under which an answer is kept; keys of clients are of any length and any text. */
export function nameOfKey(key: string, owner: string | undefined): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([owner ?? null, key]));
  return hash.digest("base64url");
}

function isStream(body: unknown): boolean {
  return (
    typeof body === "object" && body !== null && Symbol.asyncIterator in body
  );
}

/** Parts of a body that are no JSON. */
function plain(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return isStream(value) ? null : value;
}
