/** Room `server`: THE order of steps that every request of the contract takes. `docs/lifecycle.md` tells it in words. */
import type { RouterContext } from "@koa/router";
import type { HandlerResponse } from "../contract/policy.js";
import { notesOf, OBSERVED, type RequestNotes } from "../contract/observer.js";
import type { WireResponse } from "../contract/wire-response.js";
import { IssueList } from "../check/issue-list.js";
import { type PlainProblem, problem } from "../errors/problem.js";
import { validationProblem } from "../errors/validation.js";
import { requestFields } from "../read/request-fields.js";
import { RequestReader } from "../read/request-reader.js";
import { type BoundOperation, chooseType } from "./bound-operation.js";
import type { Endpoint, Service } from "./endpoint.js";
import {
  described,
  failureOf,
  respondProblem,
  UndeclaredAnswerError,
} from "./failure.js";
import { HandlerInput } from "./handler-input.js";
import { PolicyRun } from "./policy-run.js";
import { receiveBody } from "./receive-body.js";
import { respondWith } from "./respond.js";

/** Answers one request. Never rejects: every failure becomes a problem. `values` are the path variables, undecoded. */
export async function answer(
  endpoint: Endpoint,
  ctx: RouterContext,
  values: readonly string[],
): Promise<void> {
  let handling = false;
  let raw: RequestReader | undefined;
  let policies: PolicyRun | undefined;
  const unseen = endpoint.use.length === 0;
  try {
    const { guard, service, template } = endpoint;
    const { req } = ctx;

    // 0. What policies do for whoever asks: limits by address, news of an operation's end.
    if (endpoint.route.policies === true) {
      if (endpoint.bound === undefined) await endpoint.load();
      policies = new PolicyRun(endpoint, ctx, values);
      await policies.arrive();
    }

    // 1. Who: 401 or 403, before anything of the request is read, and before code is loaded for it.
    const principal =
      guard === undefined ? undefined : await guard.admit(ctx, policies);
    const bound = endpoint.bound ?? (await endpoint.load());
    const { operation } = bound;
    if (policies !== undefined) await policies.admit(principal);

    // 2. What this server cannot do at all: 501.
    if (operation.unsupported !== undefined) {
      throw unsupported(operation.unsupported);
    }

    // 3. What the client wants back: 406.
    const fields = requestFields(req.rawHeaders);
    const { accept } = fields;
    if (accept !== undefined && bound.produces.length > 0) {
      if (!bound.isAcceptable(accept) && service.refusesUnacceptable) {
        throw unacceptable(bound);
      }
    }

    // 4. The body: 415, 413, 400. One that the contract does not know is left unread, and drained by node:http.
    const issues = new IssueList(service.issueLimit);
    raw = new RequestReader(req, template.variables, values, issues);
    if (bound.body !== undefined) {
      await receiveBody(ctx, fields, bound.body, raw, service.reading, issues);
    }

    // 5. Parameters and body against the contract: 400, or the status for bodies that were understood.
    raw.strict = (operation.unknownQuery ?? service.unknownQuery) === "refuse";
    const request = operation.read(raw, issues);
    raw.verifyQuery(service.queryKeys);
    if (issues.size > 0) {
      const notes = notesOf(ctx);
      if (notes !== undefined) notes.invalid = issues.size;
      service.countInvalid(ctx, operation.id);
      const refused = described(refusal(issues, bound), bound);
      if (policies !== undefined) await policies.refuse(refused);
      respondProblem(ctx, refused, unseen, raw.received);
      return;
    }
    issues.settle();
    const notes: RequestNotes | undefined = ctx[OBSERVED];
    if (notes?.wantsBodies === true) notes.request = request;

    // 6. The handler, or a policy that knows the answer already.
    const input = new HandlerInput(request, operation, ctx, service.logger);
    if (guard !== undefined) input.principal = principal;
    const known = policies && (await policies.enter(request, input));
    if (policies !== undefined && known !== undefined) {
      const sealed = await policies.seal(known);
      const shown =
        typeof sealed.body === "object"
          ? await present(sealed, ctx, service)
          : sealed;
      respondWith(ctx, { wire: shown, vary: false }, unseen);
      return;
    }
    handling = true;
    const handle = () => endpoint.handlers[endpoint.route.id]?.(input);
    const response = await (policies === undefined
      ? handle()
      : policies.call(handle));
    handling = false;

    // 7. The answer, as the contract declares it.
    if (ctx.respond === false) {
      if (policies !== undefined) await policies.settle({ wire: undefined });
      return;
    }
    if (!isResponse(response))
      throw new UndeclaredAnswerError("the handler returned no answer");
    if (policies === undefined) {
      const { wire, vary } = serialize(bound, response, accept);
      const shown =
        typeof wire.body === "object"
          ? await present(wire, ctx, service)
          : wire;
      respondWith(ctx, { wire: shown, vary }, unseen);
      return;
    }
    const shaped = await policies.shape(response);
    const { wire, vary } = serialize(bound, shaped, accept);
    const sealed = await policies.seal(wire);
    const shown =
      typeof sealed.body === "object"
        ? await present(sealed, ctx, service)
        : sealed;
    respondWith(ctx, { wire: shown, vary }, unseen);
  } catch (error) {
    const failure = failureOf(endpoint, ctx, error, handling);
    if (policies !== undefined) await policies.refuse(failure, error);
    if (failure) respondProblem(ctx, failure, unseen, raw?.received);
  }
}

/** Bytes and streams: what few operations have is loaded with the first of them. */
async function present(
  wire: WireResponse,
  ctx: RouterContext,
  { options }: Service,
): Promise<WireResponse> {
  const { presentBody } = await import("./body-answer.js");
  return presentBody(wire, ctx, options);
}

function unsupported(what: string): Error {
  return problem.notImplemented({ detail: `not supported: ${what}` });
}

function unacceptable({ produces }: BoundOperation): Error {
  return problem.notAcceptable({ detail: `available: ${produces.join(", ")}` });
}

function refusal(issues: IssueList, bound: BoundOperation): PlainProblem {
  const status =
    issues.bodyOnly && bound.body !== undefined ? bound.body.invalid : 400;
  return validationProblem(status, issues.items, issues.size > issues.cap);
}

function isResponse(value: unknown): value is HandlerResponse {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    typeof value.status === "number"
  );
}

function serialize(
  bound: BoundOperation,
  response: HandlerResponse,
  accept: string | undefined,
) {
  const { operation } = bound;
  const { status } = response;
  const types = bound.typesOf(status);
  if (types === undefined) {
    throw new UndeclaredAnswerError(
      `the contract of ${operation.id} has no status ${status}`,
    );
  }
  if (types === "unsupported") {
    throw unsupported(`the media type of the ${status} answer`);
  }
  if (response.body === undefined && types[0] === "application/problem+json") {
    // `reply.notFound()`: everything is filled in.
    response = { ...response, body: {} };
  }
  const type = chooseType(types, response.type, accept);
  const wire = operation.write(response, type);
  if (bound.validate !== undefined) bound.validate(response, type, wire);
  // Several representations of one resource: caches must know what chose among them (RFC 9110 12.5.5).
  return { wire, vary: types.length > 1 };
}
