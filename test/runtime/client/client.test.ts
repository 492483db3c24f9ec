/** The generated client, over real connections, against the generated router: what one writes the other reads. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Call } from "@kontract/runtime/client";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  expectTypeOf,
  it,
} from "vitest";
import type { Client } from "../../../generated/client.js";
import type { Book, BookPage, Problem } from "../../../generated/index.js";
import type { Running } from "../fixture/serve.js";
import { serveDocument } from "../../service.js";

const text = { type: "string" };
const list = { type: "array", items: text };
const object = {
  type: "object",
  properties: { a: text, b: { type: "integer" } },
};
const json = (schema: object) => ({ "application/json": { schema } });
const param = (
  place: string,
  name: string,
  schema: object,
  extra: object = {},
) => ({
  in: place,
  name,
  schema,
  ...(place === "path" ? { required: true } : {}),
  ...extra,
});

const document = {
  openapi: "3.1.0",
  info: { title: "Echo", version: "1" },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "query", name: "key" },
      basic: { type: "http", scheme: "basic" },
      token: { type: "http", scheme: "bearer" },
    },
  },
  paths: {
    "/echo/{simple}/{label}/{matrix}": {
      post: {
        operationId: "echo",
        parameters: [
          param("path", "simple", text),
          param("path", "label", list, { style: "label", explode: true }),
          param("path", "matrix", object, { style: "matrix" }),
          param("query", "plain", text),
          param("query", "list", list),
          param("query", "joined", list, { explode: false }),
          param("query", "piped", list, {
            style: "pipeDelimited",
            explode: false,
          }),
          param("query", "deep", object, { style: "deepObject" }),
          { in: "query", name: "json", content: json(object) },
          param("header", "X-List", list),
          param("header", "X-Object", object, { explode: true }),
          param("cookie", "crumb", text),
        ],
        requestBody: { content: json(object) },
        responses: { "200": { description: "What came", content: json({}) } },
      },
    },
    "/form": {
      post: {
        operationId: "form",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                properties: {
                  name: text,
                  tags: list,
                  count: { type: "integer" },
                },
              },
            },
          },
        },
        responses: { "200": { description: "What came", content: json({}) } },
      },
    },
    "/upload": {
      post: {
        operationId: "upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: {
                  title: text,
                  file: { type: "string", format: "binary" },
                  meta: object,
                },
              },
            },
          },
        },
        responses: { "200": { description: "What came", content: json({}) } },
      },
    },
    "/secret": {
      get: {
        operationId: "secret",
        security: [{ key: [], basic: [] }, { token: [] }],
        responses: {
          "200": { description: "Who", content: json({}) },
          "401": { description: "Nobody" },
        },
      },
    },
    "/kinds/{kind}": {
      get: {
        operationId: "kinds",
        parameters: [param("path", "kind", text)],
        responses: {
          "200": {
            description: "Some",
            content: { "text/plain": { schema: text } },
          },
          "201": {
            description: "Bytes",
            content: { "application/octet-stream": {} },
          },
          "204": { description: "Nothing" },
          "404": {
            description: "No",
            content: {
              "application/problem+json": { schema: { type: "object" } },
            },
          },
        },
      },
    },
  },
};

interface Input {
  params: Record<string, unknown>;
  query?: unknown;
  headers?: unknown;
  cookies?: unknown;
  body?: Record<string, unknown>;
  principal?: unknown;
  reply: { ok(body: unknown): unknown };
}

type AnyCall = (
  input?: object,
) => Promise<{ status: number; body: unknown; headers: Headers }>;
let running: Running;
let calls: Record<string, AnyCall>;

beforeAll(async () => {
  const echo = ({ params, query, headers, cookies, body, reply }: Input) =>
    reply.ok({ params, query, headers, cookies, body });
  const root = {
    echo,
    form: echo,
    upload: ({ body = {}, reply }: Input) => {
      const { file, ...rest } = body;
      return reply.ok({
        ...rest,
        file: Buffer.from(file as Uint8Array).toString("hex"),
      });
    },
    secret: ({ principal, reply }: Input) => reply.ok(principal),
    kinds: ({ params }: Input) =>
      params["kind"] === "text"
        ? { status: 200, body: "grüß" }
        : params["kind"] === "bytes"
          ? { status: 201, body: new Uint8Array([1, 2, 255]) }
          : params["kind"] === "none"
            ? { status: 204 }
            : { status: 404, body: { title: "no" } },
  };
  running = await serveDocument(
    "client",
    document,
    { root },
    {
      security: {
        key: (id: string) => ({ id }),
        basic: ({
          username,
          password,
        }: {
          username: string;
          password: string;
        }) => ({ id: `${username}:${password}` }),
        token: (id: string) => ({ id }),
      },
    },
  );
  const folder = fileURLToPath(
    new URL("../../../.cache/services/client/generated/", import.meta.url),
  );
  const module = (await import(
    pathToFileURL(join(folder, "client.ts")).href
  )) as {
    createClient(options: object): { root: Record<string, AnyCall> };
  };
  let asked = 0;
  const client = module.createClient({
    baseUrl: `${running.url}/`,
    credentials: {
      key: "k",
      basic: { username: "ann", password: "p:é" },
      token: () => (asked++ === 0 ? undefined : "t"),
    },
  });
  calls = client.root;
});
afterAll(() => running.close());

const call = (name: string, input?: object) => {
  const found = calls[name];
  if (!found) throw new Error(`no call ${name}`);
  return found(input);
};

describe("a generated client", () => {
  it("writes parameters of every place and style as the router reads them", async () => {
    const nasty = "a/b?c=d&e+f%20 é;,.'";
    const input = {
      params: {
        simple: nasty,
        label: ["x.y", "z"].map((each) => each.replace(".", "")),
        matrix: { a: "m;n,", b: 7 },
      },
      query: {
        plain: nasty,
        list: ["1,2", "&"],
        joined: ["p", "q r"],
        piped: ["p", "q"],
        deep: { a: nasty, b: 3 },
        json: { a: "{}", b: 1 },
      },
      headers: { "x-list": ["one", "two"], "x-object": { a: "v", b: 2 } },
      cookies: { crumb: "c;d=é" },
      body: { a: "body", b: 9 },
    };
    const { status, body } = await call("echo", input);
    expect(status).toBe(200);
    expect(body).toEqual(input);
  });

  it("leaves out what is not given", async () => {
    const { body } = await call("echo", {
      params: { simple: "1", label: ["2"], matrix: { a: "3" } },
      query: { plain: undefined },
    });
    expect(body).toMatchObject({ query: {}, cookies: {} });
    await expect(call("echo", { params: {} })).rejects.toThrow(
      "the path has no `simple`",
    );
  });

  it("sends forms, and files", async () => {
    const form = { name: "a&b=ü", tags: ["x", "y"], count: 3 };
    expect((await call("form", { body: form })).body).toMatchObject({
      body: form,
    });
    const { body } = await call("upload", {
      body: {
        title: "T",
        file: new Uint8Array([0, 1, 254]),
        meta: { a: "m", b: 1 },
      },
    });
    expect(body).toEqual({
      title: "T",
      file: "0001fe",
      meta: { a: "m", b: 1 },
    });
  });

  it("sends the credentials that an operation asks for", async () => {
    expect((await call("secret")).body).toEqual({
      key: { id: "k" },
      basic: { id: "ann:p:é" },
    });
    const { status, body } = await call("secret");
    expect([status, body]).toEqual([200, { id: "t" }]);
  });

  it.each([
    ["text", 200, "grüß"],
    ["bytes", 201, new Uint8Array([1, 2, 255])],
    ["none", 204, undefined],
    ["other", 404, { type: "about:blank", title: "no", status: 404 }],
  ])("reads answers by their media type: %s", async (kind, status, body) => {
    const answer = await call("kinds", { params: { kind } });
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it("ends when it is told to", async () => {
    const signal = AbortSignal.abort();
    await expect(call("secret", { signal })).rejects.toThrow();
  });
});

describe("the types of a client", () => {
  type Books = Client["books"];
  type Answer<Function> =
    Function extends Call<infer _Operation, infer _Defaults>
      ? Awaited<ReturnType<Extract<Function, (...input: never[]) => unknown>>>
      : never;

  it("have answers by status", () => {
    expectTypeOf<
      Extract<Answer<Books["getBook"]>, { status: 200 }>["body"]
    >().toEqualTypeOf<Book>();
    expectTypeOf<
      Extract<Answer<Books["getBook"]>, { status: 404 }>["body"]
    >().toEqualTypeOf<Problem>();
    expectTypeOf<
      Extract<Answer<Books["deleteBook"]>, { status: 204 }>["body"]
    >().toEqualTypeOf<undefined>();
    // The whole page, whatever the handler answers with.
    expectTypeOf<
      Extract<Answer<Books["listBooks"]>, { status: 200 }>["body"]
    >().toEqualTypeOf<BookPage>();
  });

  it("require what the operation requires, and let defaults be left out", () => {
    expectTypeOf<Books["listBooks"]>().toBeCallableWith();
    expectTypeOf<Books["listBooks"]>().toBeCallableWith({
      query: { page: 2, tag: ["a"] },
    });
    expectTypeOf<Books["getBook"]>().toBeCallableWith({
      params: { bookId: "1" },
    });
    // @ts-expect-error: a path has to be filled
    expectTypeOf<Books["getBook"]>().toBeCallableWith();
    const wrong = { query: { nothing: 1 } } as const;
    // @ts-expect-error: no such parameter
    expectTypeOf<Books["listBooks"]>().toBeCallableWith(wrong);
  });
});
