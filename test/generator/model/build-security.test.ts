import { expect, it } from "vitest";
import { build } from "./build.js";

const securitySchemes = {
  key: { type: "apiKey", in: "query", name: "k", description: "D" },
  bearer: { type: "http", scheme: "BEARER", bearerFormat: "JWT" },
  oauth: {
    type: "oauth2",
    flows: {
      clientCredentials: {
        tokenUrl: "https://example.com",
        scopes: { read: "r" },
      },
      password: {
        tokenUrl: "https://example.com",
        scopes: { read: "r", write: "w" },
      },
    },
  },
  oidc: { type: "openIdConnect", openIdConnectUrl: "https://example.com" },
  tls: { type: "mutualTLS" },
  __proto__x: { $ref: "#/components/securitySchemes/key" },
  weird: { type: "weird" },
};

it("schemes are what they are declared as", async () => {
  const { api } = await build({
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: {},
    components: { securitySchemes },
  });
  expect(api.security).toMatchObject([
    { name: "key", kind: "apiKey", in: "query", parameter: "k" },
    { name: "bearer", kind: "http", scheme: "bearer", bearerFormat: "JWT" },
    { name: "oauth", kind: "oauth2", scopes: ["read", "write"] },
    { name: "oidc", kind: "openIdConnect", url: "https://example.com" },
    { name: "tls", kind: "mutualTLS" },
    { name: "__proto__x", kind: "apiKey", in: "query", parameter: "k" },
  ]);
  expect(api.security[0]?.doc.description).toBe("D");
});

const rows: [name: string, root: unknown, own: unknown, want: unknown][] = [
  ["nothing", undefined, undefined, []],
  [
    "inherited",
    [{ key: [] }],
    undefined,
    [{ schemes: [{ name: "key", scopes: [] }] }],
  ],
  ["opened", [{ key: [] }], [], []],
  [
    "optional",
    undefined,
    [{}, { key: [] }],
    [{ schemes: [] }, { schemes: [{ name: "key", scopes: [] }] }],
  ],
  [
    "and",
    undefined,
    [{ key: [], oauth: ["read"] }],
    [
      {
        schemes: [
          { name: "key", scopes: [] },
          { name: "oauth", scopes: ["read"] },
        ],
      },
    ],
  ],
  [
    "or",
    undefined,
    [{ key: [] }, { bearer: [] }],
    [
      { schemes: [{ name: "key", scopes: [] }] },
      { schemes: [{ name: "bearer", scopes: [] }] },
    ],
  ],
  [
    "unknown names stay",
    undefined,
    [{ nope: [] }],
    [{ schemes: [{ name: "nope", scopes: [] }] }],
  ],
  [
    "a name alone is not open",
    undefined,
    ["key"],
    [{ schemes: [{ name: "key", scopes: [] }] }],
  ],
  [
    "null is not open",
    [{ key: [] }],
    [null],
    [{ schemes: [{ name: "null", scopes: [] }] }],
  ],
  [
    "an object alone is its only alternative",
    [{ key: [] }],
    { bearer: [] },
    [{ schemes: [{ name: "bearer", scopes: [] }] }],
  ],
  [
    "no value at all inherits",
    [{ key: [] }],
    null,
    [{ schemes: [{ name: "key", scopes: [] }] }],
  ],
];
it.each(rows)("requirements: %s", async (_, root, own, want) => {
  const { operation } = await build({
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    ...(root !== undefined && { security: root }),
    paths: {
      "/a": {
        get: {
          operationId: "a",
          responses: { "200": { description: "ok" } },
          ...(own !== undefined && { security: own }),
        },
      },
    },
    components: { securitySchemes },
  });
  expect(operation("a").security).toEqual(want);
});
