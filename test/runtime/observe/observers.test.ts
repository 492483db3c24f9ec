/** Lines and figures of real requests, in a plain Koa and in `createApp`. */
import { once } from "node:events";
import { request } from "node:http";
import { createApp } from "@kontract/runtime";
import {
  jsonLogger,
  observe,
  pinoLogger,
  requestLog,
  type RequestLogOptions,
} from "@kontract/runtime/log";
import { createMetrics } from "@kontract/runtime/metrics";
import Koa from "koa";
import { pino } from "pino";
import { Registry, Counter } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";
import { generateService } from "../../service.js";

const password = { type: "string", format: "password" };
const document = {
  openapi: "3.1.0",
  info: { title: "Accounts", version: "1.0.0" },
  paths: {
    "/accounts/{accountId}": {
      put: {
        operationId: "putAccount",
        tags: ["accounts"],
        security: [{ key: [] }],
        parameters: [
          {
            name: "accountId",
            in: "path",
            required: true,
            schema: { type: "string" },
          },
          {
            name: "pin",
            in: "query",
            schema: { type: "string" },
            "x-sensitive": true,
          },
          { name: "page", in: "query", schema: { type: "string" } },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["name"],
                properties: {
                  name: { type: "string" },
                  passphrase: password,
                  card: { $ref: "#/components/schemas/Card" },
                },
              },
            },
          },
        },
        responses: {
          200: {
            description: "x",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    name: { type: "string" },
                    card: { $ref: "#/components/schemas/Card" },
                  },
                },
              },
            },
          },
        },
      },
    },
    "/resets/{resetCode}": {
      get: {
        operationId: "getReset",
        tags: ["accounts"],
        parameters: [
          {
            name: "resetCode",
            in: "path",
            required: true,
            schema: { type: "string", "x-sensitive": true },
          },
        ],
        responses: { 204: { description: "x" } },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Shop-Key" },
    },
    schemas: { Card: { type: "string", "x-sensitive": true } },
  },
};

const { createRouter } = await generateService("observed-accounts", document);

/** How each account's request ends, by its id. */
const handlers = {
  accounts: {
    putAccount({
      params,
      body,
    }: {
      params: { accountId: string };
      body: object;
    }) {
      switch (params.accountId) {
        case "broken":
          throw new Error("outer", { cause: new RangeError("inner") });
        case "undeclared":
          return { status: 299 };
        default:
          return { status: 200, body };
      }
    },
    getReset: () => ({ status: 204 }),
  },
};

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.each(["koa", "app"])("observers in %s", (kind) => {
  async function start(options: RequestLogOptions = {}) {
    const lines: string[] = [];
    const { logger } = recordingLogger();
    const metrics = createMetrics();
    const log = requestLog({ write: (line) => lines.push(line), ...options });
    const observers = [log, metrics.observer];
    const app = kind === "koa" ? new Koa() : createApp({ observers, logger });
    app.silent = true;
    if (kind === "koa") app.use(observe(...observers));
    app.use(metrics.pages());
    const security = { key: () => ({ id: "x" }) };
    app.use(createRouter(handlers, { security, logger }).routes());
    running = await serve(app);
    const { url } = running;
    const put = async (id: string, body: object, more = "", extra = {}) => {
      const response = await fetch(`${url}/accounts/${id}${more}`, {
        method: "PUT",
        headers: {
          "Content-Type": "application/json",
          "X-Shop-Key": "canary-key",
          Cookie: "sid=canary-cookie",
          Authorization: "Bearer canary-token",
          ...extra,
        },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      return response.status;
    };
    /** After the end of `count` requests. */
    const logged = async (
      count: number,
    ): Promise<Record<string, unknown>[]> => {
      while (lines.length < count) await new Promise(setImmediate);
      return lines.map((line) => JSON.parse(line));
    };
    return { url, put, lines, logged, metrics };
  }

  it("write one line for each request, with the fields that are documented", async () => {
    const { put, logged, url } = await start({ now: () => 7 });
    const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
    expect(await put("1", { name: "x" }, "?page=2", { traceparent })).toBe(200);
    expect(await put("2", {})).toBe(400);
    expect(await put("broken", { name: "x" })).toBe(500);
    expect(await put("undeclared", { name: "x" })).toBe(500);
    await (await fetch(`${url}/nowhere"\u00e9`)).arrayBuffer();
    const [fine, invalid, broken, undeclared, lost] = await logged(5);
    expect(fine).toEqual({
      time: 7,
      level: "info",
      message: "request",
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      method: "PUT",
      path: "/accounts/1",
      route: "/accounts/{accountId}",
      operationId: "putAccount",
      status: 200,
      duration_ms: expect.any(Number),
      request_bytes: 12,
      response_bytes: 12,
      client: "127.0.0.1",
      trace_id: "a".repeat(32),
      span_id: "b".repeat(16),
    });
    expect(invalid).toMatchObject({ level: "info", status: 400, invalid: 1 });
    expect(broken).toMatchObject({
      level: "error",
      status: 500,
      error: {
        message: "outer",
        cause: { name: "RangeError", message: "inner" },
      },
    });
    expect(undeclared).toMatchObject({ status: 500, undeclared: true });
    expect(lost).toMatchObject({ status: 404, path: "/nowhere%22%C3%A9" });
    expect(lost).not.toHaveProperty("route");
  });

  it("write no secret, whatever they are asked to write", async () => {
    const { put, logged, lines, url } = await start({
      document,
      query: true,
      bodies: true,
      headers: ["authorization", "cookie", "x-shop-key", "content-type"],
    });
    const secrets = { passphrase: "canary-a", card: "canary-b" };
    await put("1", { name: "shown", ...secrets }, "?pin=canary-c&page=2");
    await put("2", secrets, "?pin=canary-d");
    await put("broken", { name: "x", ...secrets }, "?pin=canary-e");
    await (await fetch(`${url}/resets/canary-f`)).arrayBuffer();
    const [first, , , reset] = await logged(4);
    expect(lines.join("\n")).not.toContain("canary");
    const hidden = "[redacted]";
    expect(first).toMatchObject({
      query: { pin: hidden, page: "2" },
      header_authorization: hidden,
      "header_content-type": "application/json",
      request_body: { name: "shown", passphrase: hidden, card: hidden },
      response_body: { name: "shown", card: hidden },
    });
    expect(reset).toMatchObject({ path: "/resets/{resetCode}" });
  });

  it("write nothing of bodies, queries and headers unasked, and a sample where asked", async () => {
    const { put, logged, lines } = await start({ sample: 0.25 });
    for (let round = 0; round < 8; round++) {
      await put("1", { name: "canary" }, "?page=canary");
    }
    await put("broken", { name: "canary" });
    const all = await logged(3);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 500]);
    expect(lines.join("\n")).not.toContain("canary");
  });

  it("count by route, and no path that clients invent", async () => {
    const { put, url } = await start();
    await put("1", { name: "x" });
    await put("2", { name: "x" });
    await put("3", {});
    await put("undeclared", { name: "x" });
    const read = async (): Promise<string> => {
      const response = await fetch(`${url}/metrics`);
      expect(response.headers.get("content-type")).toBe(
        "text/plain; version=0.0.4; charset=utf-8",
      );
      return response.text();
    };
    const text = await read();
    const labels = 'method="PUT",route="/accounts/{accountId}"';
    const duration = "http_server_request_duration_seconds";
    for (const line of [
      `${duration}_count{${labels},status="200"} 2`,
      `${duration}_bucket{${labels},status="200",le="+Inf"} 2`,
      `${duration}_count{${labels},status="400"} 1`,
      `${duration}_count{${labels},status="500"} 1`,
      `http_server_request_body_bytes{${labels},status="200"} 24`,
      `http_server_response_body_bytes{${labels},status="200"} 24`,
      `http_server_validation_failures_total{${labels}} 1`,
      `http_server_undeclared_responses_total{${labels}} 1`,
      'http_server_errors_total{error_type="UndeclaredAnswerError"} 1',
      "http_server_active_requests 1",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    const before = (await read()).split("\n").length;
    for (let round = 0; round < 50; round++) {
      await put(`id-${round}`, { name: "x" });
      await (await fetch(`${url}/random-${round}`)).arrayBuffer();
      await (await fetch(`${url}/metrics?${round}`)).arrayBuffer();
    }
    // One more series: that of no route and 404.
    const after = (await read()).split("\n").length;
    expect(after - before).toBeLessThanOrEqual(19);
  });

  it("see the client leave", async () => {
    const { url, logged } = await start();
    const half = request(`${url}/accounts/1`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        "X-Shop-Key": "k",
        "Content-Length": 100,
      },
    });
    half.on("error", () => undefined);
    half.write('{"name"');
    await once(half, "socket");
    await new Promise((resolve) => setTimeout(resolve, 50));
    half.destroy();
    expect(await logged(1)).toMatchObject([{ method: "PUT" }]);
  });
});

it("hands the figures of prom-client on with its own", async () => {
  const registry = new Registry();
  new Counter({ name: "sold", help: "x", registers: [registry] }).inc(3);
  const app = createApp({ logger: recordingLogger().logger });
  app.use(createMetrics({ more: () => registry.metrics() }).pages());
  running = await serve(app);
  const text = await (await fetch(`${running.url}/metrics`)).text();
  expect(text).toMatch(/^http_server_active_requests 0$/m);
  expect(text).toMatch(/^sold 3$/m);
});

it("writes by pino, and by itself, errors with what caused them", () => {
  const lines: string[] = [];
  const error = new Error("outer", { cause: new Error("inner") });
  const write = (line: string): void => void lines.push(line);
  pinoLogger(pino({}, { write })).error("failed", { error, operationId: "x" });
  const own = jsonLogger({ write, level: "warn", fields: { service: "shop" } });
  own.info("quiet");
  own.error("failed", { error, level: "forged" });
  const [byPino, byUs, ...none] = lines.map((line) => JSON.parse(line));
  expect(none).toEqual([]);
  expect(byPino).toMatchObject({ msg: "failed", operationId: "x" });
  expect(byPino.err.message).toContain("outer");
  expect(byPino.err.stack).toContain("inner");
  expect(byUs).toMatchObject({
    level: "error",
    message: "failed",
    service: "shop",
    error: { message: "outer", cause: { message: "inner" } },
  });
});
