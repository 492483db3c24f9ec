/** Room `caching`: a change that succeeded makes what was kept of the old state void, before its answer goes out. */
import type { InvalidationPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import { fillTemplate } from "./templates.js";
import { valueCacheOf } from "./value-cache.js";

export function bindInvalidation(
  { tags }: InvalidationPolicy,
  context: PolicyContext,
): Policy {
  const { store, input } = valueCacheOf(context);
  const answers = new WeakMap<Exchange, unknown>();
  return {
    enter(exchange) {
      exchange.give("cache", input);
      return undefined;
    },
    shape(exchange, response) {
      answers.set(exchange, response.body);
      return response;
    },
    async seal(exchange, wire) {
      if (wire.status < 200 || wire.status >= 400) return wire;
      const named = tags
        .map((tag) => fillTemplate(tag, exchange, answers.get(exchange)))
        .filter((tag) => tag !== undefined);
      try {
        if (named.length > 0) await store.invalidate(named);
      } catch (error) {
        // The change is made, and cannot be taken back for a cache that is away.
        context.logger.error("the cache cannot be invalidated", {
          operationId: context.operationId,
          tags: named,
          error,
        });
      }
      return wire;
    },
  };
}
