/** Declared response headers: typed, serialised by their styles, and never able to split a response (RFC 9110 section 5.5, CWE-113). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compileErrors,
  documentOf,
  type Generated,
  generated,
  rejectedLines,
  served,
  type Service,
} from "./service.js";

const headers = {
  "X-Total": { required: true, schema: { type: "integer" } },
  "X-Price": { schema: { type: "number" } },
  "X-Fresh": { schema: { type: "boolean" } },
  "X-Color": { schema: { type: "string", enum: ["red", "blue"] } },
  "X-Tags": { schema: { type: "array", items: { type: "string" } } },
  "X-Size": { schema: { $ref: "#/components/schemas/Size" } },
  "X-Box": { explode: true, schema: { $ref: "#/components/schemas/Size" } },
  "X-Meta": {
    content: {
      "application/json": {
        schema: { type: "object", additionalProperties: { type: "string" } },
      },
    },
  },
  "X-Note": { schema: { type: "string" } },
  "Content-Length": { schema: { type: "integer" } },
  "Content-Type": { schema: { type: "string" } },
  "Set-Cookie": { schema: { type: "string" } },
};
const Size = {
  type: "object",
  properties: { w: { type: "integer" }, h: { type: "integer" } },
};
const paths = {
  "/": {
    get: {
      operationId: "getAll",
      responses: {
        200: {
          description: "",
          headers,
          content: { "text/plain": { schema: { type: "string" } } },
        },
        204: { description: "" },
      },
    },
  },
};

describe.each(["createApp", "koa"] as const)("headers in %s", (kind) => {
  let output: Generated;
  let service: Service;
  let given: object = {};
  beforeAll(async () => {
    output = await generated(
      `headers-${kind}`,
      documentOf(paths, { schemas: { Size } }),
    );
    service = await served(
      output,
      {
        root: { getAll: () => ({ status: 200, body: "text", headers: given }) },
      },
      { validateResponses: "off" },
      kind,
    );
  });
  afterAll(() => service.close());
  const get = async (values: object) => {
    given = values;
    return fetch(`${service.url}/`);
  };

  it.each<[string, unknown, string]>([
    ["x-total", 7, "7"],
    ["x-price", 0.5, "0.5"],
    ["x-fresh", false, "false"],
    ["x-color", "red", "red"],
    ["x-tags", ["a", "b"], "a, b"],
    ["x-size", { w: 1, h: 2 }, "w,1,h,2"],
    ["x-box", { w: 1, h: 2 }, "w=1,h=2"],
    ["x-meta", { a: "é\n" }, '{"a":"\\u00e9\\n"}'],
    ["x-note", "tab\tand é", "tab\tand é"],
    ["x-note", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["X-Note", "by another case", "by another case"],
  ])("%s %j", async (name, value, want) => {
    const response = await get({ [name]: value });
    expect(response.status).toBe(200);
    expect(response.headers.get(name)).toBe(want);
  });

  it("sends each cookie in a field of its own", async () => {
    const response = await get({ "set-cookie": ["a=1", "b=2, c"] });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2, c"]);
  });

  it("sends none that is not declared, and keeps to its own framing", async () => {
    const response = await get({
      "x-secret": "leak",
      "content-length": 1,
      "transfer-encoding": "gzip",
      "content-type": "text/html",
      "x-price": undefined,
    });
    expect(response.headers.get("x-secret")).toBeNull();
    expect(response.headers.get("x-price")).toBeNull();
    expect(response.headers.get("content-type")).toBe(
      "text/plain; charset=utf-8",
    );
    expect(await response.text()).toBe("text");
  });

  it.each(["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u0100", "\u007f"])(
    "refuses %j before anything is written",
    async (value) => {
      for (const values of [
        { "x-note": value },
        { "x-tags": ["ok", value] },
        { "x-size": { [value]: 1 } },
        { "set-cookie": value },
        { "set-cookie": ["ok", value] },
      ]) {
        const response = await get(values);
        expect(response.status).toBe(500);
        expect(response.headers.get("content-type")).toBe(
          "application/problem+json",
        );
        expect(response.headers.get("x-evil")).toBeNull();
      }
    },
  );

  it("types are those of the schemas", () => {
    if (kind === "koa") return;
    const user = `import type { RootHandlers } from "./index.js";
export const handlers: RootHandlers[] = [
  { getAll: ({ reply }) => reply.ok("x", { headers: { "x-total": 1 } }) },
  {
    getAll: ({ reply }) =>
      reply.ok("x", {
        headers: {
          "x-total": 1,
          "x-color": "red",
          "x-tags": ["a"],
          "x-size": { w: 1 },
          "x-meta": { a: "b" },
          "set-cookie": ["a=1"],
        },
      }),
  },
  { getAll: ({ reply }) => reply.ok("x") }, // rejected
  { getAll: ({ reply }) => reply.ok("x", { headers: {} }) }, // rejected
  { getAll: ({ reply }) => reply.ok("x", { headers: { "x-total": "1" } }) }, // rejected
  { getAll: ({ reply }) => reply.ok("x", { headers: { "x-total": 1, "x-color": "green" } }) }, // rejected
  { getAll: ({ reply }) => reply.ok("x", { headers: { "x-total": 1, "x-size": { w: "1" } } }) }, // rejected
  { getAll: ({ reply }) => reply.ok("x", { headers: { "x-total": 1, "x-more": 1 } }) }, // rejected
];
`;
    expect(compileErrors("headers", output, user)).toEqual(rejectedLines(user));
  });
});
