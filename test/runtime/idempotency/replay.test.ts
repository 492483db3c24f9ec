/** Requests that are sent again, from the document to the wire. */
import { setTimeout as pause } from "node:timers/promises";
import { createApp, type IdempotencyStore } from "@kontract/runtime";
import { redisStores } from "@kontract/runtime/redis";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { generateService, type Service } from "../../service.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";
import { startRedis } from "../redis/redis-server.js";

const START = 1_800_000_000_000;
const problem = {
  description: "No",
  content: { "application/problem+json": { schema: { type: "object" } } },
};

interface Order {
  readonly item: string;
  readonly status?: number;
}

let now = START;
let running: Running | undefined;
/** By document. */
const generated = new Map<string, Service>();
/** What handlers were called with. */
let calls: Order[] = [];
let wait: (() => Promise<unknown>) | undefined;

afterEach(async () => {
  now = START;
  calls = [];
  wait = undefined;
  await running?.close();
  running = undefined;
});

async function answer({ body, query }: { body: Order; query: object }) {
  calls.push(body);
  await wait?.();
  const { status = 201 } = body;
  if (status === 500) throw new Error("boom");
  if (status === 204) return { status };
  if (status === 200) {
    return { status, body: Uint8Array.from([0, 255, 128, calls.length]) };
  }
  if (status >= 400) {
    return { status, body: { detail: `try ${calls.length}` } };
  }
  const large = "large" in query ? "x".repeat(2000) : "";
  return {
    status,
    body: { id: `Zoë ${calls.length}${large}` },
    headers: { Location: `/orders/${calls.length}`, "X-Tags": ["a", "b"] },
  };
}

type Send = (
  key: string | undefined,
  order: Order,
  more?: { path?: string; user?: string; method?: string },
) => Promise<Response>;

async function start(
  { header = {}, operation = {} }: { header?: object; operation?: object } = {},
  options: object = {},
): Promise<Send> {
  const post = (operationId: string) => ({
    operationId,
    security: [{ key: [] }, {}],
    parameters: [
      { name: "large", in: "query", schema: { type: "boolean" } },
      {
        name: "Idempotency-Key",
        in: "header",
        schema: { type: "string" },
        ...header,
      },
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["item"],
            properties: {
              item: { type: "string" },
              status: { type: "integer" },
            },
          },
        },
      },
    },
    responses: {
      "200": {
        description: "Bytes",
        content: { "application/octet-stream": {} },
      },
      "201": {
        description: "Made",
        headers: {
          Location: { schema: { type: "string" } },
          "X-Tags": { schema: { type: "array", items: { type: "string" } } },
        },
        content: {
          "application/json": {
            schema: { type: "object", properties: { id: { type: "string" } } },
          },
        },
      },
      "204": { description: "Nothing" },
      "409": problem,
      "429": problem,
      "503": problem,
    },
    ...operation,
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "Orders", version: "1" },
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
    },
    paths: {
      "/orders": { post: post("placeOrder"), patch: post("changeOrder") },
      "/returns": { post: post("sendBack") },
    },
  };
  const handlers = {
    placeOrder: answer,
    changeOrder: answer,
    sendBack: answer,
  };
  const text = JSON.stringify(document);
  const service =
    generated.get(text) ??
    (await generateService(`idempotency-${generated.size}`, document));
  generated.set(text, service);
  const app = createApp();
  const router = service.createRouter(
    { root: handlers },
    {
      now: () => now,
      logger: recordingLogger().logger,
      security: { key: (id: string) => ({ id }) },
      ...options,
    },
  );
  app.use(router.routes());
  running = await serve(app);
  const { url } = running;
  return (key, order, { path = "/orders", user, method = "POST" } = {}) =>
    fetch(url + path, {
      method,
      body: JSON.stringify(order),
      headers: {
        "Content-Type": "application/json",
        ...(key === undefined ? {} : { "Idempotency-Key": key }),
        ...(user === undefined ? {} : { "X-Key": user }),
      },
    });
}

/** Everything of an answer but its date. */
async function all(response: Response) {
  const headers = Object.fromEntries(response.headers);
  delete headers["date"];
  const bytes = [...new Uint8Array(await response.arrayBuffer())];
  return { status: response.status, headers, bytes };
}

const book = { item: "book" };

describe("a declared Idempotency-Key is enough", () => {
  it.each([201, 200, 204, 409])(
    "the answer of %i comes again, byte by byte",
    async (status) => {
      const send = await start();
      const first = await all(await send("k-1", { ...book, status }));
      expect(first.status).toBe(status);
      expect(first.headers).not.toHaveProperty("idempotent-replayed");
      const second = await all(await send("k-1", { ...book, status }));
      expect(second.headers["idempotent-replayed"]).toBe("true");
      delete second.headers["idempotent-replayed"];
      expect(second).toEqual(first);
      expect(calls).toHaveLength(1);
    },
  );

  it("requests without a key, or with another one, are carried out", async () => {
    const send = await start();
    for (const key of [undefined, undefined, "a", "b"]) {
      expect((await send(key, book)).status).toBe(201);
    }
    expect(calls).toHaveLength(4);
  });

  it("a structured String and the bare text are one key", async () => {
    const send = await start();
    for (const key of ['"8e03-\\"x"', '8e03-"x', '"8e03-\\"x";p=1']) {
      expect((await send(key, book)).status).toBe(201);
    }
    expect(calls).toHaveLength(1);
  });

  it.each(['"open', '""', "a b", '"a" "b"', "x".repeat(256), "ü"])(
    "%s is no key: 400",
    async (key) => {
      const send = await start();
      const response = await send(key, book);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [
          { in: "header", parameter: "idempotency-key", code: "format" },
        ],
      });
      expect(calls).toHaveLength(0);
    },
  );

  it.each([
    ["another body", { item: "pen" }, {}],
    ["another path", book, { path: "/returns" }],
    ["another query", book, { path: "/orders?large=true" }],
    ["another method", book, { method: "PATCH" }],
  ])("the same key for %s: 422", async (_what, order, more) => {
    const send = await start();
    await send("k", book);
    const response = await send("k", order, more);
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe(
      "application/problem+json",
    );
    expect(calls).toHaveLength(1);
  });

  it("keys are each principal's own", async () => {
    const send = await start();
    await send("k", book, { user: "ann" });
    const other = await all(await send("k", book, { user: "bob" }));
    expect(other.headers).not.toHaveProperty("idempotent-replayed");
    await send("k", book);
    expect(calls).toHaveLength(3);
  });

  it("a request that does not fit its schema uses up no key", async () => {
    const send = await start();
    const wrong: object = { item: 7 };
    expect((await send("k", wrong as Order)).status).toBe(400);
    expect((await send("k", book)).status).toBe(201);
  });

  it.each([
    ["an error of ours", 500],
    ["what the service may do later", 503],
    ["what the client may do later", 429],
  ])("%s is not kept", async (_what, status) => {
    const send = await start();
    for (let at = 0; at < 2; at++) {
      expect((await send("k", { ...book, status })).status).toBe(status);
    }
    expect(calls).toHaveLength(2);
  });

  it("answers are forgotten after a day", async () => {
    const send = await start();
    await send("k", book);
    now += 86_399_999;
    await send("k", book);
    expect(calls).toHaveLength(1);
    now += 1;
    expect((await send("k", { item: "pen" })).status).toBe(201);
  });

  it("a second request while the first one runs: 409", async () => {
    const send = await start();
    let letGo = () => {};
    wait = () => new Promise<void>((resolve) => (letGo = resolve));
    const first = send("k", book);
    await expect.poll(() => calls.length).toBe(1);
    const second = await send("k", book);
    expect(second.status).toBe(409);
    expect(second.headers.get("retry-after")).toBe("1");
    expect((await send("k", { item: "pen" })).status).toBe(422);
    letGo();
    expect((await first).status).toBe(201);
    expect((await send("k", book)).headers.get("idempotent-replayed")).toBe(
      "true",
    );
  });

  it("an answer too large to keep is not made twice", async () => {
    const send = await start({}, { idempotency: { maxBody: 1000 } });
    const path = "/orders?large=true";
    expect((await send("k", book, { path })).status).toBe(201);
    const again = await send("k", book, { path });
    expect(again.status).toBe(409);
    expect(calls).toHaveLength(1);
  });
});

describe("x-idempotency", () => {
  it("may require the key", async () => {
    const send = await start({
      operation: { "x-idempotency": { required: true } },
    });
    const response = await send(undefined, book);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [
        { in: "header", parameter: "idempotency-key", code: "required" },
      ],
    });
    expect((await send("k", book)).status).toBe(201);
  });

  it("may be required by the parameter alone", async () => {
    const send = await start({ header: { required: true } });
    expect((await send(undefined, book)).status).toBe(400);
    expect((await send("k", book)).status).toBe(201);
  });

  it("names what is kept, and for how long", async () => {
    const send = await start({
      operation: { "x-idempotency": { ttl: "1m", replay: ["2xx", 503] } },
    });
    for (const status of [503, 503, 409, 409]) {
      expect((await send(`k${status}`, { ...book, status })).status).toBe(
        status,
      );
    }
    expect(calls.map(({ status }) => status)).toEqual([503, 409, 409]);
    now += 60_000;
    await send("k503", { ...book, status: 503 });
    expect(calls).toHaveLength(4);
  });

  it("may make keys everybody's: another principal's is 422", async () => {
    const send = await start({
      operation: { "x-idempotency": { scope: "global" } },
    });
    await send("k", book, { user: "ann" });
    expect((await send("k", book, { user: "bob" })).status).toBe(422);
    expect((await send("k", book, { user: "ann" })).status).toBe(201);
    expect(calls).toHaveLength(1);
  });

  it("is off where it is `false`", async () => {
    const send = await start({ operation: { "x-idempotency": false } });
    await send("k", book);
    await send("k", book);
    expect(calls).toHaveLength(2);
  });
});

it("keeps the key of a handler that takes longer than a lease", async () => {
  now = Date.now();
  const send = await start({}, { now: Date.now, idempotency: { lease: 0.15 } });
  wait = () => pause(600);
  const first = send("k", book);
  await pause(400);
  expect((await send("k", book)).status).toBe(409);
  expect((await first).status).toBe(201);
  expect(calls).toHaveLength(1);
});

it.each([
  [undefined, 503, 0],
  ["open", 201, 1],
])("a store that does not answer, %s: %i", async (onFailure, status, count) => {
  const gone = () => Promise.reject(new Error("gone"));
  const store: IdempotencyStore = {
    claim: gone,
    renew: gone,
    settle: gone,
    release: gone,
  };
  const send = await start({}, { idempotency: { store, onFailure } });
  expect((await send("k", book)).status).toBe(status);
  expect((await send(undefined, book)).status).toBe(201);
  expect(calls).toHaveLength(count + 1);
});

it("refuses to take two principals that have no name for one", async () => {
  const options = { security: { key: (name: string) => ({ name }) } };
  const send = await start({}, options);
  expect((await send("k", book, { user: "ann" })).status).toBe(500);
  await running?.close();
  const named = await start(
    {},
    {
      ...options,
      idempotency: { identify: (one: { name: string }) => one.name },
    },
  );
  await named("k", book, { user: "ann" });
  await named("k", book, { user: "bob" });
  expect(calls).toHaveLength(2);
});

describe("on Redis", () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it("50 equal requests at once are one order", async () => {
    const client = await createClient({ url: server.url }).connect();
    const { idempotency } = redisStores(client, { timeout: 5000 });
    const send = await start({}, { idempotency: { store: idempotency } });
    wait = () => pause(50);
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => send("k", book)),
    );
    expect(calls).toHaveLength(1);
    const statuses = responses.map(({ status }) => status);
    expect(statuses).toContain(201);
    expect(statuses.filter((each) => each !== 201 && each !== 409)).toEqual([]);
    const again = await all(await send("k", book));
    expect(again).toMatchObject({
      status: 201,
      headers: { location: "/orders/1", "x-tags": "a, b" },
      bytes: [...Buffer.from('{"id":"Zoë 1"}')],
    });
    expect(calls).toHaveLength(1);
    await client.close();
  });
});
