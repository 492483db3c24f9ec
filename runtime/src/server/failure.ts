/** Room `server`: what happens when a step of the pipeline throws. */
import type { RouterContext } from "@koa/router";
import { notesOf } from "../contract/observer.js";
import type { WireResponse } from "../contract/wire-response.js";
import { intendedProblem, internalProblem } from "../errors/boundary.js";
import type { PlainProblem, Problem } from "../errors/problem.js";
import { describeProblem } from "../errors/bind-problems.js";
import { requestFieldsOf } from "../observe/incoming-id.js";
import { requestIdOf } from "../observe/request-id.js";
import { ClientGone, discardBody } from "../read/body.js";
import { announcesBody, requestFields } from "../read/request-fields.js";
import { problemJson } from "../write/json.js";
import type { BoundOperation } from "./bound-operation.js";
import type { Endpoint, Service } from "./endpoint.js";
import { respondWith } from "./respond.js";

/** A handler's answer of a status that its contract does not have. */
export class UndeclaredAnswerError extends TypeError {}

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
  const notes = notesOf(ctx);
  const meant = intendedProblem(error) ?? mapped(service, ctx, error, route.id);
  if (meant === undefined) {
    const fault = reportFault(service, ctx, error, route.id);
    return described(fault, bound);
  }
  if (meant.status === 429) {
    service.report(ctx, "excess_rate_limit_exceeded", route.id);
  } else if (meant.status === 403 && thrownByHandler) {
    service.report(ctx, "authz_fail", route.id, { reason: "handler" });
  }
  if (notes !== undefined) {
    notes.error = meant.cause;
    notes.undeclared ||=
      thrownByHandler && bound?.typesOf(meant.status) === undefined;
  }
  if (meant.cause !== undefined) {
    service.logger.error(`${meant.message} (by ${route.id})`, {
      operationId: route.id,
      ...requestFieldsOf(ctx.req),
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
  const shown =
    thrownByHandler && meant.status >= 500 && !service.development
      ? withoutInternals(service, ctx, meant, route.id)
      : meant;
  return described(shown, bound);
}

/** With the type that the contract's catalogue gives to its status. */
export function described(
  problem: PlainProblem,
  bound: BoundOperation | undefined,
): PlainProblem {
  return describeProblem(bound?.operation.policies?.problems, problem);
}

/** What the user makes of an error that is no problem; an error of the user's own is one fault more. */
function mapped(
  { options: { mapError }, logger }: Service,
  ctx: RouterContext,
  error: unknown,
  operationId: string,
): Problem | undefined {
  if (mapError === undefined) return undefined;
  const fields = { operationId, ...requestFieldsOf(ctx.req) };
  const requestId = requestIdOf(ctx.req);
  try {
    const made = mapError(error, { operationId, requestId, ctx });
    if (made === undefined) return undefined;
    if (made.status >= 500 && made.cause === undefined) {
      logger.error(`${made.message} (by ${operationId})`, { ...fields, error });
    }
    return made;
  } catch (second) {
    logger.error("mapError failed", { ...fields, error: second });
    return undefined;
  }
}

/** In production, what is wrong inside is for the log; the client gets an id to ask with. */
function withoutInternals(
  { logger }: Service,
  ctx: RouterContext,
  { status, message, fields, headers }: Problem,
  operationId: string,
): PlainProblem {
  const { detail, type, title } = fields;
  if (detail === undefined) return { status, fields, headers };
  const found = requestFieldsOf(ctx.req);
  logger.error(`${message} (by ${operationId})`, { operationId, ...found });
  return {
    status,
    fields: {
      ...(type !== undefined && { type }),
      ...(title !== undefined && { title }),
      detail: "the request could not be answered at this time",
      requestId: found.requestId,
    },
    headers,
  };
}

/** Logs a fault of ours and gives the problem that may be shown for it. */
export function reportFault(
  service: Pick<Service, "logger" | "onError">,
  ctx: RouterContext,
  error: unknown,
  operationId: string | undefined,
): Problem {
  const requestId = requestIdOf(ctx.req);
  const notes = notesOf(ctx);
  if (notes !== undefined) {
    notes.error = error;
    notes.undeclared = error instanceof UndeclaredAnswerError;
  }
  service.logger.error("the request failed", {
    operationId,
    ...requestFieldsOf(ctx.req),
    error,
  });
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
