/** Room `server`: Koa's context, request and response as classes of one application: same prototypes, one hidden class each. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Koa from "koa";
import { DIRECT, READY, type ReadyAnswer } from "./respond.js";

/** Makes the context of one request. Prototypes lead to `app.context` and its kin, so that what users add there is found. */
export type MakeContext = (
  req: IncomingMessage,
  res: ServerResponse,
) => Koa.ParameterizedContext;

export function contextMaker(app: Koa, isDirect: () => boolean): MakeContext {
  class AppRequest {
    readonly app = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly ctx: object;
    readonly originalUrl: string;
    response: object | undefined = undefined;
    params: unknown = undefined;

    constructor(req: IncomingMessage, res: ServerResponse, ctx: object) {
      this.req = req;
      this.res = res;
      this.ctx = ctx;
      this.originalUrl = req.url ?? "";
    }
  }

  class AppResponse {
    readonly app = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly ctx: object;
    readonly request: object;
    // Members that Koa's own setters add later; here from the start, for one hidden class.
    _body: unknown = undefined;
    _explicitStatus: boolean | undefined = undefined;

    constructor(
      req: IncomingMessage,
      res: ServerResponse,
      ctx: object,
      request: object,
    ) {
      this.req = req;
      this.res = res;
      this.ctx = ctx;
      this.request = request;
    }
  }

  class AppContext {
    readonly app = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly request: AppRequest;
    readonly response: AppResponse;
    readonly originalUrl: string;
    state: object = {};
    params: unknown = undefined;
    router: unknown = undefined;
    routeMatched: unknown = undefined;
    _matchedRoute: unknown = undefined;
    _matchedRouteName: unknown = undefined;
    [READY]: ReadyAnswer | undefined = undefined;
    readonly [DIRECT]: boolean;

    constructor(req: IncomingMessage, res: ServerResponse) {
      this.req = req;
      this.res = res;
      const request = new AppRequest(req, res, this);
      this.request = request;
      this.response = new AppResponse(req, res, this, request);
      request.response = this.response;
      this.originalUrl = request.originalUrl;
      this[DIRECT] = isDirect();
    }
  }

  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.setPrototypeOf(AppContext.prototype, app.context);
  // The other members of a context come from the prototypes, of which the compiler knows nothing.
  return (req, res) =>
    new AppContext(req, res) as AppContext & Koa.ParameterizedContext;
}
