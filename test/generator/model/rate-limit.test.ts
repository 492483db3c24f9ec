/** What the builder makes of the many ways in which limits are written. */
import { describe, expect, it } from "vitest";
import { build } from "./build.js";

const schemes = {
  key: { type: "apiKey", in: "query", name: "api_key" },
  token: { type: "http", scheme: "bearer" },
};

async function limitsOf(operation: object, root: object = {}) {
  const built = await build({
    openapi: "3.1.0",
    info: { title: "test", version: "1" },
    components: { securitySchemes: schemes },
    paths: {
      "/books/{id}": { get: { operationId: "getBook", ...operation } },
    },
    ...root,
  });
  const found = built.diagnostics.filter(({ code }) => code === "KT2301");
  expect(found).toEqual([]);
  return built.operation("getBook").policies.rateLimit;
}

const perMinute = { name: "default", budget: "getBook default", key: "ip" };

describe("a limit", () => {
  it.each([
    ["120/min", 120, 60],
    ["5 per second", 5, 1],
    ["100/15m", 100, 900],
    ["1000 / 1 hour", 1000, 3600],
    ["10/d", 10, 86_400],
    [{ quota: 7, window: "60s" }, 7, 60],
    [{ events: 7, window: "1m" }, 7, 60],
    [{ max: 7, window: 60 }, 7, 60],
    [{ limit: 7, window: "60s" }, 7, 60],
    [{ limit: "7", period: "PT1M" }, 7, 60],
    [{ requests: 7, per: "minute" }, 7, 60],
    [{ requests: 7, interval: "1h30m" }, 7, 5400],
  ])("is %j", async (written, quota, window) => {
    expect(await limitsOf({ "x-rate-limit": written })).toEqual([
      { ...perMinute, quota, window },
    ]);
  });

  it("may be one of several", async () => {
    const shorthand = await limitsOf({ "x-rate-limit": "10/s, 100/min" });
    expect(
      shorthand?.map(({ name, quota, window }) => [name, quota, window]),
    ).toEqual([
      ["limit-1", 10, 1],
      ["limit-2", 100, 60],
    ]);
    const list = await limitsOf({
      "x-rate-limit": [
        "10/s",
        {
          name: "jobs",
          quota: 3,
          algorithm: "concurrency",
          key: "global",
          cost: 2,
          onFailure: "closed",
          dryRun: true,
        },
      ],
    });
    expect(list).toEqual([
      {
        name: "limit-1",
        budget: "getBook limit-1",
        quota: 10,
        window: 1,
        key: "ip",
      },
      {
        name: "jobs",
        budget: "getBook jobs",
        quota: 3,
        window: 60,
        key: "global",
        algorithm: "concurrency",
        cost: 2,
        onFailure: "closed",
        dryRun: true,
      },
    ]);
  });

  it.each([
    ["x-ratelimit", { requests: 9, period: "1m", key: "ip" }],
    ["x-rateLimit", { limit: 9, window: "60s", key: "ip" }],
    ["x-kontract-rate-limit", "9/min"],
  ])("is read as %s", async (name, written) => {
    expect(await limitsOf({ [name]: written })).toEqual([
      { ...perMinute, quota: 9, window: 60 },
    ]);
  });

  it("is read from Kong's plugin", async () => {
    const config = {
      second: 5,
      hour: 100,
      limit_by: "header",
      header_name: "X-Tenant",
      fault_tolerant: false,
    };
    const key = { in: "header", name: "x-tenant" };
    const common = { key, algorithm: "fixed-window", onFailure: "closed" };
    expect(
      await limitsOf({ "x-kong-plugin-rate-limiting": { config } }),
    ).toEqual([
      {
        name: "second",
        budget: "getBook second",
        quota: 5,
        window: 1,
        ...common,
      },
      {
        name: "hour",
        budget: "getBook hour",
        quota: 100,
        window: 3600,
        ...common,
      },
    ]);
    const off = { enabled: false, config };
    expect(
      await limitsOf({ "x-kong-plugin-rate-limiting": off }),
    ).toBeUndefined();
  });

  it("is read from Yandex' gateway", async () => {
    const written = { allRequests: { rps: 10, rpm: 300 } };
    const limits = await limitsOf({ "x-yc-apigateway-rate-limit": written });
    expect(
      limits?.map(({ quota, window, key }) => [quota, window, key]),
    ).toEqual([
      [10, 1, "global"],
      [300, 60, "global"],
    ]);
  });

  it("is read from Google's gateway", async () => {
    const quota = {
      limits: [
        {
          name: "reads",
          metric: "read",
          unit: "1/min/{project}",
          values: { STANDARD: 1000 },
        },
        { name: "writes", metric: "write", unit: "1/min/{project}", values: 1 },
      ],
    };
    const root = { "x-google-api-management": { quota } };
    const security = [{ key: [] }];
    const costs = { "x-google-quota": { metricCosts: { read: 2 } } };
    expect(await limitsOf({ security, ...costs }, root)).toEqual([
      {
        name: "reads",
        budget: "* reads",
        quota: 1000,
        window: 60,
        key: { in: "query", name: "api_key", secret: true },
        cost: 2,
      },
    ]);
    expect(await limitsOf({ security }, root)).toBeUndefined();
  });
});

describe("a key", () => {
  it.each([
    ["ip", "ip"],
    ["client_ip", "ip"],
    ["user", "principal"],
    ["global", "global"],
    ["endpoint", "route"],
    ["api-key", { in: "query", name: "api_key", secret: true }],
    ["$request.header.X-Tenant", { in: "header", name: "x-tenant" }],
    ["{$request.query.tenant}", { in: "query", name: "tenant" }],
    ["$request.path.id", { in: "path", name: "id" }],
    [undefined, "principal"],
  ])("%j is %j", async (written, key) => {
    const limits = await limitsOf({
      security: [{ key: [] }],
      "x-rate-limit": {
        quota: 1,
        window: 1,
        ...(written === undefined ? {} : { key: written }),
      },
    });
    expect(limits?.[0]?.key).toEqual(key);
  });

  it("of an operation with bearer tokens is the token", async () => {
    const limits = await limitsOf({
      security: [{ token: [] }],
      "x-rate-limit": { quota: 1, window: 1, key: "apiKey" },
    });
    expect(limits?.[0]?.key).toEqual({
      in: "header",
      name: "authorization",
      secret: true,
    });
  });
});

describe("what is written further out", () => {
  it.each([
    [{}, "*"],
    [{ tags: ["slow"] }, "tag 1"],
    [{ tags: ["slow"], "x-rate-limit": "1/s" }, "getBook"],
    [{ tags: ["slow"], "x-rate-limit": false }, undefined],
  ])("%j has the budget of %s", async (operation, scope) => {
    const limits = await limitsOf(operation, {
      "x-rate-limit": "3/s",
      tags: [{ name: "fast" }, { name: "slow", "x-rate-limit": "2/s" }],
    });
    expect(limits?.[0]?.budget).toBe(
      scope === undefined ? undefined : `${scope} default`,
    );
  });
});
