/** Room `observe`: follows a request from its arrival to its end, for all observers together. */
import type { Context, Middleware } from "koa";
import {
  OBSERVED,
  type RequestFacts,
  type RequestObserver,
} from "../contract/observer.js";
import { headerOf } from "./raw-header.js";
import { routeTemplate } from "./route-template.js";

/** One hidden class for every request. */
class Observation implements RequestFacts {
  readonly method: string;
  readonly wantsBodies: boolean;
  readonly begun = performance.now();
  route: string | undefined = undefined;
  operationId: string | undefined = undefined;
  status = 0;
  duration = 0;
  requestBytes: number | undefined = undefined;
  responseBytes: number | undefined = undefined;
  invalid = 0;
  undeclared = false;
  error: unknown = undefined;
  aborted = false;
  request: object | undefined = undefined;

  constructor(method: string, wantsBodies: boolean) {
    this.method = method;
    this.wantsBodies = wantsBodies;
  }
}

export interface Watch {
  begin(ctx: Context): Observation;
  /** To be called when the answer was handed over, or begun; sees to the end by itself. `bytes` is its length. */
  answered(ctx: Context, seen: Observation, bytes: number | undefined): void;
}

export function watchFor(observers: readonly RequestObserver[]): Watch {
  const begins = observers.filter(({ begin }) => begin !== undefined);
  const answers = observers.filter(({ answered }) => answered !== undefined);
  const ends = observers.filter(({ end }) => end !== undefined);
  const wantsBodies = observers.some((each) => each.wantsBodies === true);

  function end(ctx: Context, seen: Observation): void {
    seen.duration = performance.now() - seen.begun;
    seen.aborted = !ctx.res.writableEnded;
    for (const observer of ends) {
      try {
        observer.end?.(ctx, seen);
      } catch {
        // Whoever looks must not harm what it looks at.
      }
    }
  }

  return {
    begin(ctx) {
      const seen = new Observation(ctx.req.method ?? "", wantsBodies);
      Reflect.set(ctx, OBSERVED, seen);
      for (const observer of begins) {
        try {
          observer.begin?.(ctx, seen);
        } catch {
          // As above.
        }
      }
      return seen;
    },
    answered(ctx, seen, bytes) {
      const { res } = ctx;
      const matched: unknown = ctx["_matchedRoute"];
      if (typeof matched === "string") {
        seen.route = routeTemplate(matched);
        const name: unknown = ctx["_matchedRouteName"];
        if (typeof name === "string") seen.operationId = name;
      }
      seen.status = res.statusCode;
      seen.responseBytes = bytes ?? lengthOf(ctx);
      if (!/^(?:GET|HEAD)$/.test(seen.method)) {
        const length = headerOf(ctx.req.rawHeaders, "content-length");
        if (length !== undefined) seen.requestBytes = Number(length);
      }
      for (const observer of answers) {
        try {
          observer.answered?.(ctx, seen);
        } catch {
          // As above.
        }
      }
      if (res.writableEnded || res.destroyed) end(ctx, seen);
      else res.once("close", () => end(ctx, seen));
    },
  };
}

function lengthOf({ res }: Context): number | undefined {
  if (res.statusCode === 204 || res.statusCode === 304) return 0;
  const length = res.getHeader("Content-Length");
  return length === undefined ? undefined : Number(length);
}

/** For a plain Koa what `createApp({ observers })` does. To be the first middleware. */
export function observe(...observers: readonly RequestObserver[]): Middleware {
  const watch = watchFor(observers);
  return async (ctx, next) => {
    const seen = watch.begin(ctx);
    try {
      await next();
      watch.answered(ctx, seen, undefined);
    } catch (error) {
      seen.error ??= error;
      // Koa answers it after this, in the same turn.
      ctx.res.once("close", () => watch.answered(ctx, seen, undefined));
      throw error;
    }
  };
}
