/** The log of security events: one for each attack, and no secret in any. */
import { createApp, problem, type SecurityEvent } from "@kontract/runtime";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const CANARY = "canary-8f3a";

async function start(listen: boolean) {
  const events: SecurityEvent[] = [];
  const { logger, lines } = recordingLogger();
  let time = 1_000_000;
  const app = createApp({ logger, trustProxy: ["127.0.0.1"] });
  const security = [{ key: ["write"] }];
  app.use(
    lab(
      [
        { id: "secured", path: "/secured", security },
        {
          id: "forbidden",
          path: "/forbidden",
          handle() {
            throw problem.forbidden({ detail: "not yours" });
          },
        },
        {
          id: "limited",
          path: "/limited",
          handle() {
            throw problem.tooManyRequests();
          },
        },
        {
          id: "checked",
          path: "/checked/{id}",
          read(raw, issues) {
            issues.add("path/id", "type");
            return { params: { id: raw.path("id") } };
          },
        },
      ],
      {
        schemes: { key: { kind: "apiKey", in: "query", parameter: "key" } },
        security: {
          key: (key: string) => {
            if (key.startsWith("low")) throw problem.forbidden();
            return null;
          },
        },
        logger,
        now: () => time,
        ...(listen && {
          onSecurityEvent: (event: SecurityEvent) => events.push(event),
        }),
      },
    ).routes(),
  );
  running = await serve(app);
  const { url } = running;
  const ask = async (path: string, from = "1.2.3.4") => {
    const headers = {
      "X-Forwarded-For": from,
      Authorization: `Bearer ${CANARY}`,
      Cookie: `sid=${CANARY}`,
    };
    const response = await fetch(url + path, { headers });
    await response.text();
    return response.status;
  };
  const pass = (ms: number): void => {
    time += ms;
  };
  return { ask, events, lines, pass };
}

describe("security events", () => {
  it("tell who did what to which operation", async () => {
    const { ask, events, lines } = await start(true);
    expect(await ask("/secured")).toBe(401);
    expect(await ask(`/secured?key=${CANARY}`)).toBe(401);
    expect(await ask(`/secured?key=low${CANARY}`)).toBe(403);
    expect(await ask("/forbidden")).toBe(403);
    expect(await ask("/limited")).toBe(429);
    const common = {
      address: "1.2.3.4",
      method: "GET",
      time: 1_000_000,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    };
    expect(events).toEqual([
      {
        ...common,
        event: "authn_fail",
        operationId: "secured",
        reason: "missing",
      },
      {
        ...common,
        event: "authn_fail",
        operationId: "secured",
        reason: "refused",
        schemes: ["key"],
      },
      {
        ...common,
        event: "authz_fail",
        operationId: "secured",
        schemes: ["key"],
      },
      {
        ...common,
        event: "authz_fail",
        operationId: "forbidden",
        reason: "handler",
      },
      {
        ...common,
        event: "excess_rate_limit_exceeded",
        operationId: "limited",
      },
    ]);
    expect(JSON.stringify([events, lines])).not.toContain(CANARY);
  });

  it("report the twentieth broken request of one client within a minute, once", async () => {
    const { ask, events, pass } = await start(true);
    const burst = async (count: number, from?: string) => {
      for (let each = 0; each < count; each++) {
        expect(await ask(`/checked/${CANARY}`, from)).toBe(400);
      }
    };
    await burst(19);
    await burst(5, "5.6.7.8");
    expect(events).toEqual([]);
    await burst(10);
    expect(events).toMatchObject([
      { event: "input_validation_burst", address: "1.2.3.4", count: 20 },
    ]);
    pass(60_000);
    await burst(19);
    expect(events).toHaveLength(1);
    await burst(1);
    expect(events).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain(CANARY);
  });

  it("are warnings of the logger when nobody listens, and harm no request when the listener breaks", async () => {
    const { ask, lines } = await start(false);
    await ask("/secured");
    expect(lines).toMatchObject([
      {
        level: "warn",
        message: "security event authn_fail",
        fields: { event: "authn_fail", operationId: "secured" },
      },
    ]);
    await running?.close();
    const { logger, lines: second } = recordingLogger();
    const app = createApp({ logger });
    app.use(
      lab([{ security: [{ key: [] }] }], {
        schemes: { key: { kind: "apiKey", in: "query", parameter: "key" } },
        security: { key: () => null },
        logger,
        onSecurityEvent() {
          throw new Error("broken");
        },
      }).routes(),
    );
    running = await serve(app);
    expect((await fetch(`${running.url}/thing`)).status).toBe(401);
    expect(second).toMatchObject([
      { level: "error", message: "onSecurityEvent failed" },
    ]);
  });
});
