/** Room `server`: the routes as layers of `@koa/router`, for nesting, for `url()` and for whoever looks at `stack`. */
import { METHODS } from "node:http";
import type {
  RouterContext,
  RouterInstance,
  RouterMiddleware,
} from "@koa/router";
import { decodeText } from "../read/query-pairs.js";
import type { Run } from "./compose.js";
import type { CrossOrigin } from "./cross-origin.js";
import type { Endpoint } from "./endpoint.js";
import { allowOf, keyOf, type PathItem, type Routing } from "./path-item.js";
import { compareTemplates, layerPath } from "./path-template.js";
import { pathOf } from "./request-path.js";
import { DIRECT } from "./respond.js";
import {
  compileSegment,
  matchSegment,
  normalizeSegment,
} from "./segment-match.js";
import { answerBadPath, answerMethod } from "./unrouted.js";

type Layer = RouterInstance["stack"][number];

/** One route as it is registered. */
export interface Registration {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly middleware: RouterMiddleware;
}

/** Concrete paths first, since routers take the first layer that fits. */
export function registrationsOf(
  endpoints: readonly Endpoint[],
  runOf: (endpoint: Endpoint) => Run,
  routing: Routing,
  cors: CrossOrigin | undefined,
): Registration[] {
  const sorted = [...endpoints].sort((a, b) =>
    compareTemplates(a.template, b.template),
  );
  return sorted.map((endpoint) => ({
    endpoint,
    path: layerPath(endpoint.template),
    middleware: layerMiddleware(endpoint, runOf(endpoint), routing, cors),
  }));
}

/**
 * Runs where another router has matched, under whatever prefix: the values are read from the end of the path. `routing`
 * has no prefix.
 */
function layerMiddleware(
  endpoint: Endpoint,
  run: Run,
  routing: Routing,
  cors: CrossOrigin | undefined,
): RouterMiddleware {
  const matchers = endpoint.template.segments.map(compileSegment);
  return async (ctx: RouterContext, next) => {
    const segments = pathOf(ctx).split("/").slice(-matchers.length);
    const values: string[] = [];
    const fits = matchers.every((matcher, index) =>
      matchSegment(normalizeSegment(segments[index] ?? ""), matcher, values),
    );
    if (!fits) return next();
    const path = `/${segments.join("/")}`;
    if (cors?.(ctx, routing.all(path)) === true) return undefined;
    if (values.some((value) => decodeText(value) === undefined)) {
      return answerBadPath(ctx);
    }
    const { method } = endpoint.route;
    const own =
      ctx.method === method || (ctx.method === "HEAD" && method === "GET");
    if (own) return run(ctx, values);
    // A less concrete path may have the method; its layer comes later.
    if (routing.find(path, ctx.method) !== undefined) return next();
    return answerMethod(ctx, allowOf(routing.all(path)));
  };
}

/**
 * A router that nests ours copies the layers and asks the copies for their methods. The copy of the last layer of a path
 * names the undocumented methods as well, so that 405, OPTIONS and `Allow` survive nesting; the original stays honest.
 */
export function closePaths(
  layers: readonly (readonly [Layer, Endpoint])[],
  itemOf: (endpoint: Endpoint) => PathItem,
): void {
  const last = new Map<string, readonly [Layer, Endpoint]>();
  for (const entry of layers) last.set(keyOf(entry[1].template), entry);
  for (const [layer, endpoint] of last.values()) {
    const { methods } = itemOf(endpoint);
    const others = METHODS.filter(
      (method) =>
        !methods.has(method) && !(method === "HEAD" && methods.has("GET")),
    );
    const named = [...layer.methods, ...others];
    const prototype: object = Object.create(Object.getPrototypeOf(layer), {
      methods: {
        get: () => named,
        set() {
          // The copy is given the original's list, which it is not to have.
        },
      },
    });
    Object.setPrototypeOf(layer, prototype);
  }
}

/** `param()` and instrumentation put their own into a layer's stack. */
export function isUntouched([layer, middleware]: [
  Layer,
  RouterMiddleware,
]): boolean {
  return layer.stack.length === 1 && layer.stack[0] === middleware;
}

/** Other functions among the layers may look at the answer: from here on it goes through Koa's response. */
export function runLayers(
  ctx: RouterContext,
  next: () => Promise<unknown>,
  base: ReturnType<RouterInstance["routes"]>,
): Promise<unknown> {
  if (ctx[DIRECT] === true) ctx[DIRECT] = false;
  return base(ctx, next);
}
