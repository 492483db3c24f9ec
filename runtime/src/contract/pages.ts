/** Room `contract`: middleware that answers certain paths only, so that `createApp` can pass it by for all others. */
import type { Context, Middleware } from "koa";

/** Whether the middleware looks at requests for this path at all. */
export const TAKES: unique symbol = Symbol("takes this path");

export interface Pages extends Middleware {
  readonly [TAKES]: (path: string) => boolean;
}

/** Answers GET and HEAD of these paths. */
export type Page = (ctx: Context) => void | Promise<void>;

/** Other methods are refused with 405, other paths are for the next middleware. */
export function pagesAt(find: (path: string) => Page | undefined): Pages {
  const middleware: Middleware = (ctx, next) => {
    const page = find(ctx.path);
    if (page === undefined) return next();
    if (ctx.method === "GET" || ctx.method === "HEAD") return page(ctx);
    ctx.set("Allow", "GET, HEAD");
    ctx.status = 405;
    ctx.body = JSON.stringify({ title: "Method Not Allowed", status: 405 });
    ctx.type = "application/problem+json";
    return undefined;
  };
  return Object.assign(middleware, {
    [TAKES]: (path: string) => find(path) !== undefined,
  });
}

export function isPages(middleware: object | undefined): middleware is Pages {
  return middleware !== undefined && TAKES in middleware;
}
