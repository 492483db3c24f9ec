/** One budget for several processes, and what happens when the server between them goes. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { redisStores } from "@kontract/runtime/ioredis";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveDocument } from "../../service.js";
import { recordingLogger } from "../fixture/serve.js";
import { type RedisServer, startRedis } from "./redis-server.js";

const DAY = 86_400_000;
const charging = fileURLToPath(new URL("charging-process.js", import.meta.url));
let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

it.each(["sliding-window", "token-bucket", "fixed-window", "concurrency"])(
  "%s: two processes of 500 requests share a quota to the unit",
  async (algorithm) => {
    const args = [charging, String(server.port), algorithm, algorithm];
    // One unit of a bucket comes back every 288 s: none while this runs.
    args.push("300", String(DAY));
    const runs = await Promise.all(
      [0, 1].map(() => promisify(execFile)(process.execPath, args)),
    );
    const counts = runs.map(({ stdout }) => Number(stdout));
    expect(counts.reduce((sum, each) => sum + each)).toBe(300);
  },
);

it("goes on without Redis, and counts again when it is back", async () => {
  const client = new Redis(server.port, {
    enableOfflineQueue: false,
    retryStrategy: () => 50,
  });
  client.on("error", () => {});
  const stores = redisStores(client, { prefix: "kill", rest: 100 });
  const { logger, lines } = recordingLogger();
  const running = await serveDocument(
    "redis-gone",
    {
      openapi: "3.1.0",
      info: { title: "Gone", version: "1" },
      paths: {
        "/open": operation("open", { quota: 2, window: "1h" }),
        "/closed": operation("closed", {
          quota: 2,
          window: "1h",
          onFailure: "closed",
        }),
      },
    },
    {
      root: { open: () => ({ status: 204 }), closed: () => ({ status: 204 }) },
    },
    { logger, rateLimit: { store: stores.rateLimit } },
  );
  const ask = async (path: string) => (await fetch(running.url + path)).status;
  const three = async (path: string) => [
    await ask(path),
    await ask(path),
    await ask(path),
  ];
  expect(await three("/open")).toEqual([204, 204, 429]);
  await server.kill();
  expect(await three("/open")).toEqual([204, 204, 204]);
  expect(await three("/closed")).toEqual([503, 503, 503]);
  const said = lines.filter(({ message }) =>
    message.startsWith("the store of rate limits"),
  );
  expect(said).toHaveLength(1);
  await server.restart();
  // A new server knows of nothing; as soon as it is asked again, the quota counts.
  await expect.poll(() => ask("/closed"), { timeout: 10_000 }).toBe(204);
  await expect.poll(() => ask("/closed"), { timeout: 10_000 }).toBe(429);
  await running.close();
  client.disconnect();
});

function operation(operationId: string, limit: object) {
  return {
    get: {
      operationId,
      "x-rate-limit": limit,
      responses: { "204": { description: "Nothing" } },
    },
  };
}
