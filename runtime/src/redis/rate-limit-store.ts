/** Room `redis`: counts requests for any number of processes. */
import type {
  Charge,
  RateLimitStore,
  Verdict,
} from "../contract/rate-limit-store.js";
import { sliceOf } from "../rate-limit/slices.js";
import { type RedisCommands, run } from "./commands.js";
import { chargeScript } from "./rate-limit-script.js";

/** Budgets as keys `{prefix}:limit:…`, gone as soon as they are full again. */
export function redisRateLimitStore(
  redis: RedisCommands,
  prefix: string,
): RateLimitStore {
  /** The partition is the hash tag: in a cluster all budgets of one client are of one slot. */
  function keyOf({ budget, partition }: Charge): string {
    return `${prefix}:limit:{${tagOf(partition)}}:${budget.id}`;
  }

  async function ask(
    charges: readonly Charge[],
    lease: string,
    /** Takes, gives back, or only looks. */
    sign: 1 | -1 | 0,
  ): Promise<readonly Verdict[]> {
    const [first, ...others] = charges;
    if (first === undefined) return [];
    const values = [lease];
    for (const { budget, cost } of charges) {
      const { algorithm, quota, window } = budget;
      const numbers = [quota, window, sliceOf(window), sign * cost];
      values.push(algorithm, ...numbers.map(String));
    }
    const keys = [keyOf(first), ...others.map(keyOf)] as const;
    return verdictsOf(await run(redis, chargeScript, keys, values));
  }

  /** A cluster has no step over several slots: group by group, and what was taken is given back when a later group refuses. */
  async function chargeGroups(
    groups: readonly (readonly Charge[])[],
    lease: string,
  ): Promise<ReadonlyMap<Charge, Verdict>> {
    const verdicts = new Map<Charge, Verdict>();
    async function note(group: readonly Charge[], sign: 1 | -1 | 0) {
      const answers = await ask(group, lease, sign);
      group.forEach((charge, at) => {
        const verdict = answers[at];
        if (verdict !== undefined) verdicts.set(charge, verdict);
      });
      return answers.every(({ fits }) => fits);
    }
    const refusing = await firstRefusing(groups, (group) => note(group, 1));
    if (refusing !== -1) {
      for (const taken of groups.slice(0, refusing)) await note(taken, -1);
      for (const unasked of groups.slice(refusing + 1)) await note(unasked, 0);
    }
    return verdicts;
  }

  return {
    async charge(charges, lease) {
      if (!redis.cluster || charges.length < 2) return ask(charges, lease, 1);
      const groups = groupByTag(charges);
      if (groups.length === 1) return ask(charges, lease, 1);
      const verdicts = await chargeGroups(groups, lease);
      return charges.flatMap((charge) => verdicts.get(charge) ?? []);
    },
    async release(charges, lease) {
      const held = charges.filter(
        ({ budget }) => budget.algorithm === "concurrency",
      );
      if (!redis.cluster) await ask(held, lease, -1);
      else for (const group of groupByTag(held)) await ask(group, lease, -1);
    },
  };
}

/** `{` and `}` would end the tag, and an empty one is none. */
function tagOf(partition: string): string {
  return (
    partition.replaceAll(/[{}%]/g, (each) => encodeURIComponent(each)) || "-"
  );
}

function groupByTag(charges: readonly Charge[]): Charge[][] {
  const groups = new Map<string, Charge[]>();
  for (const charge of charges) {
    const group = groups.get(charge.partition);
    if (group === undefined) groups.set(charge.partition, [charge]);
    else group.push(charge);
  }
  return [...groups.values()];
}

async function firstRefusing(
  groups: readonly (readonly Charge[])[],
  charge: (group: readonly Charge[]) => Promise<boolean>,
): Promise<number> {
  for (const [at, group] of groups.entries()) {
    if (!(await charge(group))) return at;
  }
  return -1;
}

function verdictsOf(reply: unknown): Verdict[] {
  if (!Array.isArray(reply)) throw new TypeError("Redis answered otherwise");
  const numbers = reply.map(Number);
  const verdicts: Verdict[] = [];
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const [fits = 0, remaining = 0, reset = 0] = numbers.slice(at, at + 3);
    verdicts.push({ fits: fits === 1, remaining, reset });
  }
  return verdicts;
}
