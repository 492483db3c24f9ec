/** Room `server`: answers to requests that no operation takes. */
import type { RouterContext } from "@koa/router";
import { problem } from "../errors/problem.js";
import { empty } from "../write/octets.js";
import { respondProblem } from "./failure.js";
import { READY, respondWith } from "./respond.js";

/** RFC 9110 9.3.7 and 15.5.6: OPTIONS tells the methods, others are refused with them. */
export function answerMethod(ctx: RouterContext, allow: string): void {
  const headers = { Allow: allow };
  if (ctx.method === "OPTIONS") {
    respondWith(ctx, { wire: empty(204, headers), vary: false }, true);
    return;
  }
  respondProblem(ctx, problem.methodNotAllowed({}, { headers }), true);
}

/** RFC 3986 2.1: a bad escape, invalid UTF-8 or NUL in a path that is ours otherwise. */
export function answerBadPath(ctx: RouterContext): void {
  const detail = "the path must be percent-encoded UTF-8";
  respondProblem(ctx, problem.badRequest({ detail }), true);
}

/** After `next()`: nobody has set a status or a body. */
export function answerUnknownPath(ctx: RouterContext): void {
  const { response, res } = ctx;
  if (ctx.respond === false || res.headersSent || ctx.status !== 404) return;
  if (ctx.body !== undefined && ctx.body !== null) return;
  if (Reflect.get(response, "_explicitStatus") === true) return;
  if (ctx[READY] !== undefined) return;
  respondProblem(ctx, problem.notFound(), true);
}
