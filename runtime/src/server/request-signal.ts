/** Room `server`: the signal that tells a handler to stop: the client is gone, or the time is up. */
import type { RouterContext } from "@koa/router";

const controllers = new WeakMap<object, AbortController>();

function controllerOf({ res }: RouterContext): AbortController {
  const known = controllers.get(res);
  if (known !== undefined) return known;
  const controller = new AbortController();
  const abort = (): void => {
    if (!res.writableFinished) controller.abort();
  };
  if (res.destroyed || res.closed) abort();
  else res.once("close", abort);
  controllers.set(res, controller);
  return controller;
}

export function signalOf(ctx: RouterContext): AbortSignal {
  return controllerOf(ctx).signal;
}

/** Whoever asks for the signal later finds it aborted, too. */
export function abortRequest(ctx: RouterContext, reason: unknown): void {
  controllerOf(ctx).abort(reason);
}
