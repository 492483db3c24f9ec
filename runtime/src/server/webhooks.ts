/** Room `server`: what the generated `createWebhooks` calls: a router for the receivers that are there. */
import type { RouterInstance } from "@koa/router";
import type { Route } from "../contract/route.js";
import type { SecuritySchemes } from "../contract/security.js";
import { router } from "./router.js";
import type { AnyOptions } from "./route-table.js";

type AnyWebhookOptions = AnyOptions & {
  readonly paths?: Readonly<Record<string, string>>;
};

/** Refuses to start when a path is none, or is one that another receiver has. */
export function webhooks(
  routes: readonly Route[],
  schemes: SecuritySchemes,
  handlers: object,
  options: AnyWebhookOptions = {},
): RouterInstance {
  const given = new Map<string, unknown>(Object.entries(handlers));
  const paths = new Map(Object.entries(options.paths ?? {}));
  const taken = new Map<string, string>();
  const chosen = routes.flatMap((route) => {
    if (typeof given.get(route.id) !== "function") return [];
    const path = paths.get(route.id) ?? route.path;
    if (!/^\/[^{}?#]*$/.test(path)) {
      throw new Error(`the path of the receiver ${route.id} is none: ${path}`);
    }
    const key = `${route.method} ${path}`;
    const other = taken.get(key);
    if (other !== undefined) {
      throw new Error(
        `the receivers ${other} and ${route.id} have the same path: give each its own in \`paths\``,
      );
    }
    taken.set(key, route.id);
    return [{ ...route, path }];
  });
  return router(chosen, schemes, { webhooks: handlers }, options);
}
