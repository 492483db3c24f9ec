/** Room `envelope`: writes the id of the request and the time into answers, also into those that were kept. */
import type { Policy, PolicyContext } from "../contract/policy.js";
import { fillSlots, SLOTS } from "./slots.js";

/** The outer layer, around caches and entity tags. */
export function bindFacts({ now, requestIdOf }: PolicyContext): Policy {
  return {
    seal({ ctx }, wire) {
      const { [SLOTS]: slots, ...headers } = Object.fromEntries(
        Object.entries(wire.headers ?? {}),
      );
      if (typeof slots !== "string") return wire;
      const { body } = wire;
      if (typeof body !== "string") return { ...wire, headers };
      const filled = fillSlots(body, slots, {
        requestId: requestIdOf(ctx),
        time: new Date(now()).toISOString(),
      });
      return { ...wire, body: filled, headers };
    },
  };
}
