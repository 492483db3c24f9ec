/** Room `server`: the one argument of a handler. */
import type { RouterContext } from "@koa/router";
import type { Logger } from "../contract/logger.js";
import { bindLogger } from "../observe/bound-logger.js";
import { requestFieldsOf } from "../observe/incoming-id.js";
import type { AnyOperation } from "./bound-operation.js";
import { signalOf } from "./request-signal.js";

/** The members that a request may have; which of them, its reader decides. */
interface RequestMembers {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
  readonly page?: unknown;
}

/** Has the request's own members. `signal` and `log` are made when they are asked for, since most handlers do not. */
export class HandlerInput {
  declare params?: unknown;
  declare query?: unknown;
  declare headers?: unknown;
  declare cookies?: unknown;
  declare body?: unknown;
  declare page?: unknown;
  declare principal?: unknown;
  readonly reply: object;
  readonly ctx: RouterContext;
  readonly #operationId: string;
  readonly #logger: Logger;

  constructor(
    request: RequestMembers,
    operation: AnyOperation,
    ctx: RouterContext,
    logger: Logger,
  ) {
    this.#operationId = operation.id;
    this.#logger = logger;
    if (request.params !== undefined) this.params = request.params;
    if (request.query !== undefined) this.query = request.query;
    if (request.headers !== undefined) this.headers = request.headers;
    if (request.cookies !== undefined) this.cookies = request.cookies;
    if (request.body !== undefined) this.body = request.body;
    if (request.page !== undefined) this.page = request.page;
    this.reply = operation.reply;
    this.ctx = ctx;
  }

  get signal(): AbortSignal {
    return signalOf(this.ctx);
  }

  get log(): Logger {
    return bindLogger(this.#logger, {
      operationId: this.#operationId,
      ...requestFieldsOf(this.ctx.req),
    });
  }
}
