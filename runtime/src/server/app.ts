/** Room `server`: the Koa application that answers faster and listens with limits. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AsyncLocalStorage } from "node:async_hooks";
import Koa from "koa";
import type { Logger } from "../contract/logger.js";
import { notesOf, type RequestObserver } from "../contract/observer.js";
import { isPages, type Pages, TAKES } from "../contract/pages.js";
import { intendedProblem, internalProblem } from "../errors/boundary.js";
import { type Watch, watchFor } from "../observe/observation.js";
import { requestIdOf } from "../observe/request-id.js";
import { stderrLogger } from "../observe/stderr-logger.js";
import { contextMaker, type MakeContext } from "./app-context.js";
import { respond, writeProblem, writeReady } from "./app-respond.js";
import { createAppServer, type ServerOptions } from "./app-server.js";
import { ContractRouter } from "./contract-router.js";
import { discardBody } from "../read/body.js";
import { isSecure, trustProxies } from "../transport/client.js";
import {
  type HttpsOnly,
  httpsOrigin,
  insecureAnswer,
} from "../transport/https-only.js";
import {
  type HeaderBlock,
  type HeaderBlocks,
  headerBlocks,
  type SecurityHeaders,
} from "../transport/security-headers.js";
import type { TrustProxy } from "../transport/trusted-proxies.js";
import { Problem, problem } from "../errors/problem.js";
import { DIRECT, lengthOf, READY, type ReadyAnswer } from "./respond.js";
import { targetPath } from "./request-path.js";

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
  /** Those who look at every request: `requestLog()`, `createMetrics().observer`, `routeSpans()`. */
  observers?: readonly RequestObserver[];
  /** What `listen` allows before routing. */
  server?: ServerOptions;
  /** Networks of the proxies whose word about clients is taken; none by default. */
  trustProxy?: TrustProxy;
  /** Answers plain HTTP with a redirection or 403 instead of serving it. */
  httpsOnly?: HttpsOnly;
  /** Header fields of every answer that does not set them itself; `false` for none. */
  securityHeaders?: false | SecurityHeaders;
}

type Context = Koa.ParameterizedContext;
type Handle = (ctx: Context, next: () => Promise<void>) => unknown;

/** A Koa: middleware, events, `callback()` and `listen()` are as they were. */
class ContractApp extends Koa {
  private readonly logger: Logger;
  private readonly serverOptions: ServerOptions;
  private readonly headerBlocks: HeaderBlocks | undefined;
  private readonly httpsOrigin: string | undefined;
  private makeContext: MakeContext;
  /** The only middleware, pages aside, when it is a contract's router: nobody sees an answer before it is written. */
  private only: Handle | undefined;
  /** In front of it: they look at requests for their own paths only. */
  private pages: readonly Pages[] = [];
  private readonly watch: Watch | undefined;
  private closing = false;

  constructor(given: AppOptions = {}) {
    const { logger, server, trustProxy, ...rest } = given;
    const { httpsOnly, securityHeaders, observers, ...options } = rest;
    super(options);
    this.logger = logger ?? stderrLogger;
    this.serverOptions = server ?? {};
    this.watch = observers?.length ? watchFor(observers) : undefined;
    if (trustProxy !== undefined) trustProxies(this, trustProxy);
    this.httpsOrigin = httpsOnly && httpsOrigin(httpsOnly);
    this.headerBlocks =
      securityHeaders === false
        ? undefined
        : headerBlocks(securityHeaders ?? {});
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
    const last = this.middleware.at(-1);
    const pages = this.middleware.slice(0, -1).filter(isPages);
    const alone = pages.length === this.middleware.length - 1;
    this.only = alone && isContract(last) ? (last as Handle) : undefined;
    this.pages = pages;
    this.makeContext = contextMaker(this, () => this.only !== undefined);
    return super.callback();
  }

  /** Called by Koa's `callback()` for each request. */
  handleRequest(
    ctx: Context,
    composed: (ctx: Context) => Promise<void>,
  ): Promise<void> {
    return this.watch === undefined
      ? this.serve(ctx, composed)
      : this.serveObserved(ctx, composed, this.watch);
  }

  private async serveObserved(
    ctx: Context,
    composed: (ctx: Context) => Promise<void>,
    watch: Watch,
  ): Promise<void> {
    const seen = watch.begin(ctx);
    await this.serve(ctx, composed);
    const ready: unknown = ctx[READY];
    watch.answered(ctx, seen, ready === undefined ? undefined : bytesOf(ctx));
  }

  private async serve(
    ctx: Context,
    composed: (ctx: Context) => Promise<void>,
  ): Promise<void> {
    const { res } = ctx;
    if (this.httpsOrigin !== undefined && !isSecure(ctx)) {
      this.answerInsecure(ctx, this.httpsOrigin);
      return;
    }
    res.statusCode = 404;
    try {
      // Routers of ours cut the path out; what other middleware asks Koa for throws.
      if (this.only === undefined) demandReadable(ctx.req.url ?? "/");
      if (this.only === undefined) await composed(ctx);
      else if (this.pages.length > 0 && this.isPage(ctx)) {
        ctx[DIRECT] = false;
        await composed(ctx);
      } else await this.only(ctx, nothing);
      if (this.closing) res.shouldKeepAlive = false;
      const ready = ctx[READY];
      const block = this.blockOf(ctx);
      if (ready === undefined) respond(ctx, block, this.onBroken);
      else if (!res.headersSent) writeReady(ctx, ready, block, this.onBroken);
    } catch (error) {
      ctx.onerror(asError(error));
    }
  }

  override listen(...args: unknown[]): Server {
    const server = createAppServer(
      this.callback(),
      this.serverOptions,
      this.headerBlocks,
    );
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

  private isPage({ req }: Context): boolean {
    const path = targetPath(req.url ?? "");
    return this.pages.some((pages) => pages[TAKES](path));
  }

  private blockOf(ctx: Context): HeaderBlock | undefined {
    const { headerBlocks } = this;
    if (headerBlocks === undefined) return undefined;
    return isSecure(ctx) ? headerBlocks.secure : headerBlocks.plain;
  }

  private answerInsecure({ req, res }: Context, origin: string): void {
    const answer = insecureAnswer(req.method ?? "", req.url ?? "", origin);
    const block = this.headerBlocks?.plain;
    discardBody(req, res);
    if (answer instanceof Problem) {
      writeProblem(res, answer, block);
      return;
    }
    const { status, location } = answer;
    const own = ["Location", location, "Content-Length", "0"];
    res.writeHead(status, [...own, ...(block?.fields.flat() ?? [])]);
    res.end();
  }

  private readonly onBroken = (error: unknown, ctx: Context): void => {
    this.answerError(error, ctx);
  };

  private answerError(error: unknown, ctx: Context): void {
    if (error === null || error === undefined) return;
    const thrown = asError(error);
    const notes = notesOf(ctx);
    if (notes !== undefined) {
      const meant = intendedProblem(error);
      notes.error ??= meant === undefined ? error : meant.cause;
    }
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
      this.blockOf(ctx),
    );
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error("a value that is no error was thrown", { cause: thrown });
}

function bytesOf(ctx: Context): number | undefined {
  const body: ReadyAnswer["body"] = ctx[READY]?.body;
  return body === undefined ? 0 : lengthOf(body);
}

/** The absolute form of a target (RFC 9112 3.2.2) has to be a URL. */
function demandReadable(target: string): void {
  if (target.startsWith("/") || !target.includes("://")) return;
  if (URL.canParse(target)) return;
  throw problem.badRequest({ detail: "the target of the request is no URL" });
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
