/** Documentation over HTTP: paths, validators, policies, and what of the document is published. */
import { load } from "js-yaml";
import { docs, linkToDocument } from "@kontract/runtime/docs";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { lab } from "../fixture/lab.js";
import { kinds, type Running, serve } from "../fixture/serve.js";
import { toYaml } from "../../../runtime/src/docs/yaml.js";

const shop = {
  openapi: "3.1.0",
  info: { title: "</title><script>x</script>", version: "1.0.0" },
  servers: [{ url: "https://shop.example" }],
  tags: [{ name: "public" }, { name: "staff" }, { name: "unused" }],
  paths: {
    "/things": {
      get: {
        tags: ["public"],
        responses: {
          200: {
            description: "x",
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Thing" },
                example: { "x-internal": true, kept: true },
              },
            },
            links: {
              hidden: { $ref: "#/components/links/Hidden" },
            },
          },
        },
      },
      delete: {
        "x-internal": true,
        tags: ["staff"],
        security: [{ staffKey: [] }],
        responses: {
          200: {
            description: "x",
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Deletion" },
              },
            },
          },
        },
      },
    },
    "/secret-canary": { "x-internal": true, get: { responses: {} } },
    "/only": { post: { "x-kontract-internal": true, responses: {} } },
  },
  components: {
    links: { Hidden: { "x-internal": true, operationId: "x" } },
    securitySchemes: {
      staffKey: { type: "apiKey", in: "header", name: "X-Canary" },
    },
    schemas: {
      Thing: {
        type: "object",
        required: ["name", "costCanary", "margin"],
        properties: {
          name: { type: "string" },
          costCanary: { type: "integer", "x-internal": true },
          margin: { $ref: "#/components/schemas/Alias" },
          example: { type: "string" },
          list: {
            type: "array",
            items: { $ref: "#/components/schemas/Margin" },
          },
        },
      },
      Margin: { "x-internal": true, type: "number", title: "canary" },
      Alias: { $ref: "#/components/schemas/Margin" },
      Deletion: { type: "object", title: "canary" },
      NeverUsed: { type: "string" },
    },
  },
};

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.each(kinds)("documentation in %s", (_kind, make) => {
  async function start(options: object = {}): Promise<string> {
    const app = make();
    app.use(linkToDocument());
    app.use(docs({ document: shop, ...options }));
    app.use(lab([{ path: "/ping" }]).routes());
    running = await serve(app);
    return running.url;
  }

  it("publishes nothing that is internal, nor what only that needs", async () => {
    const url = await start({ version: "1.0.7+build.3" });
    const response = await fetch(`${url}/openapi.json`);
    const text = await response.text();
    expect(text).not.toMatch(/canary/i);
    const published = JSON.parse(text);
    expect(published.info.version).toBe("1.0.7+build.3");
    expect(Object.keys(published.paths)).toEqual(["/things"]);
    expect(Object.keys(published.paths["/things"])).toEqual(["get"]);
    expect(Object.keys(published.components.schemas)).toEqual([
      "Thing",
      "NeverUsed",
    ]);
    expect(published.components.securitySchemes).toEqual({});
    expect(published.components.schemas.Thing).toMatchObject({
      required: ["name"],
      properties: { example: { type: "string" }, list: { items: {} } },
    });
    expect(published.paths["/things"].get.responses["200"]).toMatchObject({
      content: {
        "application/json": { example: { "x-internal": true, kept: true } },
      },
      links: {},
    });
    expect(published.tags).toEqual([{ name: "public" }, { name: "unused" }]);
    expect(published.servers.map(({ url }: { url: string }) => url)).toEqual([
      "./",
      "https://shop.example",
    ]);
    expect(response.headers.get("link")).toBe(
      '</openapi.json>; rel="service-desc"',
    );
    // What was handed over is as it was.
    expect(shop.info.version).toBe("1.0.0");
  });

  it("gives the same as YAML", async () => {
    const url = await start();
    const yaml = await fetch(`${url}/openapi.yaml`);
    expect(yaml.headers.get("content-type")).toMatch(/^application\/yaml/);
    const json: unknown = await (await fetch(`${url}/openapi.json`)).json();
    expect(load(await yaml.text())).toEqual(json);
  });

  it("answers 304 to those who have it", async () => {
    const url = await start();
    for (const path of ["/openapi.json", "/openapi.yaml", "/docs"]) {
      const first = await fetch(`${url}${path}`);
      await first.arrayBuffer();
      const tag = first.headers.get("etag") ?? "";
      expect(tag).toMatch(/^"[\w-]{43}"$/);
      for (const condition of [tag, `"x", W/${tag}`, "*"]) {
        const again = await fetch(`${url}${path}`, {
          headers: { "If-None-Match": condition },
        });
        expect([again.status, await again.text()]).toEqual([304, ""]);
        expect(again.headers.get("etag")).toBe(tag);
      }
      const changed = await fetch(`${url}${path}`, {
        headers: { "If-None-Match": '"other"' },
      });
      await changed.arrayBuffer();
      expect(changed.status).toBe(200);
    }
  });

  it("has strict policies, fresh nonces, and no way into its pages", async () => {
    const url = await start();
    const page = await fetch(`${url}/docs`);
    expect(page.headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'",
    );
    const html = await page.text();
    expect(html).not.toContain("<script>x");
    expect(html).toContain("&#60;/title&#62;");
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const redoc = await fetch(`${url}/redoc`);
      const policy = redoc.headers.get("content-security-policy") ?? "";
      const [, nonce = ""] = /'nonce-([\w+/=]{24})'/.exec(policy) ?? [];
      const text = await redoc.text();
      expect(text).toContain(nonce.replaceAll("&", "&#38;"));
      expect(policy).not.toContain("unsafe");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
    for (const [, asset = ""] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const got = await fetch(`${url}/${asset}`);
      expect([asset, got.status]).toEqual([asset, 200]);
      expect(got.headers.get("x-content-type-options")).toBe("nosniff");
      await got.arrayBuffer();
    }
    const redirect = await fetch(`${url}/docs/oauth2-redirect.html`);
    expect(await redirect.text()).toContain("oauth2-redirect.js");
    expect((await fetch(`${url}/docs/..%2fpackage.json`)).status).toBe(404);
    expect((await fetch(`${url}/ping`)).status).toBe(200);
  });

  it("can be put elsewhere, and in parts", async () => {
    const url = await start({ base: "/internal", redoc: false });
    const statuses: Record<string, number> = {};
    for (const path of ["/internal/docs", "/internal/redoc", "/docs"]) {
      const got = await fetch(`${url}${path}`);
      await got.arrayBuffer();
      statuses[path] = got.status;
    }
    expect(statuses).toEqual({
      "/internal/docs": 200,
      "/internal/redoc": 404,
      "/docs": 404,
    });
  });
});

it("writes YAML that both ages of readers take for the same", () => {
  const value = {
    no: "yes",
    "1.1": 1.1,
    "2026-01-01": "2026-01-01",
    empty: { list: [], map: {}, text: "" },
    texts: ["a: b", "- x", "# c", " lead", "a\nb", "\u0085\u2028\u007f", "0o7"],
    more: ["null", "~", "1e3", "a'b", 'a"b', "{x}", "*a", "&b", "!t", "12:30"],
    nested: [[1, [2]], { a: [{ b: null }], c: true }],
    __proto__key: "x",
  };
  const text = toYaml(value);
  expect(load(text)).toEqual(value);
  expect(parse(text)).toEqual(value);
  expect(parse(text, { version: "1.1" })).toEqual(value);
});
