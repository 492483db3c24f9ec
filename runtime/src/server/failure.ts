/** Room `server`: what happens when a step of the pipeline throws. */
import type { RouterContext } from "@koa/router";
import type { WireResponse } from "../contract/wire-response.js";
import { intendedProblem, internalProblem } from "../errors/boundary.js";
import type { PlainProblem, Problem } from "../errors/problem.js";
import { requestIdOf } from "../observe/request-id.js";
import { ClientGone, discardBody } from "../read/body.js";
import { announcesBody, requestFields } from "../read/request-fields.js";
import { problemJson } from "../write/json.js";
import type { Endpoint, Service } from "./endpoint.js";
import { respondWith } from "./respond.js";

/** Answers with the problem that was meant, or with 500. */
export function answerFailure(
  endpoint: Endpoint,
  ctx: RouterContext,
  error: unknown,
): void {
  const failure = failureOf(endpoint, ctx, error, false);
  if (failure) respondProblem(ctx, failure, endpoint.use.length === 0);
}

/** The problem that was meant, or a 500 that was logged; nothing for a client that is gone. */
export function failureOf(
  { route, service, bound }: Endpoint,
  ctx: RouterContext,
  error: unknown,
  thrownByHandler: boolean,
): PlainProblem | undefined {
  if (error instanceof ClientGone) return undefined;
  const meant = intendedProblem(error);
  if (meant === undefined) return reportFault(service, ctx, error, route.id);
  if (meant.status === 429) {
    service.report(ctx, "excess_rate_limit_exceeded", route.id);
  } else if (meant.status === 403 && thrownByHandler) {
    service.report(ctx, "authz_fail", route.id, { reason: "handler" });
  }
  if (meant.cause !== undefined) {
    service.logger.error(`${meant.message} (by ${route.id})`, {
      operationId: route.id,
      requestId: requestIdOf(ctx.req),
      error: meant.cause,
    });
  }
  if (
    thrownByHandler &&
    service.development &&
    bound?.typesOf(meant.status) === undefined
  ) {
    service.logger.error(
      `the handler of ${route.id} threw status ${meant.status}, which its contract does not declare`,
      { operationId: route.id, status: meant.status },
    );
  }
  return meant;
}

/** Logs a fault of ours and gives the problem that may be shown for it. */
export function reportFault(
  service: Pick<Service, "logger" | "onError">,
  ctx: RouterContext,
  error: unknown,
  operationId: string | undefined,
): Problem {
  const requestId = requestIdOf(ctx.req);
  service.logger.error("the request failed", { operationId, requestId, error });
  try {
    service.onError?.(error, { operationId, requestId, ctx });
  } catch (second) {
    service.logger.error("onError failed", {
      operationId,
      requestId,
      error: second,
    });
  }
  return internalProblem(requestId);
}

/** Writes a problem, and sees to a body that is still on its way. */
export function respondProblem(
  ctx: RouterContext,
  problem: PlainProblem,
  unseen = false,
  bodyReceived = false,
): void {
  if (ctx.res.headersSent) {
    // Half an answer is out: cutting it is all that tells the client.
    ctx.res.destroy();
    return;
  }
  if (
    !bodyReceived &&
    announcesBody(requestFields(ctx.req.rawHeaders), ctx.req)
  ) {
    discardBody(ctx.req, ctx.res);
  }
  respondWith(ctx, { wire: wireOf(problem), vary: false }, unseen);
}

/** A problem, serialized. */
export function wireOf({
  status,
  fields,
  headers,
}: PlainProblem): WireResponse {
  try {
    return problemJson(status, fields, headers);
  } catch {
    // Extension members of the user's may be no JSON; the status is still right.
    return problemJson(status, undefined, headers);
  }
}
