/** Probes over real HTTP, in a plain Koa and in `createApp`. */
import { createHealth, type HealthOptions } from "@kontract/runtime/health";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import {
  kinds,
  recordingLogger,
  type Running,
  serve,
} from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.each(kinds)("probes in %s", (_kind, make) => {
  async function start(options: Partial<HealthOptions> = {}) {
    const recorded = recordingLogger();
    const health = createHealth({ logger: recorded.logger, ...options });
    const app = make();
    app.use(health.pages());
    app.use(
      lab([
        { path: "/ping", handle: () => ({ status: 200, body: "pong" }) },
      ]).routes(),
    );
    running = await serve(app);
    const { url } = running;
    return {
      health,
      url,
      lines: recorded.lines,
      probe: async (path: string, method = "GET") => {
        const response = await fetch(`${url}${path}`, { method });
        const text = await response.text();
        return {
          status: response.status,
          type: response.headers.get("content-type"),
          cache: response.headers.get("cache-control"),
          allow: response.headers.get("allow"),
          body: text.startsWith("{") ? JSON.parse(text) : text,
        };
      },
    };
  }

  it("answer in the format for health, and are not kept", async () => {
    const { probe } = await start({ checks: { database: () => 1 } });
    expect(await probe("/livez")).toMatchObject({
      status: 200,
      type: "application/health+json",
      cache: "no-store",
      body: { status: "pass" },
    });
    const ready = await probe("/readyz");
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({
      status: "pass",
      checks: { database: [{ status: "pass", observedUnit: "ms" }] },
    });
    expect((await probe("/readyz", "HEAD")).body).toBe("");
    expect(await probe("/readyz", "POST")).toMatchObject({
      status: 405,
      allow: "GET, HEAD",
    });
  });

  it("leave all other paths to the contract", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/ping`);
    expect([response.status, await response.json()]).toEqual([200, "pong"]);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });

  it("stay alive, but are not ready, while something is broken", async () => {
    let broken = true;
    let time = 0;
    const { probe, lines } = await start({
      now: () => time,
      checks: {
        database: () => {
          if (broken) throw new Error("password=canary");
        },
        cache: () => undefined,
      },
    });
    const ready = await probe("/readyz");
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: "fail",
      checks: {
        database: [{ status: "fail", output: "failed" }],
        cache: [{ status: "pass" }],
      },
    });
    expect(JSON.stringify(ready.body)).not.toContain("canary");
    expect(lines).toMatchObject([
      { level: "error", message: "health check database failed" },
    ]);
    expect((await probe("/startupz")).status).toBe(503);
    expect((await probe("/livez")).status).toBe(200);
    broken = false;
    // Within the second the result is the same.
    expect((await probe("/readyz")).status).toBe(503);
    time = 1_000;
    expect((await probe("/readyz")).status).toBe(200);
    broken = true;
    time = 2_000;
    expect((await probe("/readyz")).status).toBe(503);
    // Once started, started.
    expect((await probe("/startupz")).status).toBe(200);
  });

  it("ask once for probes that come together", async () => {
    let runs = 0;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { probe } = await start({
      checks: {
        slow: async () => {
          runs += 1;
          await gate;
        },
      },
    });
    const probes = Array.from({ length: 20 }, () => probe("/readyz"));
    while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    open();
    const statuses = (await Promise.all(probes)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(runs).toBe(1);
  });

  it("do not wait for what hangs, and tell it so", async () => {
    let aborted = false;
    const { probe } = await start({
      timeout: 20,
      checks: {
        hung: (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              aborted = true;
              reject(new Error("late"));
            });
          }),
      },
    });
    const ready = await probe("/readyz");
    expect(ready.status).toBe(503);
    expect(ready.body.checks.hung).toMatchObject([{ output: "timed out" }]);
    expect(aborted).toBe(true);
  });

  it("are not ready while draining, and ask nothing any more", async () => {
    let runs = 0;
    const { probe, health } = await start({
      checks: { database: () => void (runs += 1) },
    });
    health.drain();
    expect(await probe("/readyz")).toMatchObject({
      status: 503,
      body: { status: "fail", output: "draining" },
    });
    expect((await probe("/livez")).status).toBe(200);
    expect(runs).toBe(0);
  });
});
