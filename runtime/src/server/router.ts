/** Room `server`: what the generated `createRouter` calls. */
import type { RouterContext, RouterInstance } from "@koa/router";
import type { Route } from "../contract/route.js";
import type { CorsOptions } from "../contract/cors.js";
import type { DocumentFacts } from "../contract/document-facts.js";
import type { SecuritySchemes } from "../contract/security.js";
import { remember } from "../contract/served.js";
import { acceptRequestId, REQUEST_ID } from "../observe/incoming-id.js";
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
  const made = new ContractRouter(
    endpoints,
    cors && crossOrigin(cors, service.report),
    sendIds(options),
  );
  const prefix = options.prefix === true ? facts.basePath : options.prefix;
  if (typeof prefix === "string" && prefix !== "") made.prefix(prefix);
  remember(made, { routes, facts });
  return made;
}

/** Before anything else: the id that the answer and the log will have. `undefined`: ids are not sent. */
function sendIds({
  requestIds,
}: AnyOptions): ((ctx: RouterContext) => void) | undefined {
  if (requestIds === undefined || requestIds === false) return undefined;
  const { accept = REQUEST_ID } = requestIds === true ? {} : requestIds;
  return (ctx) => ctx.set("X-Request-Id", acceptRequestId(ctx.req, accept));
}

function corsOf(
  { cors }: AnyOptions,
  facts: DocumentFacts,
): CorsOptions | undefined {
  if (cors === false) return undefined;
  if (cors === undefined) return facts.cors;
  return { ...facts.cors, ...cors };
}
