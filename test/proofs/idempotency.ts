/** Orders that are sent again and again, while one of the processes that place them is killed. */
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { findPostgres, startCluster } from "../example-app/postgres-cluster.js";
import { ask, many } from "./load.js";
import { demand, type Figures, type Proof, sized } from "./proof.js";
import { startProcesses } from "./processes.js";

const RETRIES = 5;

export const idempotency: Proof = {
  claim:
    "10,000 keys, five requests of each at once, four processes of which one is killed: no order lost, none placed twice",
  async prove(scale) {
    const bin = findPostgres();
    if (bin === undefined) throw new Error("PostgreSQL is not installed");
    const keys = sized(10_000, scale);
    const cluster = await startCluster(bin);
    const pool = new pg.Pool({ connectionString: cluster.url, max: 2 });
    await pool.query("create table runs (key text not null)");
    await pool.query(
      "create table orders (id serial primary key, key text not null unique)",
    );
    const running = await startProcesses("proof-idempotency", 4, {
      database: cluster.url,
    });
    const figures: Figures = { keys, requests: 0, lost: 0, unexpected: 0 };
    const add = (name: string, count = 1): void => {
      figures[name] = Number(figures[name] ?? 0) + count;
    };
    let killed = false;
    try {
      await many(keys, 40, async (at) => {
        if (at >= keys / 2 && !killed) {
          killed = true;
          void running.kill(3);
        }
        const seen = await Promise.all(
          Array.from({ length: RETRIES }, (_, retry) =>
            untilPlaced(running.urls, `key-${at}`, at + retry, add),
          ),
        );
        if (new Set(seen).size !== 1) add("differentAnswers");
      });
    } finally {
      await running.stop();
    }
    const one = async (text: string): Promise<number> => {
      const { rows } = await pool.query<{ n: string }>(text);
      return Number(rows[0]?.n);
    };
    figures["orders"] = await one("select count(*) as n from orders");
    figures["lost"] = keys - Number(figures["orders"]);
    // Of a request whose process ended between its work and its answer, nobody can know that it was done.
    figures["handlerRuns"] = await one("select count(*) as n from runs");
    figures["differentAnswers"] ??= 0;
    await pool.end();
    await cluster.stop();
    demand(figures, {
      orders: keys,
      lost: 0,
      unexpected: 0,
      differentAnswers: 0,
    });
    return figures;
  },
};

/** Asks one process after the other, as a client does that got no answer; gives the number of the order. */
async function untilPlaced(
  urls: readonly string[],
  key: string,
  first: number,
  add: (name: string) => void,
): Promise<number> {
  for (let tries = 0; tries < 2_000; tries++) {
    const url = `${urls[(first + tries) % urls.length]}/orders`;
    const headers = { "idempotency-key": key };
    add("requests");
    const answer = await ask({ url, method: "POST", headers }).catch(
      () => undefined,
    );
    if (answer?.status === 201) {
      return Number(Object(JSON.parse(answer.body)).value);
    }
    if (answer === undefined) add("connectionsLost");
    else if (answer.status === 409) add("inFlight");
    else add("unexpected");
    await pause(answer?.status === 409 ? 50 : 5);
  }
  throw new Error(`${key} was never placed`);
}
