/** One of several processes of a service that share a Redis. Started with the folder of the generated router, a port of Redis, the milliseconds that its answers may take and, for orders, a PostgreSQL; prints its own port. */
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createApp } from "@kontract/runtime";
import { redisStores } from "@kontract/runtime/redis";
import pg from "pg";
import { createClient } from "redis";
import type { Service } from "../service.js";

const [folder = "", redisPort = "", timeout = "", database = ""] =
  process.argv.slice(2);
const client = createClient({
  url: `redis://127.0.0.1:${redisPort}`,
  disableOfflineQueue: true,
  socket: { reconnectStrategy: 50 },
});
client.on("error", () => {});
await client.connect();
// What keeps the service's own state, so that it is none of the stores that are looked at.
const state = createClient({ url: `redis://127.0.0.1:${redisPort}` });
state.on("error", () => {});
await state.connect();
const pool =
  database === ""
    ? undefined
    : new pg.Pool({ connectionString: database, max: 8 });
const stores = redisStores(client, {
  prefix: "proof",
  timeout: Number(timeout),
});

interface Input {
  params: { id: string };
  headers: Record<string, string>;
  principal: { id: string };
  reply: { ok(body: object): unknown; created(body: object): unknown };
}

let slow = 0;
const none = (): object => ({ status: 204 });
const root = {
  slidingWindow: none,
  tokenBucket: none,
  fixedWindow: none,
  open: none,
  closed: none,
  async slow({ params, reply }: Input) {
    const value = ++slow;
    await pause(300);
    return reply.ok({ id: params.id, value, process: process.pid });
  },
  async readValue({ params, reply }: Input) {
    const value = Number(await state.get(`value:${params.id}`));
    return reply.ok({ id: params.id, value });
  },
  async writeValue({ params, reply }: Input) {
    const value = await state.incr(`value:${params.id}`);
    return reply.ok({ id: params.id, value });
  },
  mine({ params, principal, reply }: Input) {
    return reply.ok({ id: params.id, principal: principal.id });
  },
  /** The key is unique in the table as well: that covers a process that ends between its work and its answer. */
  async order({ headers, reply }: Input) {
    const key = headers["idempotency-key"] ?? "";
    await pool?.query("insert into runs (key) values ($1)", [key]);
    const placed = await pool?.query<{ id: number }>(
      `insert into orders (key) values ($1)
       on conflict (key) do update set key = excluded.key returning id`,
      [key],
    );
    return reply.created({ value: placed?.rows[0]?.id ?? 0 });
  },
};

const { createRouter }: Service = await import(
  pathToFileURL(`${folder}/generated/index.ts`).href
);
const app = createApp();
app.use(
  createRouter(
    { root },
    {
      security: { key: (name: string) => ({ id: name }) },
      rateLimit: { store: stores.rateLimit },
      cache: { store: stores.cache },
      idempotency: { store: stores.idempotency, lease: 5 },
      logger: {
        debug() {},
        info() {},
        warn() {},
        error: (message: string, { error }: { error?: unknown } = {}) =>
          process.stderr.write(`${message} ${String(error)}\n`),
      },
    },
  ).routes(),
);
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  process.stdout.write(`${port}\n`);
});
