/** Room `rate-limit`: holds an operation to its limits. */
import type { RateLimitPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import type {
  Budget,
  Charge,
  RateLimitStore,
  Verdict,
} from "../contract/rate-limit-store.js";
import { uniqueName } from "../contract/unique-name.js";
import { Problem, problem } from "../errors/problem.js";
import {
  type Applied,
  limitItem,
  policyItem,
  quoted,
  seconds,
  tightest,
} from "./fields.js";
import { MemoryRateLimitStore } from "./memory-store.js";
import { isEarly, type PartitionOf, partitionBy } from "./partition.js";

const PROBLEMS = "https://iana.org/assignments/http-problem-types";

/** A limit of the document, made ready. */
interface Rule {
  readonly name: string;
  readonly label: string;
  readonly policy: string;
  readonly budget: Budget;
  readonly cost: number;
  readonly early: boolean;
  readonly dry: boolean;
  readonly closed: boolean;
  readonly partitionOf: PartitionOf;
}

/** Limits that are charged in one call to the store. */
interface Group {
  readonly rules: readonly Rule[];
  readonly dry: boolean;
  /** Whether slots are held, to be given back at the end. */
  readonly slots: boolean;
  readonly closed: boolean;
}

/** Limits by address, route or all are charged on arrival, the others when it is known who asks. */
export function bindRateLimit(
  policies: readonly RateLimitPolicy[],
  context: PolicyContext,
): Policy {
  const { options, now, operationId } = context;
  const settings = options.rateLimit ?? {};
  const store =
    settings.store ??
    context.shared(
      "rate-limit",
      () => new MemoryRateLimitStore({ now, capacity: settings.capacity }),
    );
  const family = settings.headers ?? "both";
  const rules = policies.map((policy): Rule => {
    const { name } = policy;
    const budget: Budget = {
      id: policy.budget,
      algorithm: policy.algorithm ?? "sliding-window",
      quota: policy.quota,
      window: policy.window * 1000,
    };
    return {
      name,
      label: quoted(name),
      policy: policyItem(name, budget),
      budget,
      cost: policy.cost ?? 1,
      early: isEarly(policy.key),
      dry: policy.dryRun ?? settings.dryRun ?? false,
      closed: (policy.onFailure ?? settings.onFailure) === "closed",
      partitionOf: partitionBy(policy.key, operationId, settings.identify),
    };
  });
  const early = groupsOf(rules.filter((rule) => rule.early));
  const late = groupsOf(rules.filter((rule) => !rule.early));
  /** What was charged on arrival, where more is to come. */
  const arrived = new WeakMap<Exchange, readonly Applied[]>();

  function pass(
    exchange: Exchange,
    groups: readonly Group[],
    before: readonly Applied[],
  ): void | Promise<void> {
    let pending: Promise<void> | undefined;
    for (const group of groups) {
      const step = () => charge(exchange, group, before);
      if (pending === undefined) pending = step() ?? undefined;
      else pending = pending.then(step);
    }
    return pending;
  }

  function charge(
    exchange: Exchange,
    group: Group,
    before: readonly Applied[],
  ): void | Promise<void> {
    const charges = group.rules.map(
      ({ budget, cost, partitionOf }): Charge => ({
        budget,
        cost,
        partition: partitionOf(exchange),
      }),
    );
    const lease = group.slots ? uniqueName() : "";
    if (group.slots) releaseAtEnd(exchange, store, charges, lease, context);
    try {
      const verdicts = store.charge(charges, lease);
      if (Array.isArray(verdicts)) {
        judge(exchange, group, verdicts, before);
        return;
      }
      return Promise.resolve(verdicts).then(
        (known) => judge(exchange, group, known, before),
        (error: unknown) => goWithout(group, error),
      );
    } catch (error) {
      if (error instanceof Problem) throw error;
      goWithout(group, error);
    }
  }

  function judge(
    exchange: Exchange,
    group: Group,
    verdicts: readonly Verdict[],
    before: readonly Applied[],
  ): void {
    const applied = group.rules.map(
      ({ name, label, policy, budget }, at): Applied => ({
        name,
        label,
        policy,
        budget,
        verdict: verdicts[at] ?? { fits: true, remaining: 0, reset: 0 },
      }),
    );
    if (!group.dry) {
      const all = before.length === 0 ? applied : [...before, ...applied];
      tell(exchange, all);
      if (group.rules[0]?.early === true && late.length > 0) {
        arrived.set(exchange, all);
      }
    }
    const violated = applied.filter(({ verdict }) => !verdict.fits);
    if (violated.length > 0) refuse(exchange, group, violated);
  }

  /** With every answer that follows, errors included. */
  function tell({ ctx: { res } }: Exchange, applied: readonly Applied[]): void {
    if (res.headersSent || family === "none") return;
    if (family !== "legacy") {
      const policy = applied.map((each) => each.policy).join(", ");
      res.setHeader("RateLimit-Policy", policy);
      res.setHeader("RateLimit", applied.map(limitItem).join(", "));
    }
    const one = family === "draft" ? undefined : tightest(applied);
    if (one !== undefined) {
      res.setHeader("X-RateLimit-Limit", one.budget.quota);
      res.setHeader(
        "X-RateLimit-Remaining",
        Math.max(0, one.verdict.remaining),
      );
      res.setHeader("X-RateLimit-Reset", seconds(now() + one.verdict.reset));
    }
  }

  function refuse(
    { ctx }: Exchange,
    { dry }: Group,
    violated: readonly Applied[],
  ): void {
    const names = violated.map(({ name }) => name);
    const waits = violated.map(({ verdict }) => verdict.reset);
    const retryAfter = Math.max(1, seconds(Math.max(...waits)));
    if (dry) {
      context.logger.warn("a limit would have refused a request", {
        operationId,
        policies: names,
        retryAfter,
      });
    }
    settings.onLimit?.({
      operationId,
      policies: names,
      retryAfter,
      dryRun: dry,
      ctx,
    });
    if (dry) return;
    throw problem.tooManyRequests(
      {
        type: settings.problemType ?? `${PROBLEMS}#quota-exceeded`,
        detail: `nothing is left of ${names.join(", ")}; try again in ${retryAfter} s`,
        "violated-policies": names,
      },
      { headers: { "Retry-After": retryAfter } },
    );
  }

  const silence = context.shared("rate-limit failures", () => ({ until: 0 }));

  /** The store does not answer: limits must not take the service down, unless they are told to. */
  function goWithout({ closed, dry }: Group, error: unknown): void {
    if (now() >= silence.until) {
      // Once is enough: every request would say the same.
      silence.until = now() + 10_000;
      context.logger.error("the store of rate limits does not answer", {
        operationId,
        error,
      });
    }
    if (!closed || dry) return;
    throw problem.serviceUnavailable(
      {
        type: `${PROBLEMS}#temporary-reduced-capacity`,
        detail: "limits cannot be checked at the moment",
      },
      { headers: { "Retry-After": 1 } },
    );
  }

  return {
    ...(early.length > 0
      ? { arrive: (exchange: Exchange) => pass(exchange, early, []) }
      : {}),
    ...(late.length > 0
      ? {
          admit: (exchange: Exchange) =>
            pass(exchange, late, arrived.get(exchange) ?? []),
        }
      : {}),
  };
}

/** Those that are enforced in one step, and those that are not apart: they must not refuse the others. */
function groupsOf(rules: readonly Rule[]): Group[] {
  return [true, false].flatMap((dry) => {
    const group = rules.filter((rule) => rule.dry === dry);
    if (group.length === 0) return [];
    return [
      {
        rules: group,
        dry,
        slots: group.some(({ budget }) => budget.algorithm === "concurrency"),
        closed: group.some(({ closed }) => closed),
      },
    ];
  });
}

/** Slots are held until the last byte of the answer is out, or the client gone. */
function releaseAtEnd(
  { ctx: { res } }: Exchange,
  store: RateLimitStore,
  charges: readonly Charge[],
  lease: string,
  { logger, operationId }: PolicyContext,
): void {
  res.once("close", () => {
    Promise.resolve()
      .then(() => store.release(charges, lease))
      .catch((error: unknown) => {
        // The slots come back with the end of their window.
        logger.warn("slots could not be given back", { operationId, error });
      });
  });
}
