/** What every generated server does on the wire, row by row, over raw connections. */
import { createApp } from "@kontract/runtime";
import { createHealth, shutDown } from "@kontract/runtime/health";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../runtime/fixture/serve.js";
import { generateService } from "../service.js";
import { DOCUMENT, HANDLERS, SECURITY } from "./document.js";
import { exchange, written } from "./raw.js";
import { ROWS } from "./rows.js";

async function start(server: object, options: object = {}): Promise<Running> {
  const { createRouter } = await service;
  const { logger } = recordingLogger();
  const app = createApp({ logger, server });
  const own = { security: SECURITY, logger, ...options };
  app.use(createRouter(HANDLERS, own).routes());
  return serve(app);
}

const service = generateService("http-behaviour", DOCUMENT);

describe("HTTP behaviour", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start({ headersTimeout: 1_500, requestTimeout: 1_500 });
  });
  afterAll(() => running.close());

  it.each(ROWS)("$situation ($reference)", async ({ holds }) => {
    await holds((bytes) => exchange(running.port, bytes));
  });

  it("a member twice, in strict mode (RFC 7493 2.3)", async () => {
    const strict = await start({}, { strictJson: true });
    try {
      for (const body of [
        '{"name":"a","name":"b"}',
        '{"name":"a","\\u006eame":"b"}',
      ]) {
        const answer = await exchange(
          strict.port,
          written("POST /things", ["Content-Type: application/json"], body),
        );
        expect([answer.status, answer.json()["status"]]).toEqual([400, 400]);
      }
    } finally {
      await strict.close();
    }
  });

  it("shutdown (RFC 9110 15.6.4; RFC 9112 9.6)", async () => {
    const health = createHealth();
    const app = createApp({ logger: recordingLogger().logger });
    app.use(health.pages());
    const { createRouter } = await service;
    app.use(createRouter(HANDLERS, { security: SECURITY }).routes());
    const { server, port } = await serve(app);
    const waiting = await talk(port);
    const asking = await talk(port);
    waiting.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 30));
    const over = shutDown(server, { health, readyDelay: 100 });
    asking.send(written("GET /readyz"));
    expect(await asking.until(/^HTTP\/1\.1 \d{3}/)).toMatch(/^HTTP\/1\.1 503 /);
    await waiting.closed();
    expect(waiting.received()).toMatch(
      /^HTTP\/1\.1 200 [^]*Connection: close/i,
    );
    await over;
    await expect(talk(port)).rejects.toThrow();
  });
});
