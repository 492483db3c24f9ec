/** Requests of other sites, with credentials that browsers add by themselves. */
import type { SecurityEvent } from "@kontract/runtime";
import type {
  SecurityRequirement,
  SecuritySchemes,
} from "@kontract/runtime/codegen1";
import Koa from "koa";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import {
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";

const schemes: SecuritySchemes = {
  sid: { kind: "apiKey", in: "cookie", parameter: "sid" },
  basic: { kind: "http", scheme: "basic" },
  token: { kind: "http", scheme: "bearer" },
  key: { kind: "apiKey", in: "header", parameter: "X-Key" },
};

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(
  security: readonly SecurityRequirement[],
  more: object = {},
) {
  const events: SecurityEvent[] = [];
  const verified: string[] = [];
  const verify = (name: string) => () => {
    verified.push(name);
    return { id: name };
  };
  const app = new Koa();
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  app.use(
    lab(
      methods.map((method) => ({ id: method.toLowerCase(), method, security })),
      {
        schemes,
        security: Object.fromEntries(
          Object.keys(schemes).map((name) => [name, verify(name)]),
        ),
        logger: recordingLogger().logger,
        onSecurityEvent: (event: SecurityEvent) => events.push(event),
        ...more,
      },
    ).routes(),
  );
  running = await serve(app);
  const { port } = running;
  /** By raw bytes: `fetch` does not let go of `Sec-Fetch-*`, `Origin` and `Host`. */
  const status = async (fields: string[], method = "POST") => {
    const raw = await talk(port);
    const host = fields.some((field) => field.startsWith("Host:"))
      ? []
      : [`Host: 127.0.0.1:${port}`];
    const lines = [`${method} /thing HTTP/1.1`, ...host, ...fields];
    raw.send([...lines, "Connection: close", "", ""].join("\r\n"));
    await raw.closed();
    return Number(raw.received().slice(9, 12));
  };
  return { status, events, verified, own: `http://127.0.0.1:${port}` };
}

const COOKIE = "Cookie: sid=s";
const BASIC = "Authorization: Basic YTpi";
const BEARER = "Authorization: Bearer t";
const EVIL = "Origin: https://evil.example";

describe("a cookie's request that changes something", () => {
  it.each<[string, string[], number]>([
    ["from the own pages", ["Sec-Fetch-Site: same-origin"], 200],
    ["from the address bar", ["Sec-Fetch-Site: none"], 200],
    ["from another site", ["Sec-Fetch-Site: cross-site"], 403],
    ["from a neighbour", ["Sec-Fetch-Site: same-site"], 403],
    ["from a site that is new to us", ["Sec-Fetch-Site: strange"], 403],
    ["that claims both", ["Sec-Fetch-Site: cross-site", "Origin: own"], 403],
    ["from an old browser's own page", ["Origin: own"], 200],
    ["from an old browser's other page", [EVIL], 403],
    ["from nowhere to be told", ["Origin: null"], 403],
    ["from no browser", [], 200],
    ["behind a proxy", ["Origin: https://a.example", "Host: a.example"], 200],
    [
      "at the default port",
      ["Origin: http://a.example", "Host: a.example:80"],
      200,
    ],
    [
      "at another port",
      ["Origin: http://a.example:81", "Host: a.example"],
      403,
    ],
    ["without a host", ["Origin: http://a.example", "Host: "], 403],
  ])("%s", async (_name, fields, expected) => {
    const { status, events, verified, own } = await start([{ sid: [] }]);
    const sent = fields.map((field) => field.replace(/own$/, own));
    expect(await status([COOKIE, ...sent])).toBe(expected);
    expect(events.map(({ event }) => event)).toEqual(
      expected === 403 ? ["csrf_fail"] : [],
    );
    // Nobody is even looked up for a forged request.
    expect(verified).toEqual(expected === 403 ? [] : ["sid"]);
  });

  it("is looked at with every method that changes something", async () => {
    const { status } = await start([{ sid: [] }]);
    const found: number[] = [];
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      found.push(await status([COOKIE, EVIL], method));
    }
    expect(found).toEqual([200, 403, 403, 403, 403]);
  });

  it("may come from origins that are listed, or have CORS with credentials", async () => {
    const evil = "https://evil.example";
    const listed = await start([{ sid: [] }], { csrf: { origins: [evil] } });
    const cross = [COOKIE, EVIL, "Sec-Fetch-Site: cross-site"];
    expect(await listed.status(cross)).toBe(200);
    await running?.close();
    const cors = { origins: [evil], credentials: true };
    const shared = await start([{ sid: [] }], { cors });
    expect(await shared.status(cross)).toBe(200);
    await running?.close();
    const without = await start([{ sid: [] }], { cors: { origins: [evil] } });
    expect(await without.status(cross)).toBe(403);
    await running?.close();
    const off = await start([{ sid: [] }], { csrf: false });
    expect(await off.status(cross)).toBe(200);
  });
});

describe("the check follows the credential that was used", () => {
  it.each<[string, SecurityRequirement[], string[], number]>([
    ["a token", [{ token: [] }], [BEARER], 200],
    ["a key in a header", [{ key: [] }], ["X-Key: k"], 200],
    ["basic, which browsers remember", [{ basic: [] }], [BASIC], 403],
    [
      "a token beside a cookie",
      [{ sid: [] }, { token: [] }],
      [COOKIE, BEARER],
      200,
    ],
    [
      "a cookie beside a wrong kind",
      [{ sid: [] }, { token: [] }],
      [COOKIE],
      403,
    ],
    [
      "cookie and key together",
      [{ sid: [], key: [] }],
      [COOKIE, "X-Key: k"],
      403,
    ],
    ["a cookie where nobody has to be known", [{}, { sid: [] }], [COOKIE], 403],
    ["nothing where nobody has to be known", [{}, { sid: [] }], [], 200],
    ["no cookie at all", [{ sid: [] }], [], 401],
  ])("%s", async (_name, security, fields, expected) => {
    const { status } = await start(security);
    expect(await status([...fields, EVIL])).toBe(expected);
  });
});
