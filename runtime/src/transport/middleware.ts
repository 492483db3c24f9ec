/** Room `transport`: for a plain Koa what `createApp` does by its options. */
import type { Middleware } from "koa";
import { phraseOf } from "../errors/catalogue.js";
import { Problem } from "../errors/problem.js";
import { isSecure } from "./client.js";
import { type HttpsOnly, httpsOrigin, insecureAnswer } from "./https-only.js";
import { headerBlocks, type SecurityHeaders } from "./security-headers.js";

/** Sets the fields before the rest runs, which may set others in their place. */
export function securityHeaders(headers: SecurityHeaders = {}): Middleware {
  const blocks = headerBlocks(headers);
  return (ctx, next) => {
    const { fields } = isSecure(ctx) ? blocks.secure : blocks.plain;
    for (const [name, value] of fields) ctx.set(name, value);
    return next();
  };
}

/** Redirects plain GET and HEAD to the origin, and refuses all else with 403. To be the first middleware. */
export function httpsOnly(options: HttpsOnly): Middleware {
  const origin = httpsOrigin(options);
  return (ctx, next) => {
    if (isSecure(ctx)) return next();
    const answer = insecureAnswer(ctx.method, ctx.req.url ?? "/", origin);
    ctx.status = answer.status;
    if (answer instanceof Problem) {
      const { status, fields } = answer;
      ctx.body = { title: phraseOf(status), status, ...fields };
      ctx.type = "application/problem+json";
    } else {
      ctx.set("Location", answer.location);
      ctx.body = null;
      ctx.status = answer.status;
    }
    return undefined;
  };
}
