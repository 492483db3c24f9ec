/** Room `idempotency`: a request with a key is carried out once; whoever sends it again gets the answer of the first time. */
import { identityOf } from "../contract/identity.js";
import type { Claim, StoredAnswer } from "../contract/idempotency-store.js";
import type { IdempotencyPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import { uniqueName } from "../contract/unique-name.js";
import type { WireResponse } from "../contract/wire-response.js";
import { problem } from "../errors/problem.js";
import { fingerprintOf, nameOfKey } from "./fingerprint.js";
import { readKey } from "./key.js";
import { MemoryIdempotencyStore } from "./memory-store.js";
import { storedAnswer, unkeptAnswer, wireOfStored } from "./stored-answer.js";

/** A request that owns its key. */
interface Ticket {
  readonly name: string;
  readonly owner: string;
  readonly renewal: NodeJS.Timeout;
}

const LEASE = 30;
const MAX_BODY = 1024 * 1024;

/** Answers that say "not now" or "not so": nothing was carried out, and the next try may fare better. */
const TRANSIENT = new Set([408, 412, 425, 428, 429]);

export function bindIdempotency(
  policy: IdempotencyPolicy,
  context: PolicyContext,
): Policy {
  const { logger, now, operationId, options } = context;
  const settings = options.idempotency ?? {};
  const store =
    settings.store ??
    context.shared(
      "idempotency",
      () => new MemoryIdempotencyStore({ now, capacity: settings.capacity }),
    );
  const identify = settings.identify ?? identityOf;
  const lease = (settings.lease ?? LEASE) * 1000;
  const maxBody = settings.maxBody ?? MAX_BODY;
  const tickets = new WeakMap<Exchange, Ticket>();

  function keyOf({ ctx }: Exchange): string | undefined {
    const field = ctx.req.headers[policy.header];
    if (field === undefined) {
      if (policy.required === true) throw badKey("required", "is required");
      return undefined;
    }
    const key = readKey(String(field));
    if (key === undefined) {
      throw badKey("format", "must be a text of 1 to 255 ASCII characters");
    }
    return key;
  }

  function badKey(code: string, detail: string): Error {
    return problem.badRequest({
      detail: `${policy.header} ${detail}`,
      errors: [{ in: "header", parameter: policy.header, code, detail }],
    });
  }

  function identityOfCaller({ principal }: Exchange): string | undefined {
    if (principal === undefined) return undefined;
    const identity = identify(principal);
    if (identity === undefined) {
      // Taking two principals for one would give the answers of one to the other.
      throw new TypeError(
        "principals cannot be told apart by `id` or `sub`: give `idempotency.identify`",
      );
    }
    return identity;
  }

  async function claim(
    name: string,
    owner: string,
    fingerprint: string,
  ): Promise<Claim | undefined> {
    try {
      return await store.claim(name, owner, fingerprint, lease);
    } catch (error) {
      logger.error("the store of idempotency keys does not answer", {
        operationId,
        error,
      });
      if (settings.onFailure === "open") return undefined;
      throw problem.serviceUnavailable(
        { detail: "idempotency keys cannot be checked at the moment" },
        { headers: { "Retry-After": 1 } },
      );
    }
  }

  function keepAlive(name: string, owner: string): NodeJS.Timeout {
    const renewal = setInterval(() => {
      Promise.resolve()
        .then(() => store.renew(name, owner, lease))
        .catch((error: unknown) => {
          logger.warn("a lease could not be prolonged", { operationId, error });
        });
    }, lease / 3);
    return renewal.unref();
  }

  async function enter(exchange: Exchange): Promise<WireResponse | undefined> {
    const key = keyOf(exchange);
    if (key === undefined) return undefined;
    const identity = identityOfCaller(exchange);
    const name = nameOfKey(
      key,
      policy.scope === "global" ? undefined : identity,
    );
    const fingerprint = fingerprintOf(exchange, identity);
    const owner = uniqueName();
    const found = await claim(name, owner, fingerprint);
    if (found === undefined) return undefined;
    if (found.state === "claimed") {
      const renewal = keepAlive(name, owner);
      tickets.set(exchange, { name, owner, renewal });
      return undefined;
    }
    if (found.fingerprint !== fingerprint) {
      throw problem.unprocessableContent({
        detail: "the idempotency key was used for another request before",
      });
    }
    if (found.state === "running") {
      throw problem.conflict(
        {
          detail:
            "the first request with this idempotency key is not answered yet",
        },
        { headers: { "Retry-After": 1 } },
      );
    }
    exchange.ctx.set("Idempotent-Replayed", "true");
    return wireOfStored(found.answer);
  }

  /** What is kept of an answer; nothing lets the next request try again. */
  function kept(wire: WireResponse | undefined): StoredAnswer | undefined {
    if (wire === undefined || TRANSIENT.has(wire.status)) return undefined;
    const { status } = wire;
    const isKept = policy.replay.some(
      (each) => each === status || each === `${Math.floor(status / 100)}XX`,
    );
    if (!isKept) return undefined;
    return storedAnswer(wire, maxBody) ?? unkeptAnswer();
  }

  return {
    enter,
    async settle(exchange, { wire }) {
      const ticket = tickets.get(exchange);
      if (ticket === undefined) return;
      tickets.delete(exchange);
      const { name, owner, renewal } = ticket;
      clearInterval(renewal);
      const answer = kept(wire);
      if (answer === undefined) await store.release(name, owner);
      else await store.settle(name, owner, answer, policy.ttl * 1000);
    },
  };
}
