/** The order of steps, one rule at a time, in both kinds of application. */
import { Readable } from "node:stream";
import { problem } from "@kontract/runtime";
import {
  bytes,
  empty,
  text,
  type WireResponse,
} from "@kontract/runtime/codegen1";
import { afterEach, describe, expect, it } from "vitest";
import { lab, type LabOperation, type LabOptions } from "../fixture/lab.js";
import {
  kinds,
  type Line,
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../fixture/serve.js";

describe.each(kinds)("%s", (_kind, make) => {
  let running: Running | undefined;
  let lines: Line[] = [];

  async function start(
    operations: readonly LabOperation[],
    options: LabOptions = {},
  ): Promise<Running> {
    const recorded = recordingLogger();
    lines = recorded.lines;
    const app = make();
    app.use(lab(operations, { logger: recorded.logger, ...options }).routes());
    running = await serve(app);
    return running;
  }

  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  async function get(path = "/thing", init?: RequestInit) {
    return fetch(`${running?.url}${path}`, init);
  }
  const post = (body: string | Buffer, type: string, path = "/thing") =>
    get(path, { method: "POST", body, headers: { "content-type": type } });

  const basic = { kind: "http", scheme: "Basic" } as const;

  describe("order", () => {
    it("authorizes before it loads code, negotiates, or reads the body", async () => {
      let loaded = false;
      await start(
        [
          {
            method: "POST",
            security: [{ basic: [] }],
            body: { required: true, media: { "application/json": "json" } },
            load: async () => {
              loaded = true;
            },
          },
        ],
        { schemes: { basic }, security: { basic: () => null } },
      );
      const response = await post("{", "text/plain");
      expect(response.status).toBe(401);
      expect(loaded).toBe(false);
    });

    it("answers 501 for what it cannot do, only after it authorized", async () => {
      const unsupported: LabOperation = {
        unsupported: "multipart request body",
        security: [{ basic: [] }],
      };
      await start([unsupported], {
        schemes: { basic },
        security: { basic: () => ({ id: "1" }) },
      });
      expect((await get()).status).toBe(401);
      const authorization = `Basic ${Buffer.from("a:b").toString("base64")}`;
      const response = await get("/thing", { headers: { authorization } });
      expect(response.status).toBe(501);
      expect(await response.json()).toMatchObject({
        detail: "not supported: multipart request body",
      });
    });

    it("answers 501 for an answer of a media type without a codec", async () => {
      await start([{ path: "/answer", answers: { 200: "unsupported" } }]);
      expect((await get("/answer")).status).toBe(501);
    });

    it("negotiates before it looks at the body", async () => {
      await start([
        {
          method: "POST",
          body: { required: true, media: { "application/json": "json" } },
        },
      ]);
      const response = await get("/thing", {
        method: "POST",
        body: "{",
        headers: { accept: "text/css", "content-type": "text/plain" },
      });
      expect(response.status).toBe(406);
    });
  });

  describe("bodies", () => {
    const echo = (
      media: Record<string, "json" | "text" | "bytes">,
    ): LabOperation => ({
      method: "POST",
      body: { required: false, media },
      read: (raw) => ({
        body: { value: raw.body, type: raw.mediaType, given: raw.contentType },
      }),
      handle: ({ body }) => ({ status: 200, body: body ?? null }),
    });

    it("takes the most specific declared type, whatever the order", async () => {
      await start([
        echo({
          "*/*": "text",
          "application/*": "text",
          "application/json": "json",
          "application/vnd.x+json": "json",
        }),
      ]);
      const type = async (given: string) =>
        ((await (await post("1", given)).json()) as { type: string }).type;
      expect(await type("application/json")).toBe("application/json");
      expect(await type("application/vnd.x+json")).toBe(
        "application/vnd.x+json",
      );
      expect(await type("application/xml")).toBe("application/*");
      expect(await type("image/png")).toBe("*/*");
    });

    it("reads text as UTF-8 and tells the concrete type of a range", async () => {
      await start([echo({ "text/*": "text" })]);
      const response = await post("gr\u00fcn", "text/markdown");
      expect(await response.json()).toEqual({
        value: "gr\u00fcn",
        type: "text/*",
        given: "text/markdown",
      });
      expect((await post(Buffer.from([0xff]), "text/plain")).status).toBe(400);
    });

    it("leaves an absent optional body undefined", async () => {
      await start([echo({ "application/json": "json" })]);
      const response = await get("/thing", { method: "POST" });
      expect(await response.json()).toEqual({});
    });

    it("hands bytes on as a stream, unbuffered", async () => {
      const sizes: number[] = [];
      await start([
        {
          method: "POST",
          body: {
            required: true,
            media: { "application/octet-stream": "bytes" },
          },
          async handle({ body }) {
            let size = 0;
            for await (const chunk of body as AsyncIterable<Buffer>) {
              size += chunk.length;
              sizes.push(chunk.length);
            }
            return { status: 200, body: { size } };
          },
        },
      ]);
      const large = Buffer.alloc(3 * 1024 * 1024);
      const response = await post(large, "application/octet-stream");
      expect(await response.json()).toEqual({ size: large.length });
      expect(sizes.length).toBeGreaterThan(1);
    });

    it("takes a body without a type for octets (RFC 9110 8.3)", async () => {
      await start([echo({ "application/octet-stream": "text" })]);
      const raw = await talk(running?.port ?? 0);
      raw.send(
        "POST /thing HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
      );
      await raw.closed();
      expect(raw.received()).toContain('"value":"hi"');
    });

    it("ignores the body of an operation that declares none", async () => {
      await start([{ method: "DELETE" }]);
      const raw = await talk(running?.port ?? 0);
      raw.send(
        "DELETE /thing HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{]DELETE /thing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      );
      await raw.closed();
      expect(raw.received().match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    });

    it.each([
      ["POST", "Accept-Post"],
      ["PATCH", "Accept-Patch"],
      ["PUT", "Accept"],
    ])("tells the accepted types of %s in %s", async (method, field) => {
      const media = {
        "application/json": "json",
        "text/plain": "text",
      } as const;
      await start([{ method, body: { required: true, media } }]);
      const response = await get("/thing", {
        method,
        body: "x",
        headers: { "content-type": "text/css" },
      });
      expect(response.status).toBe(415);
      expect(response.headers.get(field)).toBe("application/json, text/plain");
    });

    it("holds the limits of the operation and of the options", async () => {
      const media = { "application/json": "json" } as const;
      await start(
        [
          { method: "POST", body: { required: true, media } },
          { method: "PUT", body: { required: true, media, limit: 50 } },
        ],
        { limits: { body: 10, depth: 2, issues: 1 } },
      );
      expect((await post('"12345678"', "application/json")).status).toBe(200);
      expect((await post('"123456789"', "application/json")).status).toBe(413);
      expect((await post("[[[]]]", "application/json")).status).toBe(400);
      const put = await get("/thing", {
        method: "PUT",
        body: '"123456789"',
        headers: { "content-type": "application/json" },
      });
      expect(put.status).toBe(200);
    });

    it("answers 400 when a parameter is wrong beside the body", async () => {
      await start([
        {
          method: "POST",
          body: {
            required: true,
            media: { "application/json": "json" },
            invalid: 422,
          },
          read(raw, issues) {
            if (raw.query("q") !== "1") issues.add("query/q", "enum", ["1"]);
            issues.add("body/a", "type", "string");
            return {};
          },
        },
      ]);
      expect((await post("{}", "application/json", "/thing?q=1")).status).toBe(
        422,
      );
      expect((await post("{}", "application/json")).status).toBe(400);
    });
  });

  describe("handlers", () => {
    it("receive the keys of the operation, and tools on demand", async () => {
      let keys: string[] = [];
      let aborted: boolean | undefined;
      await start([
        {
          path: "/thing/{id}",
          read: (raw) => ({ params: { id: raw.path("id") } }),
          handle(input) {
            keys = Object.keys(input);
            aborted = input.signal.aborted;
            const log = input["log"] as { info(message: string): void };
            log.info("here");
            return { status: 200, body: 1 };
          },
        },
      ]);
      expect((await get("/thing/5")).status).toBe(200);
      expect(keys.sort()).toEqual(["ctx", "params", "reply"]);
      expect(aborted).toBe(false);
      expect(lines).toMatchObject([
        {
          level: "info",
          message: "here",
          fields: { operationId: "operation0" },
        },
      ]);
    });

    it("see what @koa/router sets on the context", async () => {
      let seen: unknown[] = [];
      await start([
        {
          id: "one",
          path: "/thing/{thing-id}/{x}.json",
          handle({ ctx }) {
            const router = ctx["router"] as {
              url: (name: string, params: object) => unknown;
            };
            seen = [
              ctx["_matchedRoute"],
              ctx["_matchedRouteName"],
              ctx["params"],
              (ctx["request"] as { params: unknown }).params,
              router.url("one", { "thing-id": "a b", x: 1 }),
            ];
            return { status: 200, body: 1 };
          },
        },
      ]);
      await get("/thing/a%2Fb/c.json?x");
      const params = { "thing-id": "a/b", x: "c" };
      expect(seen).toEqual([
        '/thing/:"thing-id"/:x.json',
        "one",
        params,
        params,
        "/thing/a%20b/1.json",
      ]);
    });

    it("are told by the signal when the client goes away", async () => {
      let told = false;
      let started = (): void => {};
      const running = new Promise<void>((resolve) => (started = resolve));
      await start([
        {
          async handle({ signal }) {
            started();
            await new Promise((resolve) =>
              signal.addEventListener("abort", resolve),
            );
            told = true;
            return { status: 200, body: 1 };
          },
        },
      ]);
      const controller = new AbortController();
      const asked = get("/thing", { signal: controller.signal }).catch(
        () => {},
      );
      await running;
      controller.abort();
      await asked;
      await expect.poll(() => told).toBe(true);
      expect(lines).toEqual([]);
    });

    it.each([
      ["nothing", () => undefined],
      ["a status that is not declared", () => ({ status: 418, body: 1 })],
      ["something that is no answer", () => "text"],
    ])("that return %s are a fault of ours", async (_name, handle) => {
      await start([{ handle }]);
      const response = await get();
      expect(response.status).toBe(500);
      expect(lines).toHaveLength(1);
    });

    it("may throw what Koa throws", async () => {
      await start([
        {
          handle({ ctx }) {
            const fail = ctx["throw"] as (...args: unknown[]) => never;
            return fail.call(ctx, 409, "no way", {
              headers: { "X-Why": "so" },
            });
          },
        },
      ]);
      const response = await get();
      expect(response.status).toBe(409);
      expect(response.headers.get("x-why")).toBe("so");
      expect(await response.json()).toMatchObject({
        title: "Conflict",
        detail: "no way",
      });
    });

    it("may throw a problem with members, headers and a cause that stays inside", async () => {
      await start([
        {
          answers: {
            200: ["application/json"],
            503: ["application/problem+json"],
          },
          handle() {
            throw problem.serviceUnavailable(
              { detail: "later", shelf: 3, type: "/problems/later" },
              {
                cause: new Error("inner secret"),
                headers: { "Retry-After": 7 },
              },
            );
          },
        },
      ]);
      const response = await get();
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("7");
      const body = await response.text();
      expect(JSON.parse(body)).toEqual({
        type: "/problems/later",
        title: "Service Unavailable",
        status: 503,
        detail: "later",
        shelf: 3,
      });
      expect(lines).toHaveLength(1);
      expect(lines[0]?.fields["error"]).toMatchObject({
        message: "inner secret",
      });
    });

    it("may throw a value that is no error, or a problem that is no JSON", async () => {
      const ring: Record<string, unknown> = {};
      ring["ring"] = ring;
      await start([
        {
          handle() {
            throw "text";
          },
        },
        {
          path: "/ring",
          handle() {
            throw problem.conflict(ring);
          },
        },
      ]);
      expect((await get()).status).toBe(500);
      expect((await get("/ring")).status).toBe(409);
    });

    it("are reported to onError when they fail", async () => {
      const seen: unknown[] = [];
      await start(
        [
          {
            id: "failing",
            handle() {
              throw new Error("inside");
            },
          },
        ],
        {
          onError(
            error: Error,
            {
              operationId,
              requestId,
            }: { operationId: string; requestId: string },
          ) {
            seen.push(error.message, operationId, requestId);
            throw new Error("from onError");
          },
        },
      );
      const response = await get();
      const { requestId } = (await response.json()) as { requestId: string };
      expect(seen).toEqual(["inside", "failing", requestId]);
    });
  });

  describe("answers", () => {
    const answer = (
      wire: (status: number) => WireResponse,
      status = 200,
    ): LabOperation => ({
      answers: { [status]: status === 204 ? [] : ["application/json"] },
      handle: () => ({ status }),
      write: () => wire(status),
    });

    it("carry declared headers as text", async () => {
      await start([
        answer(() =>
          empty(200, {
            "X-Number": 5,
            "X-List": [1, "b"],
            "X-Flag": false,
            "X-Absent": undefined,
            "X-Object": { a: 1, b: 2 },
            "Content-Type": "text/evil",
            "Set-Cookie": ["a=1", "b=2"],
          }),
        ),
      ]);
      const { headers } = await get();
      expect(headers.get("x-number")).toBe("5");
      expect(headers.get("x-list")).toBe("1, b");
      expect(headers.get("x-flag")).toBe("false");
      expect(headers.get("x-object")).toBe("a,1,b,2");
      expect(headers.has("x-absent")).toBe(false);
      expect(headers.has("content-type")).toBe(false);
      expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
      expect(headers.get("content-length")).toBe("0");
    });

    it("keep several cookies beside headers that the handler set itself", async () => {
      await start([
        {
          ...answer(() => text(200, "x", { "Set-Cookie": ["a=1", "b=2"] })),
          handle({ ctx }) {
            (ctx["set"] as (name: string, value: string) => void).call(
              ctx,
              "X-Own",
              "1",
            );
            return { status: 200 };
          },
        },
      ]);
      const { headers } = await get();
      expect(headers.get("x-own")).toBe("1");
      expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    });

    it.each(["a\r\nX-Evil: 1", "a\nb", "a\0b", "\u20ac"])(
      "with the header value %j are a fault of ours (CWE-113)",
      async (value) => {
        await start([
          answer(() => text(200, "x", { "X-First": "1", "X-Bad": value })),
        ]);
        const response = await get();
        expect(response.status).toBe(500);
        expect(response.headers.has("x-first")).toBe(false);
        expect(response.headers.has("x-evil")).toBe(false);
      },
    );

    it("have no body with 204", async () => {
      await start([answer((status) => text(status, "ignored"), 204)]);
      const response = await get();
      expect(response.status).toBe(204);
      expect(response.headers.has("content-length")).toBe(false);
    });

    it("may be text, octets or a stream", async () => {
      async function* pieces() {
        yield "a";
        yield Buffer.from("\u00fc");
      }
      await start([
        { ...answer((status) => text(status, "gr\u00fcn")), path: "/text" },
        {
          ...answer((status) => bytes(status, Buffer.from([1, 2]))),
          path: "/bytes",
        },
        {
          ...answer((status) =>
            bytes(
              status,
              new Uint8Array([3]).subarray(0),
              undefined,
              "image/*",
            ),
          ),
          path: "/range",
        },
        {
          ...answer((status) =>
            bytes(status, pieces(), undefined, "text/plain"),
          ),
          path: "/stream",
        },
        {
          ...answer((status) =>
            bytes(status, Readable.from(["x", "y"]), undefined, "text/plain"),
          ),
          path: "/readable",
        },
      ]);
      const plain = await get("/text");
      expect(plain.headers.get("content-type")).toBe(
        "text/plain; charset=utf-8",
      );
      expect(plain.headers.get("content-length")).toBe("5");
      expect(await plain.text()).toBe("gr\u00fcn");
      const octets = await get("/bytes");
      expect(octets.headers.get("content-type")).toBe(
        "application/octet-stream",
      );
      expect(octets.headers.get("content-length")).toBe("2");
      expect([...new Uint8Array(await octets.arrayBuffer())]).toEqual([1, 2]);
      const range = await get("/range");
      expect(range.headers.get("content-type")).toBe(
        "application/octet-stream",
      );
      const stream = await get("/stream");
      expect(stream.headers.get("content-type")).toBe("text/plain");
      expect(await stream.text()).toBe("a\u00fc");
      expect(await (await get("/readable")).text()).toBe("xy");
      expect((await get("/stream", { method: "HEAD" })).status).toBe(200);
    });

    it("end their stream when the client goes away", async () => {
      let ended = false;
      async function* forever() {
        try {
          for (;;) {
            yield Buffer.alloc(1024);
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        } finally {
          ended = true;
        }
      }
      await start([answer((status) => bytes(status, forever()))]);
      const controller = new AbortController();
      const response = await get("/thing", { signal: controller.signal });
      await response.body?.getReader().read();
      controller.abort();
      await expect.poll(() => ended).toBe(true);
    });

    it("choose among types of one kind by Accept, and keep the first for other kinds", async () => {
      await start([
        {
          answers: {
            200: ["application/json", "application/vnd.x+json", "text/csv"],
          },
          handle: () => ({ status: 200, body: {} }),
        },
      ]);
      const type = async (accept: string) =>
        (await get("/thing", { headers: { accept } })).headers.get(
          "content-type",
        );
      expect(await type("*/*")).toBe("application/json");
      expect(await type("application/vnd.x+json, application/json;q=0.5")).toBe(
        "application/vnd.x+json",
      );
      expect(await type("text/csv")).toBe("application/json");
    });
  });

  describe("middleware of operations", () => {
    it("runs around the pipeline, tags first, and sees the answer", async () => {
      const seen: unknown[] = [];
      const mark =
        (name: string) =>
        async (
          ctx: {
            status: number;
            body: unknown;
            set(n: string, v: string): void;
          },
          next: () => Promise<unknown>,
        ) => {
          seen.push(name);
          await next();
          seen.push(ctx.status, ctx.body);
          ctx.set("X-After", name);
        };
      await start(
        [
          { id: "one", tags: ["t"] },
          { id: "two", path: "/two" },
        ],
        { use: { one: [mark("own")], "tag:t": [mark("tag")] } },
      );
      const response = await get();
      expect(response.headers.get("x-after")).toBe("tag");
      expect(seen).toEqual([
        "tag",
        "own",
        200,
        '{"id":"one"}',
        200,
        '{"id":"one"}',
      ]);
      expect((await get("/two")).headers.has("x-after")).toBe(false);
    });

    it("may answer itself, or fail", async () => {
      await start([{ id: "one" }, { id: "two", path: "/two" }], {
        use: {
          one: [
            (ctx: { status: number; body: unknown }) => {
              ctx.status = 202;
              ctx.body = "early";
            },
          ],
          two: [
            () => {
              throw new Error("inside");
            },
          ],
        },
      });
      const early = await get();
      expect([early.status, await early.text()]).toEqual([202, "early"]);
      expect((await get("/two")).status).toBe(500);
    });
  });

  describe("loading", () => {
    it("happens once, on first use, and is tried again after a failure", async () => {
      let attempts = 0;
      await start([
        {
          async load() {
            attempts++;
            if (attempts === 1) throw new Error("disk");
          },
        },
      ]);
      expect(attempts).toBe(0);
      expect((await get()).status).toBe(500);
      expect((await get()).status).toBe(200);
      expect((await get()).status).toBe(200);
      expect(attempts).toBe(2);
    });

    it("happens at start with `preload`", async () => {
      let loaded = false;
      await start([{ load: async () => void (loaded = true) }], {
        preload: true,
      });
      expect(loaded).toBe(true);
    });
  });
});
