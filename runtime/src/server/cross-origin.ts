/** Room `server`: CORS for the answers of one router. */
import type { RouterContext } from "@koa/router";
import type { Route } from "../contract/route.js";
import { type Cors, isPreflight } from "../security/cors.js";
import { isOwnOrigin } from "../security/csrf.js";
import type { Report } from "../security/guard.js";
import { empty } from "../write/octets.js";
import { allowOf, type PathItem } from "./path-item.js";
import type { PathMatch } from "./path-matcher.js";
import { addVary, respondWith } from "./respond.js";

/** Marks the answer; `true` when it was a preflight, which is answered with that. `matches` is empty on paths that are not ours. */
export type CrossOrigin = (
  ctx: RouterContext,
  matches: readonly PathMatch<PathItem>[],
) => boolean;

export function crossOrigin(cors: Cors, report: Report): CrossOrigin {
  const known = new WeakMap<PathItem, readonly Route[]>();
  const routesOf = (item: PathItem): readonly Route[] => {
    let routes = known.get(item);
    if (routes === undefined) {
      routes = [...item.methods.values()].map(({ route }) => route);
      known.set(item, routes);
    }
    return routes;
  };
  return (ctx, matches) => {
    const { req, res } = ctx;
    if (res.headersSent) return false;
    const routes = matches.flatMap(({ item }) => routesOf(item));
    const asked = matches.length > 0 && isPreflight(req);
    const fields = asked
      ? cors.preflightOf(req, routes)
      : cors.answerTo(req, routes);
    for (const [name, value] of fields) {
      if (name === "Vary") addVary(res, value);
      else res.setHeader(name, value);
    }
    const { origin, host } = req.headers;
    if (
      origin !== undefined &&
      !cors.isAllowed(origin) &&
      !isOwnOrigin(origin, host)
    ) {
      report(ctx, "malicious_cors", undefined, {
        origin: origin.slice(0, 200),
      });
    }
    if (!asked) return false;
    const wire = empty(204, { Allow: allowOf(matches) });
    respondWith(ctx, { wire, vary: false }, true);
    return true;
  };
}
