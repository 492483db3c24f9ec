/** Kept answers of four processes over one Redis: made once, never stale after a write, never somebody else's. */
import { seededRandom } from "../random.js";
import { ask, many } from "./load.js";
import { demand, type Figures, insist, type Proof, sized } from "./proof.js";
import { startProcesses } from "./processes.js";

export const cacheStampede: Proof = {
  claim:
    "1,000 concurrent misses on each of four processes: at most one handler call per process",
  async prove(scale) {
    const running = await startProcesses("proof-cache-stampede", 4);
    const misses = sized(1_000, scale);
    const figures: Figures = { requests: 0, failed: 0, calls: 0, most: 0 };
    try {
      const calls = new Map<number, number>();
      await Promise.all(
        running.urls.map((url) =>
          many(misses, misses, async () => {
            const { status, body } = await ask({ url: `${url}/slow/one` });
            figures["requests"] = Number(figures["requests"]) + 1;
            if (status !== 200) {
              figures["failed"] = Number(figures["failed"]) + 1;
              return;
            }
            const { process: by, value } = Object(JSON.parse(body));
            calls.set(by, Math.max(calls.get(by) ?? 0, value));
          }),
        ),
      );
      figures["calls"] = [...calls.values()].reduce((sum, each) => sum + each);
      figures["most"] = Math.max(...calls.values());
    } finally {
      await running.stop();
    }
    demand(figures, { failed: 0, most: 1 });
    return figures;
  },
};

export const cacheWrites: Proof = {
  claim:
    "four processes, 20,000 reads and writes: nobody reads what was there before an acknowledged write",
  async prove(scale) {
    const running = await startProcesses("proof-cache-writes", 4);
    const figures: Figures = {
      reads: 0,
      hits: 0,
      writes: 0,
      stale: 0,
      failed: 0,
    };
    const add = (name: string): void => {
      figures[name] = Number(figures[name]) + 1;
    };
    const { below: next } = seededRandom(1);
    const acknowledged = new Map<string, number>();
    try {
      await many(sized(20_000, scale), 32, async () => {
        const id = `k${next(8)}`;
        const url = `${running.urls[next(4)]}/values/${id}`;
        if (next(10) === 0) {
          const { status, body } = await ask({ url, method: "PUT" });
          if (status !== 200) return add("failed");
          add("writes");
          const { value } = Object(JSON.parse(body));
          acknowledged.set(id, Math.max(acknowledged.get(id) ?? 0, value));
          return;
        }
        const known = acknowledged.get(id) ?? 0;
        const { status, body, headers } = await ask({ url });
        if (status !== 200) return add("failed");
        add("reads");
        if (String(headers["cache-status"]).includes("; hit")) add("hits");
        if (Object(JSON.parse(body)).value < known) add("stale");
      });
    } finally {
      await running.stop();
    }
    demand(figures, { stale: 0, failed: 0 });
    insist(Number(figures["hits"]) > Number(figures["reads"]) / 5, figures);
    return figures;
  },
};

export const cachePrincipals: Proof = {
  claim:
    "100,000 mixed requests of 50 principals to two processes: nobody gets the answer of another",
  async prove(scale) {
    const running = await startProcesses("proof-cache-principals", 2);
    const figures: Figures = { requests: 0, hits: 0, foreign: 0, failed: 0 };
    const add = (name: string): void => {
      figures[name] = Number(figures[name]) + 1;
    };
    const { below: next } = seededRandom(2);
    try {
      await many(sized(100_000, scale), 64, async () => {
        const principal = `p${next(50)}`;
        const id = `k${next(20)}`;
        const url = `${running.urls[next(2)]}/mine/${id}`;
        const answer = await ask({ url, headers: { "x-key": principal } });
        add("requests");
        if (answer.status !== 200) return add("failed");
        if (String(answer.headers["cache-status"]).includes("; hit")) {
          add("hits");
        }
        const body = Object(JSON.parse(answer.body));
        if (body.principal !== principal || body.id !== id) add("foreign");
      });
    } finally {
      await running.stop();
    }
    demand(figures, { foreign: 0, failed: 0 });
    insist(Number(figures["hits"]) > Number(figures["requests"]) / 2, figures);
    return figures;
  },
};
