/** Room `server`: what the generated `createRouter` calls. */
import type { RouterInstance } from "@koa/router";
import type { Route } from "../contract/route.js";
import type { CorsOptions } from "../contract/cors.js";
import type { DocumentFacts } from "../contract/document-facts.js";
import type { SecuritySchemes } from "../contract/security.js";
import { createCors } from "../security/cors.js";
import { ContractRouter } from "./contract-router.js";
import { crossOrigin } from "./cross-origin.js";
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
  facts: DocumentFacts = {},
): RouterInstance {
  const service = createService(options, schemes);
  const given = corsOf(options, facts);
  const cors = given && createCors(given, schemes);
  const endpoints = createEndpoints(
    routes,
    schemes,
    handlers,
    options,
    service,
    given,
  );
  if (options.preload === true) {
    for (const endpoint of endpoints) {
      endpoint.load().catch((error: unknown) => {
        service.logger.error(`could not load ${endpoint.route.id}`, { error });
      });
    }
  }
  return new ContractRouter(
    endpoints,
    cors && crossOrigin(cors, service.report),
  );
}

function corsOf(
  { cors }: AnyOptions,
  facts: DocumentFacts,
): CorsOptions | undefined {
  if (cors === false) return undefined;
  if (cors === undefined) return facts.cors;
  return { ...facts.cors, ...cors };
}
