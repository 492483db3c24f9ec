/** API keys that are stored as hashes, and what of them is logged. */
import {
  apiKeys,
  createApiKey,
  equalSecrets,
  hashApiKey,
  type SecurityEvent,
  type StoredKey,
} from "@kontract/runtime";
import Koa from "koa";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(stored: Record<string, StoredKey<object>>) {
  const events: SecurityEvent[] = [];
  const asked: string[] = [];
  const { logger, lines } = recordingLogger();
  const app = new Koa();
  app.use(
    lab(
      [
        {
          security: [{ key: ["write"] }],
          handle: ({ principal }) => ({ status: 200, body: principal }),
        },
      ],
      {
        schemes: { key: { kind: "apiKey", in: "header", parameter: "X-Key" } },
        security: {
          key: apiKeys({
            find(id) {
              asked.push(id);
              return stored[id];
            },
          }),
        },
        logger,
        onSecurityEvent: (event: SecurityEvent) => events.push(event),
      },
    ).routes(),
  );
  running = await serve(app);
  const { url } = running;
  const ask = async (key: string) => {
    const headers = { "X-Key": key };
    const response = await fetch(`${url}/thing`, { headers });
    return { status: response.status, text: await response.text() };
  };
  return { ask, asked, events, lines };
}

describe("apiKeys()", () => {
  it("finds by id, compares hashes, and logs the id, never the key", async () => {
    const { id, key, hash } = createApiKey("shop");
    expect(key.startsWith(`${id}.`)).toBe(true);
    expect(hash).toBe(hashApiKey(key));
    const principal = { id: "ann" };
    const { ask, asked, events, lines } = await start({
      [id]: { hash, principal },
    });
    expect(await ask(key)).toEqual({ status: 200, text: '{"id":"ann"}' });
    const [, secret = ""] = key.split(".");
    const wrong = `${id}.${"A".repeat(secret.length)}`;
    const answers = [await ask(wrong), await ask(`other.${secret}`)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(asked).toEqual([id, id, "other"]);
    expect(events.map(({ event, keyId }) => [event, keyId])).toEqual([
      ["key_use", id],
      ["authn_fail", undefined],
      ["authn_fail", undefined],
    ]);
    const written = JSON.stringify([events, lines, answers]);
    expect(written).not.toContain(secret);
    expect(written).not.toContain(hash);
  });

  it.each([["nodot"], [".secret"], [`a.${"x".repeat(600)}`]])(
    "does not ask for what is no key: %s",
    async (key) => {
      const { ask, asked } = await start({});
      expect((await ask(key)).status).toBe(401);
      expect(asked).toEqual([]);
    },
  );

  it("knows what a key may do", async () => {
    const low = createApiKey();
    const high = createApiKey();
    const principal = { id: "ann" };
    const { ask } = await start({
      [low.id]: { hash: low.hash, principal, scopes: ["read"] },
      [high.id]: { hash: high.hash, principal, scopes: ["write"] },
    });
    expect((await ask(low.key)).status).toBe(403);
    expect((await ask(high.key)).status).toBe(200);
  });
});

describe("equalSecrets()", () => {
  it("compares texts of any length", () => {
    expect(equalSecrets("päss", "päss")).toBe(true);
    expect(equalSecrets("", "")).toBe(true);
    expect(equalSecrets("a", "b")).toBe(false);
    expect(equalSecrets("a", "aa")).toBe(false);
  });
});
