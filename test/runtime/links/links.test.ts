/** Links of answers, from the document to the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Koa from "koa";
import { generateService, type Service } from "../../service.js";
import { type Running, serve } from "../fixture/serve.js";

const id = (name: string) => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
});
const json = (schema: object, more: object = {}) => ({
  description: "Fine",
  content: { "application/json": { schema } },
  ...more,
});
const shelf = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string" },
    owner: { type: "string" },
    _links: {
      type: "object",
      additionalProperties: {
        type: "object",
        required: ["href"],
        properties: { href: { type: "string" } },
      },
    },
  },
};

const document = (style: string | undefined) => ({
  openapi: "3.1.0",
  info: { title: "Shelves", version: "1" },
  ...(style === undefined ? {} : { "x-links-style": style }),
  security: [{}, { key: [] }, { token: [] }],
  paths: {
    "/shelves": {
      get: {
        operationId: "listShelves",
        parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
        "x-links": {
          search: {
            operationId: "listShelves",
            parameters: { q: "all of {$request.query.q}" },
          },
          item: {
            operationId: "getShelf",
            parameters: { shelfId: "$response.body#/items/*/id" },
          },
          make: "makeShelf",
        },
        responses: {
          "200": json({
            type: "object",
            properties: { items: { type: "array", items: shelf } },
          }),
        },
      },
      post: {
        operationId: "makeShelf",
        security: [{ token: ["write"] }],
        responses: {
          "201": {
            description: "Made",
            headers: { Location: { schema: { type: "string" } } },
            links: {
              self: {
                operationRef: "#/paths/~1shelves~1{shelfId}/get",
                parameters: { shelfId: "$response.header.Location" },
              },
            },
          },
        },
      },
    },
    "/shelves/{shelfId}": {
      parameters: [id("shelfId")],
      get: {
        operationId: "getShelf",
        responses: {
          "200": json(
            { ...shelf, required: ["id", "_links"] },
            {
              links: {
                owner: {
                  operationId: "getOwner",
                  parameters: { "path.name": "$response.body#/owner" },
                },
                self: { operationId: "getShelf" },
                remove: { operationId: "removeShelf" },
                audit: { operationId: "auditShelf" },
                search: {
                  operationId: "listShelves",
                  parameters: { q: "$response.body#/id" },
                },
              },
            },
          ),
          "404": {
            description: "None",
            links: { collection: { operationId: "listShelves" } },
          },
        },
      },
      delete: {
        operationId: "removeShelf",
        security: [{ key: [] }],
        responses: { "204": { description: "Gone" } },
      },
    },
    "/shelves/{shelfId}/audit": {
      parameters: [id("shelfId")],
      get: {
        operationId: "auditShelf",
        security: [{ token: ["audit"] }],
        responses: { "204": { description: "Fine" } },
      },
    },
    "/owners/{name}": {
      parameters: [id("name")],
      get: {
        operationId: "getOwner",
        responses: {
          "200": json(
            { type: "object", properties: { name: { type: "string" } } },
            { links: { self: { operationId: "getOwner" } } },
          ),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      token: { type: "http", scheme: "bearer" },
    },
  },
});

const handlers = {
  root: {
    listShelves: () => ({
      status: 200,
      body: { items: [{ id: "a/b" }, { id: "c" }] },
    }),
    makeShelf: () => ({ status: 201, headers: { Location: "new one" } }),
    getShelf: ({ params }: { params: { shelfId: string } }) =>
      params.shelfId === "none"
        ? { status: 404 }
        : {
            status: 200,
            body: {
              id: params.shelfId,
              ...(params.shelfId === "mine" && { owner: "Zoë" }),
            },
          },
    removeShelf: () => ({ status: 204 }),
    auditShelf: () => ({ status: 204 }),
    getOwner: ({ params }: { params: { name: string } }) => ({
      status: 200,
      body: { name: params.name },
    }),
  },
};
const options = {
  security: {
    key: () => ({ id: "staff" }),
    token: (credential: string) => ({
      id: "person",
      scopes: credential.split("+"),
    }),
  },
};

async function start(
  { createRouter }: Service,
  mount: string,
): Promise<Running> {
  const app = new Koa();
  const router = createRouter(handlers, options);
  if (mount !== "")
    Reflect.apply(Reflect.get(router, "prefix"), router, [mount]);
  app.use(router.routes());
  return serve(app);
}

/** `rel` → reference. */
function linksOf(response: Response): Record<string, string> {
  const field = response.headers.get("link") ?? "";
  return Object.fromEntries(
    Array.from(field.matchAll(/<([^>]*)>; rel="([^"]*)"/g), ([, href, rel]) => [
      rel,
      href,
    ]),
  );
}

describe("links of answers", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start(
      await generateService("links-header", document(undefined)),
      "/api/v1",
    );
  });
  afterAll(() => running.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${running.url}/api/v1${path}`, { headers });

  it("are sent as references below the mount, values encoded, and without those whose values are missing", async () => {
    expect(linksOf(await get("/shelves/mine"))).toEqual({
      owner: "/api/v1/owners/Zo%C3%AB",
      self: "/api/v1/shelves/mine",
      search: "/api/v1/shelves?q=mine",
    });
    expect(linksOf(await get("/shelves/x%2Fy"))).toEqual({
      self: "/api/v1/shelves/x%2Fy",
      search: "/api/v1/shelves?q=x%2Fy",
    });
  });

  it("lead only to what the principal may call", async () => {
    const staff = linksOf(await get("/shelves/c", { "X-Key": "k" }));
    expect(Object.keys(staff)).toEqual(["self", "remove", "search"]);
    const reader = { Authorization: "Bearer read" };
    expect(Object.keys(linksOf(await get("/shelves/c", reader)))).toEqual([
      "self",
      "search",
    ]);
    const auditor = { Authorization: "Bearer read+audit" };
    expect(linksOf(await get("/shelves/c", auditor))).toHaveProperty(
      "audit",
      "/api/v1/shelves/c/audit",
    );
  });

  it("stand in the body where its schema has room, so that the handler need not know", async () => {
    const response = await get("/shelves/mine");
    expect(await response.json()).toEqual({
      id: "mine",
      owner: "Zoë",
      _links: {
        owner: { href: "/api/v1/owners/Zo%C3%AB" },
        self: { href: "/api/v1/shelves/mine" },
        search: { href: "/api/v1/shelves?q=mine" },
      },
    });
  });

  it("of items stand in each item, those of the list in the header", async () => {
    const response = await get("/shelves?q=b%20c");
    expect(linksOf(response)).toEqual({
      search: "/api/v1/shelves?q=all%20of%20b%20c",
    });
    expect(await response.json()).toEqual({
      items: [
        { id: "a/b", _links: { item: { href: "/api/v1/shelves/a%2Fb" } } },
        { id: "c", _links: { item: { href: "/api/v1/shelves/c" } } },
      ],
    });
  });

  it("go with answers that have no body, by status, and take values from headers", async () => {
    const made = await fetch(`${running.url}/api/v1/shelves`, {
      method: "POST",
      headers: { Authorization: "Bearer write" },
    });
    expect(made.status).toBe(201);
    expect(linksOf(made)).toEqual({ self: "/api/v1/shelves/new%20one" });
    const none = await get("/shelves/none");
    expect([none.status, linksOf(none)]).toEqual([
      404,
      { collection: "/api/v1/shelves" },
    ]);
  });

  it("are followed, each of them", async () => {
    const seen = new Set<string>();
    const pending = ["/api/v1/shelves?q=x"];
    const auditor = { Authorization: "Bearer write+audit" };
    for (
      let next = pending.shift();
      next !== undefined;
      next = pending.shift()
    ) {
      if (seen.has(next) || seen.size > 30) continue;
      seen.add(next);
      const response = await fetch(running.url + next, { headers: auditor });
      expect([next, response.status < 300]).toEqual([next, true]);
      const text = await response.text();
      const hrefs = [...text.matchAll(/"href":"([^"]*)"/g)].map(
        ([, href = ""]) => href,
      );
      pending.push(...Object.values(linksOf(response)), ...hrefs);
    }
    expect(seen).toContain("/api/v1/shelves/a%2Fb/audit");
  });
});

describe("x-links-style", () => {
  it("`hal` writes `_links` into bodies whose schema is open, and no header", async () => {
    const running = await start(
      await generateService("links-hal", document("hal")),
      "",
    );
    try {
      const response = await fetch(`${running.url}/owners/Ann`);
      expect(response.headers.get("link")).toBeNull();
      expect(await response.text()).toBe(
        '{"_links":{"self":{"href":"/owners/Ann"}},"name":"Ann"}',
      );
    } finally {
      await running.close();
    }
  });

  it("`none` leaves only what schemas declare", async () => {
    const running = await start(
      await generateService("links-none", document("none")),
      "",
    );
    try {
      const owner = await fetch(`${running.url}/owners/Ann`);
      expect(await owner.text()).toBe('{"name":"Ann"}');
      const one = await fetch(`${running.url}/shelves/c`);
      expect(one.headers.get("link")).toBeNull();
      expect(await one.json()).toHaveProperty("_links.self.href", "/shelves/c");
    } finally {
      await running.close();
    }
  });
});
