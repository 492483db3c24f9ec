/** Room `server`: the router of one document: a real `@koa/router` with its own, compiled matching. */
import {
  Router as KoaRouter,
  type MatchResult,
  type RouterContext,
  type RouterEventSelector,
  type RouterInstance,
  type RouterMiddleware,
  type RouterOptions,
} from "@koa/router";
import { setOwn } from "../read/own-data.js";
import { decodeText } from "../read/query-pairs.js";
import { composeAround, type Run } from "./compose.js";
import type { CrossOrigin } from "./cross-origin.js";
import type { Endpoint } from "./endpoint.js";
import {
  closePaths,
  isUntouched,
  registrationsOf,
  runLayers,
} from "./layers.js";
import {
  allowOf,
  endpointFor,
  type PathItem,
  type Routing,
} from "./path-item.js";
import type { PathMatch } from "./path-matcher.js";
import { layerPath, parsePrefix, variablesOf } from "./path-template.js";
import { answer } from "./pipeline.js";
import { pathOf } from "./request-path.js";
import { DIRECT } from "./respond.js";
import { compileEndpoints } from "./routing.js";
import { answerBadPath, answerMethod, answerUnknownPath } from "./unrouted.js";

type Next = () => Promise<unknown>;
type Layer = RouterInstance["stack"][number];
type Composed = ReturnType<RouterInstance["routes"]>;

/** What a match needs to know of an endpoint, under the prefix that holds. */
interface Served {
  readonly run: Run;
  readonly id: string;
  /** As the router writes it, `/books/:bookId`. */
  readonly path: string;
  /** Names of all variables, of which `leading` belong to the prefix. */
  readonly names: readonly string[];
  readonly leading: number;
}

/** One constructor signature of several: a class may extend only such. */
const Base: new (options?: RouterOptions) => RouterInstance = KoaRouter;

/** Layers exist only once somebody looks at `stack`: compiling a regular expression for each route costs a start more than all else. */
export class ContractRouter extends Base {
  private readonly endpoints: readonly Endpoint[];
  /** Made with the first request of each endpoint. */
  private readonly served = new Map<Endpoint, Served>();
  private readonly runs = new Map<Endpoint, Run>();
  private leading: readonly string[] = [];
  private routing: Routing;
  /** False under a prefix in which only the router's own expressions can look. */
  private compiled = true;
  private layers: Layer[] | undefined;
  private readonly ownLayers = new Map<unknown, Endpoint>();
  private readonly ownMiddleware = new Map<
    Endpoint,
    [Layer, RouterMiddleware]
  >();
  private observed = false;
  private readonly crossOrigin: CrossOrigin | undefined;
  private readonly begin: ((ctx: RouterContext) => void) | undefined;

  constructor(
    endpoints: readonly Endpoint[],
    cors?: CrossOrigin,
    begin?: (ctx: RouterContext) => void,
  ) {
    super({ sensitive: true, strict: true });
    this.endpoints = endpoints;
    this.crossOrigin = cors;
    this.begin = begin;
    this.routing = compileEndpoints(endpoints, []);
    Object.defineProperty(this, "stack", {
      get: () => this.layers ?? this.materialize(),
      set: (layers: Layer[]) => {
        this.layers = layers;
      },
      enumerable: true,
      configurable: true,
    });
  }

  /** 405, OPTIONS, HEAD and 400 on paths of the document; `next()` and then 404 for others. */
  override middleware(): Composed {
    const base = super.middleware();
    const dispatch = (ctx: RouterContext, next: Next): Promise<unknown> =>
      this.dispatch(ctx, next, base);
    // Koa types middleware by the context that comes in, and this one by what `@koa/router` makes of it.
    return Object.assign(dispatch as Composed, { router: this });
  }

  override routes(): Composed {
    return this.middleware();
  }

  /** Nothing is left for it to do. */
  override allowedMethods(): RouterMiddleware {
    return (_ctx, next) => next();
  }

  override prefix(prefix: string): this {
    const normalized = prefix.replace(/\/$/, "");
    const segments = parsePrefix(normalized);
    this.compiled = segments !== undefined;
    this.routing = compileEndpoints(this.endpoints, segments ?? []);
    this.leading = variablesOf(segments ?? []);
    this.served.clear();
    if (this.layers === undefined) this.opts.prefix = normalized;
    else super.prefix(prefix);
    return this;
  }

  override on(event: RouterEventSelector, listener: RouterMiddleware): this {
    this.observed = true;
    super.on(event, listener);
    return this;
  }

  override match(path: string, method: string): MatchResult {
    if (!this.compiled) return super.match(path, method);
    const upper = method.toUpperCase();
    const found = this.routing.find(path, upper);
    const chosen = found && endpointFor(found.item, upper);
    const items = this.routing.all(path).map(({ item }) => item);
    const result: MatchResult = { path: [], pathAndMethod: [], route: false };
    for (const layer of this.stack) {
      const endpoint = this.ownLayers.get(layer);
      const fits =
        endpoint === undefined
          ? layer.match(path)
          : items.includes(this.routing.itemOf(endpoint));
      if (!fits) continue;
      result.path.push(layer);
      const { methods } = layer;
      const takes =
        endpoint === undefined
          ? methods.length === 0 || methods.includes(upper)
          : endpoint === chosen;
      if (!takes) continue;
      result.pathAndMethod.push(layer);
      if (methods.length > 0) result.route = true;
    }
    return result;
  }

  private dispatch(
    ctx: RouterContext,
    next: Next,
    base: Composed,
  ): Promise<unknown> {
    this.begin?.(ctx);
    if (!this.compiled || this.host !== undefined || this.isExtended()) {
      return this.dispatchLayers(ctx, next, base);
    }
    const path = pathOf(ctx, this.opts.routerPath);
    if (this.crossOrigin?.(ctx, this.routing.all(path)) === true) {
      return Promise.resolve();
    }
    const method = ctx.req.method ?? "";
    const found = this.routing.find(path, method);
    const endpoint = found && endpointFor(found.item, method);
    if (found === undefined || endpoint === undefined) {
      const others = this.routing.all(path);
      if (others.length > 0) return this.refuse(ctx, others);
      return this.pass(ctx, this.observed ? () => base(ctx, next) : next);
    }
    const own = this.ownMiddleware.get(endpoint);
    if (own !== undefined && !isUntouched(own)) {
      return runLayers(ctx, next, base);
    }
    return this.serve(ctx, endpoint, found.values);
  }

  private serve(
    ctx: RouterContext,
    endpoint: Endpoint,
    values: readonly string[],
  ): Promise<unknown> {
    const served = this.served.get(endpoint) ?? this.prepare(endpoint);
    const { names, leading } = served;
    const params: Record<string, string> =
      ctx.params === undefined ? {} : { ...ctx.params };
    for (let index = 0; index < values.length; index++) {
      const value = decodeText(values[index] ?? "");
      if (value === undefined) {
        answerBadPath(ctx);
        return Promise.resolve();
      }
      setOwn(params, names[index] ?? "", value);
    }
    ctx.params = params;
    // There it is the same object by itself.
    if (ctx[DIRECT] === undefined) ctx.request.params = params;
    ctx.router = this;
    ctx.routeMatched = true;
    ctx._matchedRoute = served.path;
    ctx._matchedRouteName = served.id;
    return served.run(ctx, leading === 0 ? values : values.slice(leading));
  }

  private prepare(endpoint: Endpoint): Served {
    const { template, route } = endpoint;
    const { leading } = this;
    const served: Served = {
      run: this.runOf(endpoint),
      id: route.id,
      path: (this.opts.prefix ?? "") + layerPath(template),
      names: [...leading, ...template.variables],
      leading: leading.length,
    };
    this.served.set(endpoint, served);
    return served;
  }

  private runOf(endpoint: Endpoint): Run {
    let run = this.runs.get(endpoint);
    if (run === undefined) {
      run = composeAround(endpoint, answer);
      this.runs.set(endpoint, run);
    }
    return run;
  }

  private refuse(
    ctx: RouterContext,
    matches: readonly PathMatch<PathItem>[],
  ): Promise<unknown> {
    const bad = matches.some(({ values }) =>
      values.some((value) => decodeText(value) === undefined),
    );
    if (bad) answerBadPath(ctx);
    else answerMethod(ctx, allowOf(matches));
    return Promise.resolve();
  }

  private async pass(ctx: RouterContext, next: Next): Promise<void> {
    await next();
    answerUnknownPath(ctx);
  }

  /** With layers of the user's among ours, the router's own ways apply. */
  private dispatchLayers(
    ctx: RouterContext,
    next: Next,
    base: Composed,
  ): Promise<unknown> {
    const here = this.matchHost(ctx.host);
    if (!here) return next();
    const path = pathOf(ctx, this.opts.routerPath);
    if (this.match(path, ctx.method).route) return runLayers(ctx, next, base);
    const found = this.compiled ? this.routing.all(path) : [];
    if (this.crossOrigin?.(ctx, found) === true) return Promise.resolve();
    if (found.length > 0) return this.refuse(ctx, found);
    return this.pass(ctx, () => base(ctx, next));
  }

  private isExtended(): boolean {
    return (
      this.layers !== undefined && this.layers.length !== this.endpoints.length
    );
  }

  private materialize(): Layer[] {
    const layers: Layer[] = [];
    this.layers = layers;
    const routing = compileEndpoints(this.endpoints, []);
    const own: [Layer, Endpoint][] = [];
    for (const registration of registrationsOf(
      this.endpoints,
      (endpoint) => this.runOf(endpoint),
      routing,
      this.crossOrigin,
    )) {
      const { endpoint, path, middleware } = registration;
      const { method, id } = endpoint.route;
      this.register(path, [method], middleware, { name: id });
      const layer = layers.at(-1);
      if (layer === undefined) continue;
      own.push([layer, endpoint]);
      this.ownLayers.set(layer, endpoint);
      this.ownMiddleware.set(endpoint, [layer, middleware]);
    }
    closePaths(own, routing.itemOf);
    return layers;
  }
}
