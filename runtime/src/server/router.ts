/** Room `server`: what the generated `createRouter` calls. */
import type { RouterInstance } from "@koa/router";
import type { Route } from "../contract/route.js";
import type { SecuritySchemes } from "../contract/security.js";
import { ContractRouter } from "./contract-router.js";
import {
  type AnyOptions,
  createEndpoints,
  createService,
} from "./route-table.js";

/** Refuses to start when a handler or an authenticator is missing. */
export function router(
  routes: readonly Route[],
  schemes: SecuritySchemes,
  handlers: object,
  options: AnyOptions = {},
): RouterInstance {
  const service = createService(options);
  const endpoints = createEndpoints(
    routes,
    schemes,
    handlers,
    options,
    service,
  );
  if (options.preload === true) {
    for (const endpoint of endpoints) {
      endpoint.load().catch((error: unknown) => {
        service.logger.error(`could not load ${endpoint.route.id}`, { error });
      });
    }
  }
  return new ContractRouter(endpoints);
}
