/** Room `server`: the Koa application that answers faster and listens with limits. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AsyncLocalStorage } from "node:async_hooks";
import Koa from "koa";
import type { Logger } from "../contract/logger.js";
import { intendedProblem, internalProblem } from "../errors/boundary.js";
import { requestIdOf } from "../observe/request-id.js";
import { stderrLogger } from "../observe/stderr-logger.js";
import { contextMaker, type MakeContext } from "./app-context.js";
import { respond, writeProblem, writeReady } from "./app-respond.js";
import { createAppServer, type ServerLimits } from "./app-server.js";
import { ContractRouter } from "./contract-router.js";
import { READY } from "./respond.js";

export interface AppOptions {
  env?: string;
  keys?: string[];
  proxy?: boolean;
  subdomainOffset?: number;
  proxyIpHeader?: string;
  maxIpsCount?: number;
  asyncLocalStorage?: boolean | AsyncLocalStorage<Koa.DefaultContext>;
  /** Default: errors only, as JSON lines on stderr. */
  logger?: Logger;
  /** What `listen` allows before routing. */
  server?: ServerLimits;
}

type Context = Koa.ParameterizedContext;
type Handle = (ctx: Context, next: () => Promise<void>) => unknown;

/** A Koa: middleware, events, `callback()` and `listen()` are as they were. */
class ContractApp extends Koa {
  private readonly logger: Logger;
  private readonly serverLimits: ServerLimits;
  private makeContext: MakeContext;
  /** The only middleware, when it is a contract's router: nobody sees an answer before it is written. */
  private only: Handle | undefined;
  private closing = false;

  constructor({ logger, server, ...options }: AppOptions = {}) {
    super(options);
    this.logger = logger ?? stderrLogger;
    this.serverLimits = server ?? {};
    const onerror = (error: unknown, ctx: Context): void =>
      this.answerError(error, ctx);
    Object.assign(this.context, {
      onerror(this: Context, error: unknown) {
        onerror(error, this);
      },
    });
    this.makeContext = contextMaker(this, () => this.only !== undefined);
  }

  override createContext(req: IncomingMessage, res: ServerResponse): Context {
    return this.makeContext(req, res);
  }

  override callback(): ReturnType<Koa["callback"]> {
    const [first] = this.middleware;
    const alone = this.middleware.length === 1 && isContract(first);
    this.only = alone ? (first as Handle) : undefined;
    this.makeContext = contextMaker(this, () => this.only !== undefined);
    return super.callback();
  }

  /** Called by Koa's `callback()` for each request. */
  async handleRequest(
    ctx: Context,
    composed: (ctx: Context) => Promise<void>,
  ): Promise<void> {
    const { res } = ctx;
    res.statusCode = 404;
    try {
      if (this.only === undefined) await composed(ctx);
      else await this.only(ctx, nothing);
      if (this.closing) res.shouldKeepAlive = false;
      const ready = ctx[READY];
      if (ready === undefined) respond(ctx, this.onBroken);
      else if (!res.headersSent) writeReady(ctx, ready, this.onBroken);
    } catch (error) {
      ctx.onerror(asError(error));
    }
  }

  override listen(...args: unknown[]): Server {
    const server = createAppServer(this.callback(), this.serverLimits);
    // Node lets connections in use live on after `close`, until they have been idle for long.
    const close = server.close.bind(server);
    server.close = (done) => {
      this.closing = true;
      return close(done);
    };
    server.on("listening", () => {
      this.closing = false;
    });
    Reflect.apply(server.listen, server, args);
    return server;
  }

  /** Koa's listener for `error` when the user has none. */
  override onerror(error: unknown): void {
    const meant = intendedProblem(error);
    if (meant !== undefined && meant.cause === undefined) return;
    if (this.silent) return;
    this.logger.error("the request failed", { error });
  }

  private readonly onBroken = (error: unknown, ctx: Context): void => {
    this.answerError(error, ctx);
  };

  private answerError(error: unknown, ctx: Context): void {
    if (error === null || error === undefined) return;
    const thrown = asError(error);
    this.emit("error", thrown, ctx);
    const { res } = ctx;
    if (res.headersSent) {
      if (!res.writableEnded) res.destroy();
      return;
    }
    if (this.closing) res.shouldKeepAlive = false;
    writeProblem(
      res,
      intendedProblem(thrown) ?? internalProblem(requestIdOf(ctx.req)),
    );
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error("a value that is no error was thrown", { cause: thrown });
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function isContract(middleware: unknown): boolean {
  return (
    typeof middleware === "function" &&
    "router" in middleware &&
    middleware.router instanceof ContractRouter
  );
}

/** A Koa application for generated routers: any middleware works, errors become problems, and `listen` has limits. */
export function createApp(options?: AppOptions): Koa {
  return new ContractApp(options);
}
