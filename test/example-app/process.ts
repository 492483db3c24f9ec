/** What the bookstore does as a process: starts, says where it is, ends in good order. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, it } from "vitest";
import { startRedis } from "../runtime/redis/redis-server.js";
import type { Cluster } from "./postgres-cluster.js";

const FOLDER = fileURLToPath(new URL("../../example-app/", import.meta.url));

interface Started {
  child: ChildProcess;
  /** What it has said so far. */
  output(): string;
  exit: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(
    process.execPath,
    ["--conditions=@kontract/source", "--import", "tsx", "src/main.ts"],
    {
      cwd: FOLDER,
      env: { PATH: process.env["PATH"], PORT: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, output: () => text, exit };
}

async function address(started: Started): Promise<string> {
  const line = /Bookstore on (http:\/\/localhost:\d+) /;
  for (;;) {
    const [, url] = line.exec(started.output()) ?? [];
    if (url !== undefined) return url;
    const ended = await Promise.race([started.exit, setTimeout(20, undefined)]);
    if (ended !== undefined) throw new Error(`it ended: ${started.output()}`);
  }
}

export function processContract(
  databaseUrl: () => string,
  startDatabase: () => Promise<Cluster>,
): void {
  it("takes no more connections than its pool may have, however many ask at once", async () => {
    const name = "application_name=pooled";
    const started = start({ DATABASE_URL: `${databaseUrl()}?${name}` });
    const watcher = new pg.Client({ connectionString: databaseUrl() });
    try {
      const url = await address(started);
      await watcher.connect();
      let most = 0;
      let asking = true;
      const watching = (async () => {
        while (asking) {
          const { rows } = await watcher.query<{ n: string }>(
            `select count(*) as n from pg_stat_activity
             where application_name = 'pooled'`,
          );
          most = Math.max(most, Number(rows[0]?.n));
        }
      })();
      const statuses = await Promise.all(
        Array.from({ length: 150 }, async (_, at) => {
          const query = `limit=5&page=${at + 1}`;
          return (await fetch(`${url}/authors?${query}`)).status;
        }),
      );
      asking = false;
      await watching;
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(10);
    } finally {
      await watcher.end();
      started.child.kill("SIGKILL");
    }
  });

  it("is not ready while PostgreSQL or Redis is gone, and lives on", async () => {
    const [cluster, redis] = await Promise.all([startDatabase(), startRedis()]);
    const started = start({ DATABASE_URL: cluster.url, REDIS_URL: redis.url });
    try {
      const url = await address(started);
      const probe = async (): Promise<unknown> => {
        const ready = await fetch(`${url}/readyz`);
        const { checks } = Object(await ready.json());
        return {
          ready: ready.status,
          database: checks.database[0].status,
          redis: checks.redis[0].status,
        };
      };
      const pass = { ready: 200, database: "pass", redis: "pass" };
      expect(await probe()).toEqual(pass);
      const soon = { timeout: 20_000, interval: 200 };
      await redis.kill();
      await expect
        .poll(probe, soon)
        .toEqual({ ready: 503, database: "pass", redis: "fail" });
      // What is only shared there is done without.
      expect((await fetch(`${url}/books`)).status).toBe(200);
      await redis.restart();
      await expect.poll(probe, soon).toEqual(pass);
      await cluster.stop();
      await expect
        .poll(probe, soon)
        .toEqual({ ready: 503, database: "fail", redis: "pass" });
      expect((await fetch(`${url}/livez`)).status).toBe(200);
    } finally {
      started.child.kill("SIGKILL");
      await redis.stop();
      await cluster.stop();
    }
  });

  it("says in one line where it is, and serves until it is told to end", async () => {
    const started = start({ DATABASE_URL: databaseUrl() });
    const agent = new Agent({ keepAlive: true });
    try {
      const url = await address(started);
      expect(started.output().trim().split("\n")).toHaveLength(1);
      expect(started.output()).toContain(`Open ${url}/docs`);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      expect(started.output()).toContain("curl ");
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        checks: { database: [{ status: "pass" }] },
      });
      // An idle connection of a client must not hold up the end.
      const [response] = await once(get(`${url}/books`, { agent }), "response");
      expect(response.statusCode).toBe(200);
      response.resume();
      await once(response, "end");
      started.child.kill("SIGTERM");
      expect(await started.exit).toBe(0);
      await expect(fetch(`${url}/books`)).rejects.toThrow();
    } finally {
      agent.destroy();
      started.child.kill("SIGKILL");
    }
  });

  it("does not start in production with the key that everybody knows", async () => {
    const started = start({
      DATABASE_URL: databaseUrl(),
      NODE_ENV: "production",
    });
    try {
      expect(await started.exit).toBe(1);
      expect(started.output()).toMatch(/BOOKSTORE_STAFF_KEY must be set/);
    } finally {
      started.child.kill("SIGKILL");
    }
  });
}
