/** OR over alternatives, AND within one, for each kind of scheme. */
import { problem } from "@kontract/runtime";
import type {
  SecurityRequirement,
  SecuritySchemes,
} from "@kontract/runtime/codegen1";
import { afterEach, describe, expect, it } from "vitest";
import Koa from "koa";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const schemes: SecuritySchemes = {
  header: { kind: "apiKey", in: "header", parameter: "X-Key" },
  query: { kind: "apiKey", in: "query", parameter: "key" },
  cookie: { kind: "apiKey", in: "cookie", parameter: "sid" },
  basic: { kind: "http", scheme: "basic" },
  bearer: { kind: "http", scheme: "Bearer" },
  digest: { kind: "http", scheme: "digest" },
  oauth: { kind: "oauth2" },
  openId: { kind: "openIdConnect" },
};

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** Authenticators that take every credential but `bad`, give `null` for it, and forbid `low`. */
async function start(
  security: readonly SecurityRequirement[],
  more: object = {},
) {
  const seen: unknown[] = [];
  const verify =
    (name: string) =>
    (credential: unknown, info: { scopes: unknown; operationId: unknown }) => {
      seen.push(credential, info.scopes, info.operationId);
      if (credential === "bad") return null;
      if (credential === "low") throw problem.forbidden({ detail: "too low" });
      return { id: name };
    };
  const authenticators = Object.fromEntries(
    Object.keys(schemes).map((name) => [name, verify(name)]),
  );
  const app = new Koa();
  app.use(
    lab(
      [
        {
          id: "one",
          security,
          handle: (input) => ({
            status: 200,
            body: { has: "principal" in input, is: input["principal"] ?? null },
          }),
        },
      ],
      {
        schemes,
        security: authenticators,
        logger: recordingLogger().logger,
        realm: 'my "api"',
        ...more,
      },
    ).routes(),
  );
  running = await serve(app);
  const { url } = running;
  const ask = async (headers: Record<string, string> = {}, query = "") => {
    const response = await fetch(`${url}/thing${query}`, { headers });
    return {
      status: response.status,
      challenge: response.headers.get("www-authenticate"),
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  return { ask, seen };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("credentials", () => {
  it.each<[string, Record<string, string>, string, unknown]>([
    ["header", { "X-Key": "k" }, "", "k"],
    ["query", {}, "?a=1&key=k%20y", "k y"],
    ["cookie", { cookie: "a=1; sid=s" }, "", "s"],
    [
      "basic",
      { authorization: `BASIC ${base64("me:pass:word")}` },
      "",
      { username: "me", password: "pass:word" },
    ],
    ["bearer", { authorization: "bearer t" }, "", "t"],
    [
      "digest",
      { authorization: 'Digest username="x"' },
      "",
      'Digest username="x"',
    ],
    ["oauth", { authorization: "Bearer t" }, "", "t"],
    ["openId", { authorization: "Bearer t" }, "", "t"],
  ])("%s", async (name, headers, query, credential) => {
    const { ask, seen } = await start([{ [name]: ["a", "b"] }]);
    expect((await ask(headers, query)).body).toEqual({
      has: true,
      is: { id: name },
    });
    expect(seen).toEqual([credential, ["a", "b"], "one"]);
    expect((await ask()).status).toBe(401);
  });

  it.each([
    ["basic", { authorization: "Basic %%%" }],
    ["basic", { authorization: `Basic ${base64("no colon")}` }],
    ["basic", { authorization: "Bearer t" }],
    ["bearer", { authorization: "Bearer" }],
    ["bearer", { authorization: "Bearer " }],
    ["header", { "X-Key": "" }],
  ])("that are malformed count as none: %s %j", async (name, headers) => {
    const { ask, seen } = await start([{ [name]: [] }]);
    expect((await ask(headers)).status).toBe(401);
    expect(seen).toEqual([]);
  });

  it("are not taken from a repeated query parameter", async () => {
    const { ask } = await start([{ query: [] }]);
    expect((await ask({}, "?key=a&key=b")).status).toBe(401);
  });
});

describe("challenges", () => {
  it("name each scheme once, in order", async () => {
    const { ask } = await start([
      { basic: [] },
      { bearer: [] },
      { oauth: ["r", "w"] },
      { header: [], basic: [] },
      { digest: [] },
    ]);
    const realm = 'realm="my \\"api\\""';
    expect((await ask()).challenge).toBe(
      `Basic ${realm}, charset="UTF-8", Bearer ${realm}, Bearer ${realm}, scope="r w", ApiKey ${realm}, in="header", name="X-Key", digest ${realm}`,
    );
  });

  it("tell a wrong token, and the scopes of one that does not reach", async () => {
    const { ask } = await start([{ oauth: ["r"] }]);
    const bad = await ask({ authorization: "Bearer bad" });
    expect(bad.status).toBe(401);
    expect(bad.challenge).toContain('error="invalid_token", scope="r"');
    const low = await ask({ authorization: "Bearer low" });
    expect(low.status).toBe(403);
    expect(low.challenge).toContain('error="insufficient_scope", scope="r"');
    expect(low.body["detail"]).toBe("too low");
  });
});

describe("requirements", () => {
  it("that are empty leave the operation open, without a principal", async () => {
    const { ask } = await start([]);
    expect((await ask()).body).toEqual({ has: false, is: null });
  });

  it("of several schemes need them all, and give principals by scheme", async () => {
    const { ask } = await start([{ header: [], basic: [] }]);
    expect((await ask({ "X-Key": "k" })).status).toBe(401);
    const both = await ask({
      "X-Key": "k",
      authorization: `Basic ${base64("a:b")}`,
    });
    expect(both.body["is"]).toEqual({
      header: { id: "header" },
      basic: { id: "basic" },
    });
  });

  it("with an anonymous alternative let in who brings nothing, not who brings a wrong credential", async () => {
    for (const security of [
      [{}, { header: [] }],
      [{ header: [] }, {}],
    ]) {
      const { ask } = await start(security);
      expect((await ask()).body).toEqual({ has: true, is: null });
      expect((await ask({ "X-Key": "k" })).body["is"]).toEqual({
        id: "header",
      });
      expect((await ask({ "X-Key": "bad" })).status).toBe(401);
      await running?.close();
    }
    running = undefined;
  });

  it("try the next alternative after a refusal or a prohibition", async () => {
    const { ask } = await start([{ header: [] }, { cookie: [] }]);
    const both = (key: string) => ask({ "X-Key": key, cookie: "sid=s" });
    expect((await both("bad")).body["is"]).toEqual({ id: "cookie" });
    expect((await both("low")).body["is"]).toEqual({ id: "cookie" });
    expect((await ask({ "X-Key": "low" })).status).toBe(403);
  });

  it("fail as a fault of ours when an authenticator breaks", async () => {
    const app = new Koa();
    app.use(
      lab([{ security: [{ header: [] }] }], {
        schemes,
        logger: recordingLogger().logger,
        security: {
          header: () => {
            throw new Error("database");
          },
        },
      }).routes(),
    );
    running = await serve(app);
    const response = await fetch(`${running.url}/thing`, {
      headers: { "X-Key": "k" },
    });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("database");
  });
});
