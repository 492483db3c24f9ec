/** Room `server`: Koa's context, request and response as classes of one application: same prototypes, one hidden class each, made when asked for. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Koa from "koa";
import { OBSERVED, type RequestFacts } from "../contract/observer.js";
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
    readonly ctx: AppContext;
    readonly originalUrl: string;

    constructor(ctx: AppContext) {
      this.req = ctx.req;
      this.res = ctx.res;
      this.ctx = ctx;
      this.originalUrl = ctx.originalUrl;
    }

    get response(): AppResponse {
      return this.ctx.response;
    }

    get params(): unknown {
      return this.ctx.params;
    }

    set params(params: unknown) {
      this.ctx.params = params;
    }
  }

  class AppResponse {
    readonly app = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly ctx: AppContext;
    // Members that Koa's own setters add later; here from the start, for one hidden class.
    _body: unknown = undefined;
    _explicitStatus: boolean | undefined = undefined;

    constructor(ctx: AppContext) {
      this.req = ctx.req;
      this.res = ctx.res;
      this.ctx = ctx;
    }

    get request(): AppRequest {
      return this.ctx.request;
    }
  }

  class AppContext {
    readonly app = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly originalUrl: string;
    state: object = {};
    respond: boolean | undefined = undefined;
    params: unknown = undefined;
    router: unknown = undefined;
    routeMatched: unknown = undefined;
    _matchedRoute: unknown = undefined;
    _matchedRouteName: unknown = undefined;
    [READY]: ReadyAnswer | undefined = undefined;
    [OBSERVED]: RequestFacts | undefined = undefined;
    [DIRECT]: boolean;
    private ownRequest: AppRequest | undefined = undefined;
    private ownResponse: AppResponse | undefined = undefined;

    constructor(req: IncomingMessage, res: ServerResponse) {
      this.req = req;
      this.res = res;
      this.originalUrl = req.url ?? "";
      this[DIRECT] = isDirect();
    }

    get request(): AppRequest {
      return (this.ownRequest ??= new AppRequest(this));
    }

    get response(): AppResponse {
      return (this.ownResponse ??= new AppResponse(this));
    }
  }

  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.setPrototypeOf(AppContext.prototype, app.context);
  // The other members of a context come from the prototypes, of which the compiler knows nothing.
  return (req, res) =>
    new AppContext(req, res) as AppContext & Koa.ParameterizedContext;
}
