/** Room `server`: middleware of one operation around its pipeline. */
import type { RouterContext } from "@koa/router";
import type { Endpoint } from "./endpoint.js";
import { answerFailure } from "./failure.js";

/** Answers a request whose path was found; `values` are its variables, undecoded. Never rejects. */
export type Run = (
  ctx: RouterContext,
  values: readonly string[],
) => Promise<void>;

export function composeAround(
  endpoint: Endpoint,
  answer: (
    endpoint: Endpoint,
    ctx: RouterContext,
    values: readonly string[],
  ) => Promise<void>,
): Run {
  const { use } = endpoint;
  if (use.length === 0) return (ctx, values) => answer(endpoint, ctx, values);
  return async (ctx, values) => {
    let last = -1;
    const step = async (index: number): Promise<unknown> => {
      if (index <= last) throw new Error("next() was called twice");
      last = index;
      const middleware = use[index];
      if (middleware === undefined) return answer(endpoint, ctx, values);
      return middleware(ctx, () => step(index + 1));
    };
    try {
      await step(0);
    } catch (error) {
      answerFailure(endpoint, ctx, error);
    }
  };
}
