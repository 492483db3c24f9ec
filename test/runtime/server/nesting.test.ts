/** The router among other routers and middleware: it is a real `@koa/router`. */
import Router from "@koa/router";
import type Koa from "koa";
import { createApp } from "@kontract/runtime";
import { afterEach, describe, expect, it } from "vitest";
import { lab, type LabOperation } from "../fixture/lab.js";
import {
  kinds,
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});
async function start(app: Koa) {
  running = await serve(app);
  const { url } = running;
  return async (path: string, method = "GET") => {
    const response = await fetch(url + path, { method });
    const text = await response.text();
    return {
      status: response.status,
      text,
      allow: response.headers.get("allow"),
    };
  };
}

const params: LabOperation["handle"] = ({ ctx }) => ({
  status: 200,
  body: { route: ctx["_matchedRoute"], params: ctx["params"] },
});
const people: LabOperation[] = [
  { id: "byId", path: "/people/{id}", handle: params },
  { id: "remove", path: "/people/{id}", method: "DELETE", handle: params },
  { id: "me", path: "/people/me", handle: params },
  { id: "file", path: "/people/{file-name}.json", handle: params },
  { id: "cancel", path: "/people/{id}:cancel", method: "POST", handle: params },
  { id: "root", path: "/", handle: params },
];

it("is a Router", () => {
  expect(lab(people)).toBeInstanceOf(Router);
});

it("shows one layer for each operation, concrete paths first, with names", () => {
  const router = lab(people);
  expect(
    router.stack.map(({ name, path, methods }) => [name, path, methods]),
  ).toEqual([
    ["root", "/", ["HEAD", "GET"]],
    ["me", "/people/me", ["HEAD", "GET"]],
    ["cancel", "/people/:id\\:cancel", ["POST"]],
    ["file", '/people/:"file-name".json', ["HEAD", "GET"]],
    ["byId", "/people/:id", ["HEAD", "GET"]],
    ["remove", "/people/:id", ["DELETE"]],
  ]);
  expect(router.url("byId", { id: "a/b" })).toBe("/people/a%2Fb");
});

describe.each(kinds)("in %s", (_kind, make) => {
  it("keeps precedence, 405, OPTIONS and 400 when nested in another router", async () => {
    const parent = new Router({ prefix: "/v1" });
    parent.use("/api", lab(people).routes());
    parent.get("/own", (ctx) => {
      ctx.body = "own";
    });
    const app = make();
    app.use(parent.routes());
    app.use(parent.allowedMethods());
    const ask = await start(app);
    expect(await ask("/v1/api/people/me")).toMatchObject({
      status: 200,
      text: '{"route":"/v1/api/people/me","params":{}}',
    });
    expect((await ask("/v1/api/people/me", "DELETE")).text).toContain(
      '"id":"me"',
    );
    expect((await ask("/v1/api/people/x")).text).toContain('"id":"x"');
    expect((await ask("/v1/api/people/x.json")).text).toContain(
      '"file-name":"x"',
    );
    expect((await ask("/v1/api/people/5:cancel", "POST")).text).toContain(
      '"id":"5"',
    );
    expect(await ask("/v1/api/people/me", "POST")).toMatchObject({
      status: 405,
      allow: "GET, HEAD, DELETE, OPTIONS",
    });
    expect(await ask("/v1/api/people/x", "OPTIONS")).toMatchObject({
      status: 204,
      allow: "GET, HEAD, DELETE, OPTIONS",
    });
    expect((await ask("/v1/api/people/%zz")).status).toBe(400);
    expect((await ask("/v1/api/people/x", "HEAD")).status).toBe(200);
    expect((await ask("/v1/api/people/x/")).status).toBe(404);
    expect((await ask("/v1/own")).text).toBe("own");
  });

  it("nests twice", async () => {
    const inner = new Router();
    inner.use("/b", lab(people).routes());
    const outer = new Router();
    outer.use("/:tenant", inner.routes());
    const app = make();
    app.use(outer.routes());
    const ask = await start(app);
    expect((await ask("/t/b/people/7")).text).toContain(
      '{"tenant":"t","id":"7"}',
    );
    expect((await ask("/t/b/people/7", "PUT")).status).toBe(405);
  });

  it.each(["/api", "/:tenant", "/api/"])(
    "takes the prefix %s",
    async (prefix) => {
      const router = lab(people);
      router.prefix(prefix);
      const app = make();
      app.use(router.routes());
      const ask = await start(app);
      expect((await ask("/api/people/7")).text).toContain('"id":"7"');
      expect((await ask("/api/people/me")).text).toContain("/people/me");
      expect((await ask("/api/people/7", "PUT")).status).toBe(405);
      expect((await ask("/people/7")).status).toBe(404);
      expect((await ask("/api/")).status).toBe(200);
      expect(router.url("byId", { tenant: "api", id: 1 })).toBe(
        "/api/people/1",
      );
    },
  );

  it("takes a prefix that only the router's own expressions understand", async () => {
    const router = lab(people);
    router.prefix("/v{:n}");
    const app = make();
    app.use(router.routes());
    const ask = await start(app);
    expect((await ask("/v2/people/7")).text).toContain('"id":"7"');
    expect((await ask("/people/7")).status).toBe(404);
  });

  it("takes a new prefix after somebody has looked at the stack", async () => {
    const router = lab(people);
    expect(router.stack).toHaveLength(6);
    router.prefix("/a");
    router.prefix("/b");
    const app = make();
    app.use(router.routes());
    const ask = await start(app);
    expect((await ask("/b/people/7")).status).toBe(200);
    expect((await ask("/a/people/7")).status).toBe(404);
    expect(router.stack[1]?.path).toBe("/b/people/me");
  });

  it("lets routes, middleware and parameters be added", async () => {
    const router = lab(people);
    router.get("extra", "/extra", (ctx) => {
      ctx.body = "extra";
    });
    router.param("id", (id, ctx, next) => {
      ctx.set("X-Id", id);
      return next();
    });
    const app = make();
    app.use(router.routes());
    app.use(router.allowedMethods());
    const ask = await start(app);
    expect((await ask("/extra")).text).toBe("extra");
    expect((await ask("/people/7")).text).toContain('"id":"7"');
    const response = await fetch(`${running?.url}/people/7`);
    expect(response.headers.get("x-id")).toBe("7");
    expect((await ask("/people/me")).status).toBe(200);
    expect((await ask("/people/7", "PUT")).status).toBe(405);
    expect((await ask("/nowhere")).status).toBe(404);
    expect((await ask("/people/%zz")).status).toBe(400);
  });

  it("shows its answers to functions among its layers", async () => {
    const seen: unknown[] = [];
    const router = lab(people);
    router.param("id", async (_id, ctx, next) => {
      await next();
      seen.push(ctx.status, ctx.type, typeof ctx.body);
      ctx.set("X-After", "1");
    });
    const app = make();
    app.use(router.routes());
    await start(app);
    const response = await fetch(`${running?.url}/people/7`);
    expect(response.headers.get("x-after")).toBe("1");
    expect(seen).toEqual([200, "application/json", "string"]);
  });

  it("gives other paths on, and keeps what others answer", async () => {
    const app = make();
    app.use(async (ctx, next) => {
      await next();
      ctx.set("X-Seen", String(ctx.status));
    });
    app.use(lab(people).routes());
    app.use(lab([{ id: "other", path: "/other" }]).routes());
    app.use((ctx, next) => {
      if (ctx.path === "/plain") ctx.body = "plain";
      else if (ctx.path === "/status") ctx.status = 404;
      else if (ctx.path === "/teapot") ctx.status = 418;
      else return next();
      return undefined;
    });
    const ask = await start(app);
    expect((await ask("/plain")).text).toBe("plain");
    expect((await ask("/other")).status).toBe(200);
    expect((await ask("/teapot")).status).toBe(418);
    const unknown = await fetch(`${running?.url}/unknown`);
    expect(unknown.headers.get("content-type")).toBe(
      "application/problem+json",
    );
    expect(unknown.headers.get("x-seen")).toBe("404");
    expect(
      (await fetch(`${running?.url}/people/1`)).headers.get("x-seen"),
    ).toBe("200");
  });

  it("follows middleware that rewrites the path", async () => {
    const app = make();
    app.use((ctx, next) => {
      ctx.path = ctx.path.replace(/^\/mounted/, "") || "/";
      return next();
    });
    app.use(lab(people).routes());
    const ask = await start(app);
    expect((await ask("/mounted/people/9?x=1")).text).toContain('"id":"9"');
  });

  it("tells listeners of `not-found`", async () => {
    const router = lab(people);
    router.on("not-found", (ctx) => {
      ctx.status = 410;
      ctx.body = "gone";
    });
    const app = make();
    app.use(router.routes());
    const ask = await start(app);
    expect(await ask("/nowhere")).toMatchObject({ status: 410, text: "gone" });
  });

  it("answers only its own host", async () => {
    const router = lab(people);
    router.host = "elsewhere.example";
    const app = make();
    app.use(router.routes());
    const ask = await start(app);
    expect((await ask("/people/7")).status).toBe(404);
  });

  it("has one answer where two of its templates differ in names only", async () => {
    const app = make();
    app.use(
      lab([
        { id: "a", path: "/x/{one}", handle: params },
        { id: "b", path: "/x/{two}", method: "POST", handle: params },
      ]).routes(),
    );
    const ask = await start(app);
    expect((await ask("/x/1")).text).toContain('{"one":"1"}');
    expect((await ask("/x/1", "POST")).text).toContain('{"two":"1"}');
    expect((await ask("/x/1", "PUT")).allow).toBe("GET, HEAD, POST, OPTIONS");
  });
});

describe("createApp() with other middleware", () => {
  it("turns errors into problems, and bodiless errors too", async () => {
    const { logger, lines } = recordingLogger();
    const app = createApp({ logger });
    app.use((ctx) => {
      if (ctx.path === "/throw") throw new Error("inside");
      if (ctx.path === "/expose") ctx.throw(403, "shown");
      if (ctx.path === "/status") ctx.status = 409;
      if (ctx.path === "/json") ctx.body = { a: 1 };
      if (ctx.path === "/null") ctx.body = null;
      if (ctx.path === "/created") ctx.status = 201;
    });
    const ask = await start(app);
    const thrown = await ask("/throw");
    expect(thrown.status).toBe(500);
    expect(thrown.text).not.toContain("inside");
    expect(lines).toHaveLength(1);
    expect(JSON.parse((await ask("/expose")).text)).toMatchObject({
      status: 403,
      detail: "shown",
    });
    expect(JSON.parse((await ask("/status")).text)).toMatchObject({
      title: "Conflict",
    });
    expect((await ask("/json")).text).toBe('{"a":1}');
    expect((await ask("/null")).status).toBe(204);
    expect(await ask("/created")).toMatchObject({
      status: 201,
      text: "Created",
    });
    expect(JSON.parse((await ask("/other")).text)).toMatchObject({
      title: "Not Found",
    });
  });

  it("refuses a target that is no URL, whoever looks at the path", async () => {
    const app = createApp({ logger: recordingLogger().logger });
    app.use((ctx, next) => (ctx.path === "/x" ? undefined : next()));
    app.use(lab([{ path: "/ping" }]).routes());
    running = await serve(app);
    const raw = await talk(running.port);
    raw.send(
      "GET http://[::1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    expect(await raw.until(/\r\n\r\n[^]*\}/)).toMatch(
      /^HTTP\/1\.1 400 [^]*application\/problem\+json/,
    );
  });

  it("keeps what Koa offers: context extensions, state, cookies, events, storage", async () => {
    const app = createApp({ asyncLocalStorage: true, keys: ["k"] });
    const errors: unknown[] = [];
    app.on("error", (error) => errors.push(error));
    Object.assign(app.context, { greeting: "hi" });
    app.use((ctx, next) => {
      ctx.state["a"] = 1;
      return next();
    });
    app.use((ctx) => {
      if (ctx.path === "/fail") throw new Error("told");
      ctx.cookies.set("c", "1", { signed: true });
      ctx.body = [
        ctx["greeting"],
        ctx.state["a"],
        app.currentContext === ctx,
        ctx.request.ctx === ctx,
        ctx.response.request === ctx.request,
      ];
    });
    const ask = await start(app);
    expect((await ask("/")).text).toBe('["hi",1,true,true,true]');
    await ask("/fail");
    expect(errors).toHaveLength(1);
  });

  it("sends the streams of other middleware", async () => {
    const app = createApp({ logger: recordingLogger().logger });
    app.use((ctx) => {
      if (ctx.path === "/blob") ctx.body = new Blob(["blob"]);
      else if (ctx.path === "/response") ctx.body = new Response("response");
      else if (ctx.path === "/web") ctx.body = new Blob(["web"]).stream();
      else ctx.body = Buffer.from("buffer");
    });
    const ask = await start(app);
    expect((await ask("/blob")).text).toBe("blob");
    expect((await ask("/response")).text).toBe("response");
    expect((await ask("/web")).text).toBe("web");
    expect((await ask("/buffer")).text).toBe("buffer");
  });

  it("answers a stream that breaks before its first byte with a problem", async () => {
    const { logger } = recordingLogger();
    const app = createApp({ logger });
    app.use(
      lab([
        {
          handle: () => ({ status: 200 }),
          write: () => ({
            status: 200,
            type: "text/plain",
            body: (async function* () {
              throw new Error("disk");
            })(),
            headers: undefined,
          }),
        },
      ]).routes(),
    );
    const ask = await start(app);
    const broken = await ask("/thing");
    expect(broken.status).toBe(500);
    expect(broken.text).not.toContain("disk");
  });
});
