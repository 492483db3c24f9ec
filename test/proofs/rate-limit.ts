/** One budget for four processes, to the unit, and headers that add up. */
import { ask, many } from "./load.js";
import { demand, type Figures, insist, type Proof, sized } from "./proof.js";
import { startProcesses } from "./processes.js";

const ALGORITHMS = ["sliding-window", "token-bucket", "fixed-window"];
/** Of the document. */
const QUOTA = 5_000;
const DAY = 86_400;

export const rateLimit: Proof = {
  claim:
    "four processes on one Redis, 100,000 requests: nobody gets more than the quota, nobody 2 % less, headers add up",
  async prove(scale) {
    const running = await startProcesses("proof-rate-limit", 4);
    const figures: Figures = {
      requests: 0,
      over: 0,
      under: 0,
      wrongHeaders: 0,
    };
    const start = Date.now();
    try {
      const clients = sized(5, scale);
      const requests = sized(100_000, scale);
      const each = Math.ceil(requests / clients / ALGORITHMS.length);
      const quota = Math.min(QUOTA, each);
      for (const algorithm of ALGORITHMS) {
        await many(clients, clients, async (client) => {
          const remaining = new Set<number>();
          const from = Date.now();
          let admitted = 0;
          let wrong = 0;
          await many(each, 16, async (at) => {
            const url = `${running.urls[at % 4]}/limit/${algorithm}`;
            const name = `${algorithm}-${client}`;
            const answer = await ask({ url, headers: { "x-client": name } });
            figures["requests"] = Number(figures["requests"]) + 1;
            if (answer.status === 204) admitted += 1;
            else if (answer.status !== 429) wrong += 1;
            const told = read(answer.headers);
            if (answer.status === 204) remaining.add(told.remaining);
            if (!addsUp(told, answer.status)) wrong += 1;
          });
          // What a bucket gets back while this runs belongs to the quota.
          const back =
            algorithm === "token-bucket"
              ? Math.ceil(((Date.now() - from) / 1000 / DAY) * QUOTA)
              : 0;
          const over = Math.max(0, admitted - QUOTA - back);
          figures["over"] = Number(figures["over"]) + over;
          figures["under"] =
            Number(figures["under"]) + Math.max(0, quota - admitted);
          // Every number of units left is told once.
          if (algorithm !== "token-bucket" && remaining.size !== admitted)
            wrong += 1;
          figures["wrongHeaders"] = Number(figures["wrongHeaders"]) + wrong;
        });
      }
      const seconds = (Date.now() - start) / 1000;
      figures["perSecond"] = Math.round(Number(figures["requests"]) / seconds);
      const quotas = quota * clients * ALGORITHMS.length;
      figures["underShare"] = Number(figures["under"]) / quotas;
    } finally {
      await running.stop();
    }
    demand(figures, { over: 0, wrongHeaders: 0 });
    insist(Number(figures["underShare"]) < 0.02, figures);
    return figures;
  },
};

interface Told {
  quota: number;
  remaining: number;
  draft: number;
  wait: number;
  limit: number;
  reset: number;
  retry: number | undefined;
  /** Seconds since 1970, as the server has them. */
  date: number;
}

function read(headers: Record<string, string | string[] | undefined>): Told {
  const text = (name: string) => String(headers[name] ?? "");
  const [, quota] = /;q=(\d+);w=86400$/.exec(text("ratelimit-policy")) ?? [];
  const [, draft, wait] = /;r=(\d+);t=(\d+)$/.exec(text("ratelimit")) ?? [];
  return {
    quota: Number(quota),
    draft: Number(draft),
    wait: Number(wait),
    limit: Number(headers["x-ratelimit-limit"]),
    remaining: Number(headers["x-ratelimit-remaining"]),
    reset: Number(headers["x-ratelimit-reset"]),
    date: Date.parse(text("date")) / 1000,
    retry:
      headers["retry-after"] === undefined
        ? undefined
        : Number(headers["retry-after"]),
  };
}

/** Both families say the same, and a refused client is not told to come too early. */
function addsUp(told: Told, status: number): boolean {
  const same =
    told.quota === QUOTA &&
    told.limit === QUOTA &&
    told.remaining === told.draft &&
    // Both are rounded up, and a second may begin between them and `Date`.
    Math.abs(told.reset - told.date - told.wait) <= 2;
  if (status === 204) return same && told.retry === undefined;
  return same && told.remaining === 0 && Number(told.retry) >= told.wait;
}
