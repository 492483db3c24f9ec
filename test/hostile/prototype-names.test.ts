/** Names of `Object.prototype` in every map of a document, and in requests: they are names like any other. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { request } from "node:http";
import Koa from "koa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { outputFolder, writeTranspiled } from "../conformance/transpiled.js";
import {
  recordingLogger,
  type Running,
  serve,
} from "../runtime/fixture/serve.js";
import { faultsOf } from "./judge.js";

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty"];
const folder = outputFolder("hostile-prototype");

/** Own members, `__proto__` as well. */
const map = <T>(value: (name: string) => T): Record<string, T> =>
  Object.fromEntries(NAMES.map((name) => [name, value(name)]));

const text = { type: "string" };
const object = {
  type: "object",
  required: NAMES,
  properties: map(() => text),
  additionalProperties: false,
};
const document = {
  openapi: "3.1.0",
  info: { title: "t", version: "1" },
  security: [map(() => [])],
  paths: {
    [`/${NAMES.map((name) => `{${name}}`).join("/")}`]: {
      post: {
        operationId: "post",
        parameters: [
          ...NAMES.map((name) => ({
            name,
            in: "path",
            required: true,
            schema: text,
          })),
          ...["query", "header", "cookie"].flatMap((place) =>
            NAMES.map((name) => ({ name, in: place, schema: text })),
          ),
          {
            name: "deep",
            in: "query",
            style: "deepObject",
            schema: { type: "object", properties: map(() => text) },
          },
        ],
        requestBody: {
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/__proto__" },
              examples: map(() => ({ value: {} })),
            },
          },
        },
        responses: {
          "200": {
            description: "ok",
            headers: map(() => ({ schema: text })),
            links: map(() => ({ operationId: "post" })),
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["body"],
                  properties: {
                    body: { $ref: "#/components/schemas/__proto__" },
                    rest: { type: "object", additionalProperties: text },
                    pet: { $ref: "#/components/schemas/Pet" },
                  },
                },
              },
            },
          },
        },
        callbacks: map(() => ({ "{$request.body}": {} })),
      },
    },
  },
  components: {
    schemas: {
      ...map(() => object),
      Pet: {
        oneOf: NAMES.map((name) => ({
          $ref: `#/components/schemas/Tagged-${name}`,
        })),
        discriminator: {
          propertyName: "kind",
          mapping: map((name) => `#/components/schemas/Tagged-${name}`),
        },
      },
      ...Object.fromEntries(
        NAMES.map((name) => [
          `Tagged-${name}`,
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { type: "string" } },
          },
        ]),
      ),
    },
    securitySchemes: map((name) => ({ type: "apiKey", in: "query", name })),
  },
};

describe("names of the prototype", () => {
  let running: Running;
  let seen: Record<string, Record<string, unknown>> | undefined;

  beforeAll(async () => {
    const source = JSON.parse(JSON.stringify(document));
    const { files, diagnostics } = await generate(source);
    const errors = diagnostics.filter((each) => each.severity === "error");
    expect(errors).toEqual([]);
    const code = files.filter(({ path }) => path.endsWith(".ts"));
    expect(code.flatMap(faultsOf)).toEqual([]);
    for (const { path, text: content } of code) {
      writeTranspiled(join(folder, "out", path), content);
    }
    const { createRouter } = await import(
      pathToFileURL(join(folder, "out/index.js")).href
    );
    const post = async (input: Record<string, Record<string, unknown>>) => {
      seen = input;
      const headers = map((name) => `${name} header`);
      const body = {
        body: input["body"],
        rest: map((name) => `${name} rest`),
        pet: { kind: "__proto__" },
      };
      return { status: 200, body, headers };
    };
    const security = map(
      (name) => (key: string) => (key === "key" ? { id: name } : null),
    );
    const { logger } = recordingLogger();
    const app = new Koa();
    app.use(createRouter({ root: { post } }, { security, logger }).routes());
    running = await serve(app);
  });

  afterAll(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
    expect({}).not.toHaveProperty("polluted");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const body = JSON.stringify(map((name) => `${name} body`));
  const credentials = NAMES.map((name) => `${name}=key`);

  it("arrive as own members from every place", async () => {
    const deep = NAMES.map((name) => `deep%5B${name}%5D=${name}-deep`);
    const {
      status,
      headers,
      text: answer,
    } = await ask({
      query: [...credentials, ...deep].join("&"),
      body,
    });
    expect({ status, answer }).toMatchObject({ status: 200 });
    for (const name of NAMES) {
      for (const place of ["params", "query", "cookies", "body", "principal"]) {
        expect(Object.hasOwn(seen?.[place] ?? {}, name), place).toBe(true);
      }
      // Node's own map of headers has a prototype, and so loses this one.
      const isKept = name !== "__proto__";
      const received = Object.hasOwn(
        seen?.["headers"] ?? {},
        name.toLowerCase(),
      );
      expect({ name, received }).toEqual({ name, received: isKept });
      expect(headers[name.toLowerCase()]).toBe(`${name} header`);
    }
    const { deep: read } = seen?.["query"] ?? {};
    expect(Object.entries(Object(read))).toEqual(
      NAMES.map((name) => [name, `${name}-deep`]),
    );
    const parsed = JSON.parse(answer);
    expect(Object.entries(parsed.body)).toEqual(
      NAMES.map((name) => [name, `${name} body`]),
    );
    expect(Object.entries(parsed.rest)).toEqual(
      NAMES.map((name) => [name, `${name} rest`]),
    );
  });

  it.each(NAMES)("%s is a scheme that is asked for", async (name) => {
    const query = credentials.map((each) =>
      each === `${name}=key` ? `${name}=other` : each,
    );
    expect((await ask({ query: query.join("&"), body })).status).toBe(401);
  });

  it("are refused where they are not declared", async () => {
    const query = credentials.join("&");
    const more = JSON.stringify({ ...map(() => "x"), valueOf: 1 });
    expect((await ask({ query, body: more })).status).toBe(400);
    const polluting =
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    expect((await ask({ query, body: polluting })).status).toBe(400);
  });

  async function ask(what: { query: string; body: string }): Promise<{
    status: number;
    headers: Record<string, unknown>;
    text: string;
  }> {
    const path = `/${NAMES.join("/")}?${what.query}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port: running.port,
          path,
          method: "POST",
          headers: [
            ["host", "127.0.0.1"],
            ["content-type", "application/json"],
            ["content-length", String(Buffer.byteLength(what.body))],
            ["cookie", NAMES.map((name) => `${name}=c`).join("; ")],
            ...NAMES.map((name) => [name, "h"]),
          ].flat(),
        },
        (answer) => {
          let received = "";
          answer.setEncoding("utf8");
          answer.on("data", (chunk: string) => (received += chunk));
          answer.on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: Object.fromEntries(
                answer.rawHeaders.flatMap((name, at, all) =>
                  at % 2 === 0 ? [[name.toLowerCase(), all[at + 1]]] : [],
                ),
              ),
              text: received,
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(what.body);
    });
  }
});
