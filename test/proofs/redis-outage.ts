/** Redis is killed and comes back while the service is asked. */
import { setTimeout as pause } from "node:timers/promises";
import { ask, quantile } from "./load.js";
import { demand, type Figures, insist, type Proof, sized } from "./proof.js";
import { startProcesses } from "./processes.js";

export const redisOutage: Proof = {
  claim:
    "Redis killed and restarted mid-load: open limits let in, closed ones answer 503, nothing else fails, p99 below 100 ms",
  async prove(scale) {
    const running = await startProcesses("proof-redis-outage", 4, {
      timeout: 250,
    });
    const seconds = sized(10, scale);
    let phase: "before" | "outage" | "back" = "before";
    let over = false;
    const times: number[] = [];
    const before: number[] = [];
    const figures: Figures = {
      requests: 0,
      openRefused: 0,
      closedLetIn: 0,
      unexpected: 0,
    };
    const add = (name: string): void => {
      figures[name] = Number(figures[name]) + 1;
    };
    const client = async (number: number): Promise<void> => {
      while (!over) {
        const path = number % 2 === 0 ? "open" : "closed";
        const began = phase;
        const url = `${running.urls[number % 4]}/${path}`;
        const headers = { "x-client": `outage-${number}` };
        const { status, time } = await ask({ url, headers });
        add("requests");
        // What was under way as the phase changed belongs to neither.
        const steady = began === phase ? phase : undefined;
        if (phase === "outage" || began === "outage") times.push(time);
        else if (phase === "before") before.push(time);
        if (status === 503 && path === "closed" && began !== "before") {
          if (began === "back") add("closedWhileBack");
        } else if (status !== 204 && status !== 429) {
          if (!(status === 503 && path === "closed")) add("unexpected");
        } else if (steady === "outage") {
          if (path === "open" && status === 429) add("openRefused");
          if (path === "closed" && settled) add("closedLetIn");
        }
        await pause(2);
      }
    };
    let settled = false;
    try {
      figures["closedWhileBack"] = 0;
      const clients = Array.from({ length: 16 }, (_, number) => client(number));
      await pause(seconds * 300);
      await running.redis.kill();
      phase = "outage";
      await pause(100);
      settled = true;
      await pause(seconds * 400);
      settled = false;
      await running.redis.restart();
      phase = "back";
      await pause(2_000 + seconds * 300);
      over = true;
      await Promise.all(clients);
      // A new server knows of nothing, and counts again: the quota is used up in time.
      const headers = { "x-client": "after" };
      let last = 0;
      for (let asked = 0; asked <= 5_000 && last !== 429; asked += 25) {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, at) =>
            ask({ url: `${running.urls[at % 4]}/closed`, headers }),
          ),
        );
        last = Math.max(...answers.map(({ status }) => status));
      }
      figures["countsAgain"] = last;
    } finally {
      await running.stop();
    }
    figures["p99Before"] = Number(quantile(before, 0.99).toFixed(1));
    figures["p50InOutage"] = Number(quantile(times, 0.5).toFixed(1));
    figures["p99InOutage"] = Number(quantile(times, 0.99).toFixed(1));
    figures["requestsInOutage"] = times.length;
    demand(figures, {
      openRefused: 0,
      closedLetIn: 0,
      unexpected: 0,
      countsAgain: 429,
    });
    insist(Number(figures["p99InOutage"]) < 100, figures);
    return figures;
  },
};
