/** Room `docs`: one file as an answer: with its validator, and 304 for those who have it already (RFC 9110, section 13.1.2). */
import { createHash } from "node:crypto";
import type { Context } from "koa";

export interface Sent {
  readonly type: string;
  readonly body: string | Buffer;
  readonly caching: string;
}

const tags = new WeakMap<Sent, string>();

export function entityTag(sent: Sent): string {
  let tag = tags.get(sent);
  if (tag === undefined) {
    const hash = createHash("sha256").update(sent.body).digest("base64url");
    tag = `"${hash}"`;
    tags.set(sent, tag);
  }
  return tag;
}

export function send(ctx: Context, sent: Sent): void {
  const tag = entityTag(sent);
  ctx.set("ETag", tag);
  ctx.set("Cache-Control", sent.caching);
  ctx.set("X-Content-Type-Options", "nosniff");
  if (isKnown(ctx.get("If-None-Match"), tag)) {
    ctx.body = null;
    ctx.status = 304;
    return;
  }
  ctx.status = 200;
  ctx.body = sent.body;
  ctx.set("Content-Type", sent.type);
}

function isKnown(condition: string, tag: string): boolean {
  if (condition.trim() === "*") return true;
  return condition
    .split(",")
    .some((each) => each.trim().replace(/^W\//, "") === tag);
}
