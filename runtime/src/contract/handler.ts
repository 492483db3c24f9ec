/** Room `contract`: the functions that users write. */
import type { RouterContext } from "@koa/router";
import type { Logger } from "./logger.js";

/** What every handler receives beside the request's own members. */
export interface HandlerTools<Reply> {
  /** The answers that the contract declares. */
  reply: Reply;
  /** Aborted when the client goes away before the answer is complete. */
  signal: AbortSignal;
  /** Bound to the operation and the request. */
  log: Logger;
  /** Koa's context. */
  ctx: RouterContext;
}

/** One operation's handler: decoded and checked input in, declared answer out. */
export type Handler<Request, Response, Reply> = (
  input: Request & HandlerTools<Reply>,
) => Response | Promise<Response>;
