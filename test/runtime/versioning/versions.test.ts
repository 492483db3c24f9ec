/** Several versions of a service in one process, from their documents to the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp, versions } from "@kontract/runtime";
import { generateService, type Service } from "../../service.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const NAME = "application/vnd.api.{version}+json";
const document = (version: string, more: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "Books", version },
  servers: [{ url: `https://example.com/api/${version}` }],
  paths: {
    "/books": {
      get: {
        operationId: "listBooks",
        responses: {
          "200": {
            description: "Books",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: { version: { type: "string" } },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: "createBook",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: [version] },
            },
          },
        },
        responses: { "204": { description: "Made" } },
      },
    },
  },
  ...more,
});

let v1: Service;
let v2: Service;
beforeAll(async () => {
  const more = {
    "x-versioning": { in: "mediaType", name: NAME, values: ["v1", "v2"] },
  };
  v1 = await generateService("versions-1", document("v1", more));
  v2 = await generateService("versions-2", document("v2", more));
});

const handlers = (version: string) => ({
  root: {
    listBooks: () => ({ status: 200, body: { version } }),
    createBook: () => ({ status: 204 }),
  },
});

type Options = Parameters<typeof versions>[1];

function start(options?: Options): Promise<Running> {
  const app = createApp();
  const routers = {
    v1: v1.createRouter(handlers("v1")),
    v2: v2.createRouter(handlers("v2")),
  };
  app.use(Reflect.apply(versions, undefined, [routers, options]));
  app.use((ctx) => {
    if (ctx.path === "/docs") ctx.body = "read me";
  });
  return serve(app);
}

describe("versions by path", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start({ in: "path" });
  });
  afterAll(() => running.close());

  it.each(["v1", "v2"])(
    "serves %s below the path of its server",
    async (name) => {
      const response = await fetch(`${running.url}/api/${name}/books`);
      expect([response.status, await response.json()]).toEqual([
        200,
        { version: name },
      ]);
    },
  );

  it("lists what there is to those who ask for another", async () => {
    const response = await fetch(`${running.url}/api/v3/books`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe(
      "application/problem+json",
    );
    expect(await response.json()).toMatchObject({ versions: ["v1", "v2"] });
  });

  it("leaves other paths alone", async () => {
    const docs = await fetch(`${running.url}/docs`);
    expect(await docs.text()).toBe("read me");
    const other = await fetch(`${running.url}/api/books`);
    expect(await other.json()).not.toHaveProperty("versions");
    expect((await fetch(`${running.url}/api/v1/none`)).status).toBe(404);
  });
});

describe("versions by media type, as `x-versioning` says", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });
  afterAll(() => running.close());
  const get = (accept: string) =>
    fetch(`${running.url}/books`, { headers: { Accept: accept } });
  const type = (version: string) => NAME.replace("{version}", version);

  it.each([
    [type("v1"), "v1", type("v1")],
    [type("v2"), "v2", type("v2")],
    [`${type("v1")};q=0.5, ${type("v2")};q=0.4`, "v1", type("v1")],
    [`${type("v1")};q=0.4, ${type("v2")}`, "v2", type("v2")],
    [`${type("v1")}, */*;q=0.1`, "v1", type("v1")],
    [`${type("v9")}, ${type("v1")};q=0.1`, "v1", type("v1")],
    [`${type("v9")}, */*;q=0.1`, "v2", "application/json"],
    [`${type("v1")};q=0, application/json`, "v2", "application/json"],
    ["application/json", "v2", "application/json"],
    ["*/*", "v2", "application/json"],
  ])("answers %s by %s in %s", async (accept, version, answered) => {
    const response = await get(accept);
    expect([response.status, await response.json()]).toEqual([
      200,
      { version },
    ]);
    expect(response.headers.get("content-type")).toBe(answered);
    expect(response.headers.get("vary")).toContain("Accept");
  });

  it("answers 406 with the list where none fits", async () => {
    const response = await get(type("v9"));
    expect(response.status).toBe(406);
    expect(response.headers.get("vary")).toBe("Accept");
    expect(await response.json()).toMatchObject({
      versions: ["v1", "v2"],
      detail: `available: ${type("v1")}, ${type("v2")}`,
    });
    expect((await get("text/csv")).status).toBe(406);
  });

  it("reads bodies of a version, and of one version only", async () => {
    const post = async (contentType: string, accept?: string) => {
      const response = await fetch(`${running.url}/books`, {
        method: "POST",
        headers: {
          "Content-Type": contentType,
          ...(accept === undefined ? {} : { Accept: accept }),
        },
        body: '{"v1":true}',
      });
      return response.status;
    };
    expect(await post(type("v1"))).toBe(204);
    expect(await post(type("v1"), type("v1"))).toBe(204);
    // Version 2 asks for another member.
    expect(await post(type("v2"))).toBe(400);
    expect(await post("application/json")).toBe(400);
    expect(await post(type("v1"), type("v2"))).toBe(415);
    expect(await post(type("v9"))).toBe(415);
  });
});

describe("versions by header", () => {
  it("says which one has answered, and refuses others with the list", async () => {
    const running = await start({ in: "header", name: "API-Version" });
    try {
      const get = (headers: Record<string, string>) =>
        fetch(`${running.url}/books`, { headers });
      const first = await get({ "API-Version": "v1" });
      expect(await first.json()).toEqual({ version: "v1" });
      expect(first.headers.get("api-version")).toBe("v1");
      expect(first.headers.get("vary")).toBe("API-Version");
      expect(await (await get({})).json()).toEqual({ version: "v2" });
      const none = await get({ "API-Version": "v7" });
      expect([none.status, await none.json()]).toMatchObject([
        400,
        { versions: ["v1", "v2"] },
      ]);
    } finally {
      await running.close();
    }
  });

  it.each([
    ["oldest", 200, "v1"],
    ["v1", 200, "v1"],
    [400, 400, undefined],
  ])("without one, %s decides", async (fallback, status, version) => {
    const running = await start({
      in: "header",
      name: "API-Version",
      default: fallback === 400 ? 400 : String(fallback),
    });
    try {
      const response = await fetch(`${running.url}/books`);
      expect(response.status).toBe(status);
      const body: unknown = await response.json();
      if (version !== undefined) expect(body).toEqual({ version });
      else expect(body).toMatchObject({ versions: ["v1", "v2"] });
    } finally {
      await running.close();
    }
  });
});

describe("the end of a whole version", () => {
  it("is told with every answer, and comes", async () => {
    let now = Date.parse("2026-06-01T00:00:00Z");
    const running = await start({
      in: "path",
      ends: {
        v1: {
          since: "2026-01-01",
          sunset: "2026-12-31T23:59:59Z",
          link: "https://example.com/move",
          gone: true,
        },
      },
      now: () => now,
    });
    try {
      for (const [path, status] of [
        ["/books", 200],
        ["/none", 404],
      ] as const) {
        const response = await fetch(`${running.url}/api/v1${path}`);
        expect(response.status).toBe(status);
        expect(response.headers.get("deprecation")).toBe("@1767225600");
        expect(response.headers.get("sunset")).toBe(
          "Thu, 31 Dec 2026 23:59:59 GMT",
        );
        expect(response.headers.get("link")).toBe(
          '<https://example.com/move>; rel="deprecation"',
        );
      }
      const later = await fetch(`${running.url}/api/v2/books`);
      expect(later.headers.get("deprecation")).toBeNull();
      now = Date.parse("2027-01-01T00:00:00Z");
      const gone = await fetch(`${running.url}/api/v1/books`);
      expect(gone.status).toBe(410);
      expect(gone.headers.get("sunset")).toBe("Thu, 31 Dec 2026 23:59:59 GMT");
    } finally {
      await running.close();
    }
  });
});

describe("a start", () => {
  it.each([
    [{ default: "v7" }, "there is no version v7"],
    [{ in: "mediaType", name: "application/json" }, "has no {version}"],
    [{ ends: { v7: {} } }, "there is no version v7"],
    [{ ends: { v1: { sunset: "soon" } } }, "this is no date: soon"],
  ] as const)("is refused: %o", (options, message) => {
    expect(() => start(options)).toThrow(message);
  });
});

describe("an operation with an end", () => {
  const ending = document("v1");
  Object.assign(ending.paths["/books"].get, {
    deprecated: true,
    "x-sunset": "2026-06-30",
  });

  it("is counted by client, and gone after its sunset where that is wanted", async () => {
    const { createRouter } = await generateService("versions-end", ending);
    let now = Date.parse("2026-06-01T00:00:00Z");
    const calls: unknown[] = [];
    const app = createApp();
    app.use(
      createRouter(handlers("v1"), {
        now: () => now,
        afterSunset: "gone",
        prefix: true,
        logger: recordingLogger().logger,
        onDeprecated: ({ operationId, address }: Record<string, unknown>) => {
          calls.push([operationId, address]);
          if (calls.length === 1) throw new Error("the counter is broken");
        },
      }).routes(),
    );
    const running = await serve(app);
    try {
      expect((await fetch(`${running.url}/api/v1/books`)).status).toBe(200);
      now = Date.parse("2026-07-01T00:00:00Z");
      const gone = await fetch(`${running.url}/api/v1/books`);
      expect([gone.status, await gone.json()]).toMatchObject([
        410,
        { detail: "this is gone since 2026-06-30T00:00:00.000Z" },
      ]);
      expect((await fetch(`${running.url}/books`)).status).toBe(404);
      expect(calls).toHaveLength(2);
      expect(calls[0]).toEqual([
        "listBooks",
        expect.stringMatching(/127\.0\.0\.1|::1/),
      ]);
    } finally {
      await running.close();
    }
  });
});
