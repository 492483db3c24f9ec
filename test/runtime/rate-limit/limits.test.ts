/** Limits from the document to the wire, with a clock that the test turns. */
import { parseList } from "structured-headers";
import type { LimitEvent, RateLimitStore } from "@kontract/runtime";
import { afterEach, describe, expect, it } from "vitest";
import { serveDocument } from "../../service.js";
import { recordingLogger, type Running } from "../fixture/serve.js";

const START = 1_800_000_000_000;
const responses = { "200": { description: "Fine" } };

let now = START;
let running: Running | undefined;
let services = 0;

afterEach(async () => {
  now = START;
  await running?.close();
  running = undefined;
});

interface Operation {
  readonly [member: string]: unknown;
}

/** Operations by path; each answers 200, or what `?answer=` says. */
async function start(
  paths: Record<string, Operation>,
  { root = {}, options = {} }: { root?: object; options?: object } = {},
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const handlers: Record<string, unknown> = {};
  const items: Record<string, unknown> = {};
  for (const [path, { pathItem, ...operation }] of Object.entries(paths)) {
    const id = `get${path.slice(1)}`;
    handlers[id] = async ({ query }: { query: { answer?: number } }) => {
      if (query.answer === 500) throw new Error("boom");
      if (query.answer === 1) await waiting;
      return { status: 200 };
    };
    items[path] = {
      ...(typeof pathItem === "object" ? pathItem : {}),
      get: {
        operationId: id,
        parameters: [
          { name: "answer", in: "query", schema: { type: "integer" } },
          { name: "tenant", in: "query", schema: { type: "string" } },
          { name: "key", in: "query", schema: { type: "string" } },
        ],
        responses,
        ...operation,
      },
    };
  }
  const group: Record<string, object> = { root: handlers };
  for (const { tags } of Object.values(paths)) {
    if (Array.isArray(tags)) group[String(tags[0])] = handlers;
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "Limits", version: "1" },
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
    },
    ...root,
    paths: items,
  };
  running = await serveDocument(`limits-${services++}`, document, group, {
    now: () => now,
    logger: recordingLogger().logger,
    ...(JSON.stringify(document).includes('"security":')
      ? {
          security: {
            key: (id: string) => (id.startsWith("u") ? { id } : null),
          },
        }
      : {}),
    ...options,
  });
  const { url } = running;
  return (path, init) => fetch(url + path, init);
}

let letGo = () => {};
let waiting = Promise.resolve();
function hold(): void {
  waiting = new Promise((resolve) => {
    letGo = resolve;
  });
}

/** Both families, as a client reads them. */
function told({ headers }: Response) {
  const items = (name: string) =>
    headers.has(name)
      ? parseList(headers.get(name) ?? "").map(([value, parameters]) => [
          value,
          Object.fromEntries(parameters),
        ])
      : undefined;
  const number = (name: string) =>
    headers.has(name) ? Number(headers.get(name)) : undefined;
  return {
    policy: items("RateLimit-Policy"),
    limit: items("RateLimit"),
    legacy: [
      number("X-RateLimit-Limit"),
      number("X-RateLimit-Remaining"),
      number("X-RateLimit-Reset"),
    ],
    retryAfter: number("Retry-After"),
  };
}

describe("a limit", () => {
  it("is told with every answer, and in both families alike", async () => {
    const ask = await start({ "/a": { "x-rate-limit": "4/min" } });
    const seen: unknown[] = [];
    for (const path of ["/a", "/a?answer=500", "/a?answer=x"]) {
      const response = await ask(path);
      const { policy, limit, legacy } = told(response);
      expect(policy).toEqual([["default", { q: 4, w: 60 }]]);
      const [[name, { r, t }]] = limit as [[string, { r: number; t: number }]];
      expect(name).toBe("default");
      expect(legacy).toEqual([4, r, START / 1000 + t]);
      seen.push([response.status, r, t]);
    }
    // Units come back a window and a slice (5 s) after the slice that they were taken in began.
    expect(seen).toEqual([
      [200, 3, 65],
      [500, 2, 65],
      [400, 1, 65],
    ]);
  });

  it("answers 429 as a problem, and is over when it said so", async () => {
    const ask = await start({
      "/a": { "x-rate-limit": [{ name: 're"ads', quota: 2, window: "60s" }] },
    });
    await ask("/a");
    now += 1234;
    await ask("/a");
    now += 1000;
    const refused = await ask("/a");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toBe(
      "application/problem+json",
    );
    expect(await refused.json()).toMatchObject({
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      title: "Too Many Requests",
      status: 429,
      "violated-policies": ['re"ads'],
    });
    const { limit, retryAfter = 0, legacy } = told(refused);
    const [[name, { r, t }]] = limit as [[string, { r: number; t: number }]];
    expect([name, r]).toEqual(['re"ads', 0]);
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeGreaterThanOrEqual(t);
    expect(legacy).toEqual([2, 0, START / 1000 + 65]);
    now += retryAfter * 1000;
    expect((await ask("/a")).status).toBe(200);
  });

  it.each([
    ["sliding-window", "draft", true, false],
    ["token-bucket", "legacy", false, true],
    ["fixed-window", "none", false, false],
    ["token-bucket", "both", true, true],
  ])(
    "%s: a client that obeys Retry-After never sees a second 429 (%s)",
    async (algorithm, headers, draft, legacy) => {
      const ask = await start(
        {
          "/a": {
            "x-rate-limit": { quota: 3, window: 10, algorithm, cost: 2 },
          },
        },
        { options: { rateLimit: { headers } } },
      );
      for (let round = 0; round < 5; round++) {
        let response = await ask("/a");
        while (response.status === 200) {
          now += 1;
          response = await ask("/a");
        }
        expect(response.status).toBe(429);
        expect(response.headers.has("ratelimit")).toBe(draft);
        expect(response.headers.has("x-ratelimit-reset")).toBe(legacy);
        now += Number(response.headers.get("retry-after")) * 1000;
        const again = await ask("/a");
        expect(again.status).toBe(200);
        now += 77;
      }
    },
  );

  it("is each endpoint's own, the document's for all, and nobody's where it is `false`", async () => {
    const ask = await start(
      {
        "/a": { "x-rate-limit": "1/min" },
        "/b": { "x-rate-limit": "1/min" },
        "/c": {},
        "/d": {},
        "/e": { "x-rate-limit": false },
        "/f": { pathItem: { "x-rate-limit": "1/h" } },
        "/g": { tags: ["slow"] },
      },
      {
        root: {
          "x-rate-limit": "1/day",
          tags: [{ name: "slow", "x-rate-limit": "1/hour" }],
        },
      },
    );
    const statuses: [string, number][] = [];
    for (const path of "a b c d e f g a b c d e f g".split(" ")) {
      const response = await ask(`/${path}`);
      statuses.push([path, response.status]);
      expect(response.headers.has("ratelimit")).toBe(path !== "e");
    }
    expect(statuses.filter(([, status]) => status === 200)).toEqual(
      [..."abcefge"].map((path) => [path, 200]),
    );
  });

  it("takes from all budgets or from none, and tells of all that applied", async () => {
    const ask = await start({
      "/a": {
        "x-rate-limit": [
          { name: "burst", quota: 1, window: "1s", algorithm: "fixed-window" },
          { name: "day", quota: 3, window: "1d", algorithm: "fixed-window" },
        ],
      },
    });
    await ask("/a");
    for (let tries = 0; tries < 5; tries++) {
      const refused = await ask("/a");
      expect(refused.status).toBe(429);
      const { limit, retryAfter } = told(refused);
      expect(retryAfter).toBe(1);
      expect(limit).toMatchObject([
        ["burst", { r: 0, t: 1 }],
        ["day", { r: 2 }],
      ]);
    }
    for (const status of [200, 200, 429]) {
      now += 1000;
      expect((await ask("/a")).status).toBe(status);
    }
  });
});

describe("a budget", () => {
  const as = (key: string) => ({ headers: { "X-Key": key } });

  it("is a principal's, or an address's before anybody is known", async () => {
    const ask = await start({
      "/a": {
        security: [{ key: [] }],
        "x-rate-limit": [
          { name: "address", quota: 5, window: 60, key: "ip" },
          { name: "mine", quota: 2, window: 60 },
        ],
      },
    });
    expect((await ask("/a", as("u1"))).status).toBe(200);
    const { limit } = told(await ask("/a", as("u1")));
    expect(limit).toMatchObject([
      ["address", { r: 3 }],
      ["mine", { r: 0 }],
    ]);
    const mine = await ask("/a", as("u1"));
    expect(mine.status).toBe(429);
    expect(await mine.json()).toMatchObject({ "violated-policies": ["mine"] });
    // Guessing keys is what the address pays for.
    const wrong = await ask("/a", as("wrong"));
    expect(wrong.status).toBe(401);
    expect(told(wrong).limit).toMatchObject([["address", { r: 1 }]]);
    expect((await ask("/a", as("u2"))).status).toBe(200);
    const all = await ask("/a", as("wrong"));
    expect(all.status).toBe(429);
    expect(await all.json()).toMatchObject({
      "violated-policies": ["address"],
    });
  });

  it("is not another's for a spoofed address", async () => {
    const ask = await start({ "/a": { "x-rate-limit": "1/min" } });
    const spoof = (value: string) => ({
      headers: { "X-Forwarded-For": value },
    });
    expect((await ask("/a", spoof("1.1.1.1"))).status).toBe(200);
    expect((await ask("/a", spoof("2.2.2.2"))).status).toBe(429);
  });

  it.each([
    ["$request.query.tenant", "/a?tenant=one", "/a?tenant=two", {}],
    ["$request.header.X-Tenant", "/a", "/a", { "X-Tenant": "two" }],
    ["apiKey", "/a", "/a", { "X-Key": "u2" }],
    ["principal", "/a", "/a", { "X-Key": "u2" }],
  ])("goes by %s", async (key, one, two, headers) => {
    const ask = await start({
      "/a": {
        security: [{ key: [] }],
        "x-rate-limit": { quota: 1, window: 60, key },
      },
    });
    const first = as("u1");
    const second = { headers: { ...first.headers, ...headers } };
    const found: number[] = [];
    for (const [path, init] of [
      [one, first],
      [one, first],
      [two, second],
      [two, second],
    ] as const) {
      found.push((await ask(path, init)).status);
    }
    expect(found).toEqual([200, 429, 200, 429]);
  });

  it("of slots is given back when the answer is out", async () => {
    const ask = await start({
      "/a": { "x-rate-limit": { quota: 2, algorithm: "concurrency" } },
    });
    hold();
    const slow = [ask("/a?answer=1"), ask("/a?answer=1")];
    let third = await ask("/a");
    while (third.status === 200) third = await ask("/a");
    expect(third.status).toBe(429);
    expect(told(third)).toMatchObject({
      policy: [["default", { q: 2, qu: "concurrent-requests" }]],
      limit: [["default", { r: 0 }]],
      retryAfter: 1,
    });
    letGo();
    for (const response of await Promise.all(slow)) {
      expect(response.status).toBe(200);
    }
    await expect.poll(async () => (await ask("/a")).status).toBe(200);
  });
});

describe("a limit that is tried out", () => {
  it("tells who would have been refused, and refuses nobody", async () => {
    const { logger, lines } = recordingLogger();
    const events: LimitEvent[] = [];
    const ask = await start(
      {
        "/a": {
          "x-rate-limit": [
            { name: "trial", quota: 1, window: 60, dryRun: true },
            { name: "real", quota: 3, window: 60 },
          ],
        },
      },
      {
        options: {
          logger,
          rateLimit: { onLimit: (event: LimitEvent) => events.push(event) },
        },
      },
    );
    const statuses: number[] = [];
    for (let at = 0; at < 4; at++) {
      const response = await ask("/a");
      statuses.push(response.status);
      expect(told(response).policy).toEqual([["real", { q: 3, w: 60 }]]);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(events.map(({ policies, dryRun }) => [policies, dryRun])).toEqual([
      [["trial"], true],
      [["trial"], true],
      [["trial"], true],
      [["real"], false],
    ]);
    const warnings = lines.filter(({ message }) =>
      message.startsWith("a limit would have"),
    );
    expect(warnings.map(({ level }) => level)).toEqual([
      "warn",
      "warn",
      "warn",
    ]);
  });
});

describe("a store that does not answer", () => {
  const broken: RateLimitStore = {
    charge: () => Promise.reject(new Error("gone")),
    release: () => Promise.reject(new Error("gone")),
  };

  it.each([
    ["open", undefined, 200],
    ["closed", undefined, 503],
    ["open", "closed", 503],
    ["closed", "open", 200],
  ])("by option %s, by limit %s: %i", async (option, limit, status) => {
    const { logger, lines } = recordingLogger();
    const ask = await start(
      {
        "/a": {
          "x-rate-limit": {
            quota: 1,
            window: 60,
            ...(limit === undefined ? {} : { onFailure: limit }),
          },
        },
      },
      { options: { logger, rateLimit: { store: broken, onFailure: option } } },
    );
    for (let at = 0; at < 3; at++) {
      const response = await ask("/a");
      expect(response.status).toBe(status);
      expect(response.headers.get("retry-after")).toBe(
        status === 503 ? "1" : null,
      );
    }
    // Once: the others would say the same.
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});
