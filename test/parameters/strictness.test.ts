/** What requests may not do with parameters, and what they may. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import { type Served, serveDocument } from "./served-document.js";

const responses = { "204": { description: "read" } };
const query = (name: string, schema: Json, more: JsonObject = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});
const object = (properties: JsonObject): JsonObject => ({
  type: "object",
  properties,
  additionalProperties: false,
});
const listOrScalar = {
  anyOf: [
    { type: "integer" },
    { type: "array", items: { type: "string" }, maxItems: 3 },
  ],
};

const document: JsonObject = {
  openapi: "3.1.1",
  info: { title: "Strictness", version: "1" },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "query", name: "api_key" },
    },
  },
  paths: {
    "/typed": {
      get: {
        parameters: [
          query("n", { type: "number" }),
          query("i", { type: "integer" }),
          query("b", { type: "boolean" }),
        ],
        responses,
      },
    },
    "/lists": {
      get: {
        parameters: [
          query("x", listOrScalar),
          query("y", listOrScalar, { explode: false }),
          query("z", {
            type: ["string", "array"],
            items: { enum: ["a", "b"] },
          }),
          query("any", {}),
        ],
        responses,
      },
    },
    "/strict": {
      get: {
        "x-unknown-query": "refuse",
        parameters: [
          query("a", { type: "string" }),
          query("f", object({ b: { type: "string" } }), {
            style: "deepObject",
          }),
          query("o", object({ c: { type: "string" } })),
        ],
        responses,
      },
    },
    "/keyed": {
      get: {
        "x-unknown-query": "refuse",
        security: [{ key: [] }, {}],
        responses,
      },
    },
    "/free": {
      "x-unknown-query": "refuse",
      get: {
        parameters: [
          query("rest", {
            type: "object",
            additionalProperties: { type: "string" },
          }),
        ],
        responses,
      },
    },
    "/open": { get: { parameters: [query("a", {})], responses } },
    "/loose": {
      get: { "x-unknown-query": "ignore", parameters: [], responses },
    },
    "/odd": {
      get: {
        parameters: [
          query("__proto__", { type: "string" }, { required: true }),
          query("constructor", { type: "integer" }),
          query("", { type: "string" }),
        ],
        responses,
      },
    },
  },
};

let served: Served;
let refusing: Served;
beforeAll(async () => {
  const security = { key: () => ({ id: "somebody" }) };
  served = await serveDocument("strictness", document, { security });
  refusing = await serveDocument("strictness-refusing", document, {
    security,
    unknownQuery: "refuse",
  });
}, 60_000);
afterAll(async () => {
  await served.close();
  await refusing.close();
});

async function read(target: string, server = served) {
  const { status, received, errors } = await server.send({ target });
  return status === 204
    ? { ...received?.query }
    : [status, ...errors.map(({ parameter, code }) => `${parameter} ${code}`)];
}

describe("text that is no number, integer or boolean", () => {
  const bad = [
    "0x10",
    "",
    "%20",
    "Infinity",
    "NaN",
    "1_000",
    "%2B1",
    "%201",
    "01",
    "1%20",
    "-",
    ".5",
    "5.",
    "1e999",
  ];
  it.each([
    ...bad.flatMap((text) => [`n=${text}`, `i=${text}`]),
    "i=1e2",
    "i=1.0",
    "i=9007199254740992",
    "i=-9223372036854775808",
    "b=1",
    "b=TRUE",
    "b=",
    "b=yes",
  ])("%s", async (text) => {
    expect(await read(`/typed?${text}`)).toEqual([
      400,
      `${text.slice(0, 1)} type`,
    ]);
  });

  it.each<[string, object]>([
    ["i=9007199254740991", { i: 9_007_199_254_740_991 }],
    ["i=-0", { i: 0 }],
    ["n=1e2", { n: 100 }],
    ["n=-0.5", { n: -0.5 }],
    ["b=false", { b: false }],
  ])("but %s is one", async (text, want) => {
    expect(await read(`/typed?${text}`)).toEqual(want);
  });
});

describe("a parameter that may be a scalar or a list", () => {
  it.each<[string, unknown]>([
    ["x=5", { x: 5 }],
    ["x=5&x=6", { x: ["5", "6"] }],
    ["x=five", { x: ["five"] }],
    ["y=5", { y: 5 }],
    ["y=5,6", { y: ["5", "6"] }],
    ["y=a%2Cb", { y: ["a,b"] }],
    ["z=a", { z: "a" }],
    ["z=a&z=b", { z: ["a", "b"] }],
    ["z=a&z=c", [400, "z enum"]],
    ["x=1&x=2&x=3&x=4", [400, "x maxItems"]],
    ["any=a,b", { any: "a,b" }],
    ["any=a&any=b", [400, "any repeated"]],
  ])("%s", async (text, want) => {
    expect(await read(`/lists?${text}`)).toEqual(want);
  });
});

describe("parameters that no operation declares", () => {
  it.each<[string, unknown]>([
    ["/strict?a=1&f[b]=2&c=3", { a: "1", f: { b: "2" }, o: { c: "3" } }],
    ["/strict?a=1&utm=2&%C3%A9=3&utm=4", [400, "utm unknown", "é unknown"]],
    ["/strict?A=1", [400, "A unknown"]],
    ["/strict?ff[b]=1", [400, "ff[b] unknown"]],
    ["/strict?&&", {}],
    ["/keyed?api_key=k", {}],
    ["/keyed?api_keys=k", [400, "api_keys unknown"]],
    ["/free?whatever=1", { rest: { whatever: "1" } }],
    ["/open?b=1", {}],
    ["/loose?b=1", {}],
  ])("%s", async (target, want) => {
    expect(await read(target)).toEqual(want);
  });

  it("are refused by option too, unless the document says otherwise", async () => {
    expect(await read("/open?b=1", refusing)).toEqual([400, "b unknown"]);
    expect(await read("/open?a=1", refusing)).toEqual({ a: "1" });
    expect(await read("/loose?b=1", refusing)).toEqual({});
  });
});

describe("odd requests", () => {
  it("keep names of prototypes as names", async () => {
    expect(await read("/odd?__proto__=x&constructor=2&=y")).toEqual(
      JSON.parse('{"__proto__":"x","constructor":2,"":"y"}'),
    );
    expect(await read("/odd?constructor=2")).toEqual([
      400,
      "__proto__ required",
    ]);
    expect(await read("/odd?__proto__=x&constructor=c")).toEqual([
      400,
      "constructor type",
    ]);
    expect("x" in {}).toBe(false);
  });

  it("are refused when they have very many parameters", async () => {
    const [status] = Object.values(await read(`/open?${"a=1&".repeat(2_000)}`));
    expect(status).toBe(400);
  });

  it.each(["%", "%zz", "%ff", "%00", "%c0%af"])(
    "are refused for %s, in names and values, whoever reads them",
    async (text) => {
      for (const query of [`a=${text}`, `${text}=a`, `b=${text}`]) {
        const { status } = await served.send({ target: `/open?${query}` });
        expect(status).toBe(400);
      }
    },
  );
});
