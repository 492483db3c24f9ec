/** Answers that are kept: in memory, and by two processes over a real Redis. */
import { createClient } from "redis";
import { redisStores } from "@kontract/runtime/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MemoryCacheStore } from "../../../runtime/src/caching/memory-store.js";
import type { CacheStore } from "../../../runtime/src/contract/cache-store.js";
import { recordingLogger, type Running } from "../fixture/serve.js";
import { type RedisServer, startRedis } from "../redis/redis-server.js";
import { serveDocument } from "../../service.js";

const text = { schema: { type: "string" } };
const param = { name: "id", in: "path", required: true, ...text };
const answer = {
  "200": {
    description: "A count",
    headers: { "X-Count": { schema: { type: "integer" } } },
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: { id: { type: "string" }, count: { type: "integer" } },
        },
      },
    },
  },
};
const document = {
  openapi: "3.1.0",
  info: { title: "Counts", version: "1" },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
  paths: {
    "/shared/{id}": {
      parameters: [param],
      get: {
        operationId: "shared",
        "x-caching": {
          ttl: "60s",
          scope: "public",
          tags: ["count:{params.id}", "counts"],
          staleWhileRevalidate: "30s",
        },
        parameters: [
          {
            name: "size",
            in: "query",
            schema: { type: "integer", default: 1 },
          },
        ],
        responses: answer,
      },
      put: {
        operationId: "change",
        "x-invalidates": ["count:{params.id}"],
        responses: {
          "204": { description: "Done" },
          "409": { description: "No" },
        },
      },
    },
    "/own/{id}": {
      parameters: [param],
      get: {
        operationId: "own",
        security: [{ key: [] }],
        "x-caching": { ttl: 60 },
        responses: answer,
      },
    },
  },
};

interface Input {
  params: { id: string };
  cache: {
    remember(
      key: string,
      options: object,
      load: () => unknown,
    ): Promise<unknown>;
  };
  reply: {
    ok(body: unknown, extra?: object): unknown;
    noContent(): unknown;
    conflict(): unknown;
  };
}

let clock = Date.UTC(2026, 0, 1);
let calls = 0;
let hold: Promise<void> | undefined;
const { logger, lines } = recordingLogger();

function start(name: string, store?: CacheStore): Promise<Running> {
  const count = async ({ params, reply }: Input) => {
    const count = ++calls;
    await hold;
    if (params.id === "boom") throw new Error("boom");
    return reply.ok(
      { id: params.id, count },
      { headers: { "x-count": count } },
    );
  };
  const root = {
    shared: count,
    own: count,
    change: ({ params, reply }: Input) =>
      params.id === "no" ? reply.conflict() : reply.noContent(),
  };
  return serveDocument(
    name,
    document,
    { root },
    {
      logger,
      now: () => clock,
      security: { key: (id: string) => ({ id }) },
      ...(store ? { cache: { store } } : {}),
    },
  );
}

async function ask({ url }: Running, path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, init);
  const body: unknown =
    response.status === 200 ? await response.json() : undefined;
  return {
    status: response.status,
    body,
    headers: response.headers,
    cache: response.headers.get("cache-status"),
  };
}

beforeEach(() => {
  calls = 0;
  hold = undefined;
  lines.length = 0;
});

describe("in memory", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start("response-cache");
  });
  afterAll(() => running.close());

  it("keeps an answer with its headers, for as long as it says", async () => {
    const first = await ask(running, "/shared/a");
    expect(first.cache).toBe("kontract; fwd=uri-miss; stored");
    const second = await ask(running, "/shared/a?size=1");
    expect(second.body).toEqual({ id: "a", count: 1 });
    expect(second.headers.get("x-count")).toBe("1");
    expect(second.cache).toMatch(/^kontract; hit; ttl=(5[4-9]|60)$/);
    clock += 61_000;
    const third = await ask(running, "/shared/a");
    expect(third.body).toEqual({ id: "a", count: 2 });
  });

  it("tells requests apart by every decoded value", async () => {
    await ask(running, "/shared/b");
    expect((await ask(running, "/shared/b?size=2")).body).toEqual({
      id: "b",
      count: 2,
    });
    expect((await ask(running, "/shared/c")).body).toEqual({
      id: "c",
      count: 3,
    });
  });

  it("never shows one principal the answer of another", async () => {
    const as = (key: string) =>
      ask(running, "/own/x", { headers: { "x-key": key } });
    expect((await as("ann")).body).toEqual({ id: "x", count: 1 });
    expect((await as("bob")).body).toEqual({ id: "x", count: 2 });
    expect((await as("ann")).body).toEqual({ id: "x", count: 1 });
    expect((await ask(running, "/own/x")).status).toBe(401);
  });

  it("makes one answer at a time", async () => {
    let go = () => {};
    hold = new Promise((resolve) => (go = resolve));
    const asked = Array.from({ length: 200 }, () =>
      ask(running, "/shared/stampede"),
    );
    while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(go, 100);
    const answers = await Promise.all(asked);
    expect(calls).toBe(1);
    for (const { body } of answers)
      expect(body).toEqual({ id: "stampede", count: 1 });
  });

  it("keeps no failure, and those who waited for it try by themselves", async () => {
    const failed = await Promise.all(
      [1, 2, 3].map(() => ask(running, "/shared/boom")),
    );
    expect(failed.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(calls).toBe(3);
  });

  it("shows an old answer to others while one request makes a new one", async () => {
    await ask(running, "/shared/stale");
    clock += 65_000;
    let go = () => {};
    hold = new Promise((resolve) => (go = resolve));
    const refreshing = ask(running, "/shared/stale");
    while (calls < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const old = await ask(running, "/shared/stale");
    expect(old.body).toEqual({ id: "stale", count: 1 });
    expect(old.cache).toMatch(/^kontract; hit; ttl=-\d+$/);
    go();
    expect((await refreshing).body).toEqual({ id: "stale", count: 2 });
  });

  it("forgets by tag what a change has made void, and nothing else", async () => {
    await ask(running, "/shared/d");
    await ask(running, "/shared/e");
    expect((await ask(running, "/shared/d", { method: "PUT" })).status).toBe(
      204,
    );
    expect((await ask(running, "/shared/d")).body).toEqual({
      id: "d",
      count: 3,
    });
    expect((await ask(running, "/shared/e")).body).toEqual({
      id: "e",
      count: 2,
    });
  });

  it("forgets nothing for a change that did not happen", async () => {
    await ask(running, "/shared/no");
    expect((await ask(running, "/shared/no", { method: "PUT" })).status).toBe(
      409,
    );
    expect((await ask(running, "/shared/no")).body).toEqual({
      id: "no",
      count: 1,
    });
  });
});

it("in memory, gives up what was not used for longest, and no tag comes back", () => {
  const store = new MemoryCacheStore({ entries: 2, now: () => clock });
  store.write("a", "A", 1000);
  store.write("b", "B", 1000);
  store.read("a", []);
  store.write("c", "C", 1000);
  expect(["a", "b", "c"].map((key) => store.read(key, []).entry)).toEqual([
    "A",
    undefined,
    "C",
  ]);
  const seen = new Set<number | undefined>();
  for (let round = 0; round < 10; round++) {
    store.invalidate(["x"]);
    store.invalidate(["y", "z", `other${round}`]);
    seen.add(store.read("a", ["x"]).versions[0]);
  }
  expect(seen.size).toBe(10);
});

describe("by two processes over Redis", () => {
  let redis: RedisServer;
  let one: Running;
  let two: Running;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    const connect = async () => {
      const client = createClient({
        url: redis.url,
        disableOfflineQueue: true,
      });
      client.on("error", () => {});
      await client.connect();
      closing.push(() => client.destroy());
      return redisStores(client, { timeout: 2_000 }).cache;
    };
    one = await start("response-cache-one", await connect());
    two = await start("response-cache-two", await connect());
  });
  afterAll(async () => {
    await Promise.all([one?.close(), two?.close()]);
    for (const close of closing) close();
    await redis?.stop();
  });

  it("shares answers and invalidations", async () => {
    await ask(one, "/shared/a");
    expect((await ask(two, "/shared/a")).body).toEqual({ id: "a", count: 1 });
    await ask(two, "/shared/a", { method: "PUT" });
    expect((await ask(one, "/shared/a")).body).toEqual({ id: "a", count: 2 });
    expect((await ask(two, "/shared/a")).body).toEqual({ id: "a", count: 2 });
  });

  it("lets everybody read what they wrote, in any order of operations", async () => {
    const latest = new Map<string, number>();
    const seeds = [
      3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3,
      3, 8, 3, 2, 7,
    ];
    for (const [step, seed] of seeds.entries()) {
      const running = (step + seed) % 2 === 0 ? one : two;
      const id = `k${seed % 3}`;
      if (seed % 4 === 0) {
        await ask(running, `/shared/${id}`, { method: "PUT" });
        latest.delete(id);
        continue;
      }
      const count = Number(
        Reflect.get(
          (await ask(running, `/shared/${id}`)).body as object,
          "count",
        ),
      );
      const known = latest.get(id);
      if (known === undefined) expect(count).toBe(calls);
      else expect(count).toBe(known);
      latest.set(id, count);
    }
  });

  it("goes on without Redis", async () => {
    await ask(one, "/shared/z");
    await redis.stop();
    for (let round = 2; round < 5; round++) {
      const { status, body } = await ask(one, "/shared/z");
      expect([status, body]).toEqual([200, { id: "z", count: round }]);
    }
    expect((await ask(one, "/shared/z", { method: "PUT" })).status).toBe(204);
    expect(
      lines.some(({ message }) => message.includes("cache cannot be read")),
    ).toBe(true);
  });
});
