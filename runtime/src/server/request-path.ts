/** Room `server`: the path of a request target (RFC 9112 3.2). */
import type { RouterContext } from "@koa/router";

/** Undecoded; middleware that mounts or rewrites is honoured as `@koa/router` honours it. */
export function pathOf(ctx: RouterContext, routerPath?: string): string {
  if (routerPath !== undefined && routerPath !== "") return routerPath;
  if (ctx["newRouterPath"] !== undefined) return String(ctx["newRouterPath"]);
  return targetPath(ctx.req.url ?? "");
}

/** Undecoded, without the query. */
export function targetPath(target: string): string {
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  return path.charCodeAt(0) === 47 ? path : absolutePath(path);
}

/** Absolute form: the authority is no business of routing. */
function absolutePath(target: string): string {
  const scheme = target.indexOf("://");
  if (scheme === -1) return target;
  const slash = target.indexOf("/", scheme + 3);
  return slash === -1 ? "/" : target.slice(slash);
}
