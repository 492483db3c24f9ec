/** Room `caching`: keeps finished answers for a while, makes one at a time, and forgets them by tag. */
import type { CachingPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import type { WireResponse } from "../contract/wire-response.js";
import { cacheKeyOf } from "./cache-key.js";
import { headerOf, withHeaders } from "./header-of.js";
import { restore, storable, type StoredResponse } from "./stored-response.js";
import { fillTemplate } from "./templates.js";
import { valueCacheOf } from "./value-cache.js";

/** An answer that is being made: others wait for it. */
interface Flight {
  readonly done: Promise<WireResponse | undefined>;
  land(wire: WireResponse | undefined): void;
}

interface Making {
  readonly key: string;
  readonly flight: Flight;
  readonly versions: readonly number[];
}

/** Characters of an answer that is worth keeping. */
const LARGEST = 1024 * 1024;

export function bindResponseCache(
  policy: CachingPolicy,
  context: PolicyContext,
): Policy {
  const { operationId, logger, now } = context;
  const values = valueCacheOf(context);
  const { store } = values;
  const flights = context.shared(
    "cache-flights",
    () => new Map<string, Flight>(),
  );
  const making = new WeakMap<Exchange, Making>();

  /** A store that cannot answer is as good as an empty one. */
  async function look(key: string, tags: readonly string[]) {
    try {
      const { entry, versions } = await store.read(key, tags);
      const stored = entry === undefined ? undefined : restore(entry);
      const holds =
        stored !== undefined &&
        stored.versions.every((version, at) => version === versions[at]);
      return { stored: holds ? stored : undefined, versions };
    } catch (error) {
      logger.warn("the cache cannot be read", { operationId, error });
      return undefined;
    }
  }

  return {
    async enter(exchange) {
      exchange.give("cache", values.input);
      const key = cacheKeyOf(operationId, policy, exchange);
      const tags = policy.tags.map((tag) =>
        fillTemplate(tag, exchange, undefined),
      );
      // A tag that cannot be told could not be invalidated either.
      if (key === undefined || !tags.every((tag) => tag !== undefined)) {
        return undefined;
      }
      const found = await look(key, tags);
      if (found === undefined) return undefined;
      const { stored, versions } = found;
      const left = stored === undefined ? 0 : stored.freshUntil - now();
      if (stored !== undefined && left > 0) return hit(stored, left);
      const other = flights.get(key);
      if (other !== undefined) {
        if (stored !== undefined) return hit(stored, left);
        const wire = await other.done;
        if (wire !== undefined) return mark(wire, "fwd=uri-miss; collapsed");
        return undefined;
      }
      const flight = takeOff();
      flights.set(key, flight);
      making.set(exchange, { key, flight, versions });
      return undefined;
    },
    async seal(exchange, wire) {
      const made = making.get(exchange);
      if (made === undefined) return wire;
      const { key, flight, versions } = made;
      const ttl = jittered(policy.ttl, key);
      const entry = storable(wire, now() + ttl, versions);
      if (entry === undefined || entry.length > LARGEST) {
        return mark(wire, "fwd=uri-miss");
      }
      flight.land(wire);
      try {
        await store.write(key, entry, ttl + (policy.stale ?? 0));
        return mark(wire, "fwd=uri-miss; stored");
      } catch (error) {
        logger.warn("the cache cannot be written", { operationId, error });
        return mark(wire, "fwd=uri-miss");
      }
    },
    settle(exchange) {
      const made = making.get(exchange);
      if (made === undefined) return;
      // Whoever still waits makes an answer of its own.
      made.flight.land(undefined);
      if (flights.get(made.key) === made.flight) flights.delete(made.key);
    },
  };
}

function hit({ wire }: StoredResponse, left: number): WireResponse {
  return mark(wire, `hit; ttl=${Math.ceil(left / 1000)}`);
}

/** RFC 9211. */
function mark(wire: WireResponse, status: string): WireResponse {
  const before = headerOf(wire.headers, "cache-status");
  const own = `kontract; ${status}`;
  return withHeaders(wire, {
    "Cache-Status": before === undefined ? own : `${before}, ${own}`,
  });
}

function takeOff(): Flight {
  let land: Flight["land"] = () => {};
  const done = new Promise<WireResponse | undefined>((resolve) => {
    land = resolve;
  });
  return { done, land };
}

/** Up to a tenth shorter, each key by a share of its own, so that what was made together does not end together. */
function jittered(ttl: number, key: string): number {
  const share = (key.charCodeAt(0) * 64 + key.charCodeAt(1)) % 256;
  return Math.ceil(ttl * (1 - share / 2560));
}
