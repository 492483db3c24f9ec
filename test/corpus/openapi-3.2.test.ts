/** OpenAPI 3.2 from the document to the wire. */
import { rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputFolder } from "../conformance/transpiled.js";
import type { Running } from "../runtime/fixture/serve.js";
import { shared, sharedAvailable } from "../shared.js";
import { compiled, compileFaults } from "./compile.js";
import {
  loadGenerated,
  serveRouter,
  writeDocument,
} from "./served-document.js";

const SPEC = `
openapi: 3.2.0
$self: https://example.com/api/openapi.yaml
info: { title: things, version: "1" }
tags:
  - { name: shop, summary: The shop, kind: nav }
  - { name: things, parent: shop, summary: Things }
servers:
  - { url: /v1, name: production }
paths:
  /things:
    query:
      operationId: searchThings
      tags: [things]
      requestBody:
        required: true
        content:
          application/json: { $ref: "#/components/mediaTypes/Filter" }
      responses:
        "200": { summary: found, content: { application/json: { $ref: "https://example.com/api/openapi.yaml#/components/mediaTypes/Things" } } }
    additionalOperations:
      COPY:
        operationId: copyThings
        tags: [things]
        responses: { "204": { summary: copied } }
  /animals:
    post:
      operationId: addAnimal
      security: [ { device: [write] } ]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
      responses: { "204": { summary: done } }
components:
  mediaTypes:
    Filter:
      schema: { type: object, required: [name], additionalProperties: false, properties: { name: { type: string, minLength: 1 } } }
    Things:
      schema: { type: array, items: { type: string } }
      examples: { one: { dataValue: [a] } }
  schemas:
    Animal:
      type: object
      discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat" }, defaultMapping: "#/components/schemas/Other" }
      oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Other" } ]
    Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }
    Other: { type: object, required: [legs], properties: { kind: { type: string }, legs: { type: integer } } }
  securitySchemes:
    device:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://auth.example.com/.well-known/oauth-authorization-server
      flows:
        deviceAuthorization: { deviceAuthorizationUrl: https://auth.example.com/device, tokenUrl: https://auth.example.com/token, scopes: { write: change } }
`;

interface Answer {
  status: number;
  allow: string | undefined;
  text: string;
}

function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(
      url,
      {
        method,
        agent: false,
        headers: {
          ...headers,
          ...(text !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(text),
          }),
        },
      },
      (response) => {
        let received = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (received += chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            allow: response.headers.allow,
            text: received,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

describe("a document of OpenAPI 3.2", () => {
  const folder = outputFolder("openapi-3.2");
  let contract = "";
  let router = "";
  let running: Running;

  beforeAll(async () => {
    const { diagnostics, text } = await writeDocument(
      SPEC,
      join(folder, "things"),
    );
    expect(diagnostics).toEqual([]);
    contract = text("contract.ts");
    router = text("router.ts");
    expect(compileFaults(folder)).toEqual([]);
    const { createRouter } = await loadGenerated(
      join(compiled(folder), "things"),
    );
    interface Body {
      body: { name: string };
    }
    const handlers = {
      things: {
        searchThings: ({ body }: Body) => ({ status: 200, body: [body.name] }),
        copyThings: () => ({ status: 204 }),
      },
      root: { addAnimal: () => ({ status: 204 }) },
    };
    running = await serveRouter(
      createRouter(handlers, { security: { device: () => ({ id: "1" }) } }),
    );
  });

  afterAll(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers QUERY, and reads its body by a media type that is a component", async () => {
    const url = `${running.url}/things`;
    expect(await send(url, "QUERY", { name: "a" })).toMatchObject({
      status: 200,
      text: '["a"]',
    });
    expect(await send(url, "QUERY", { name: "" })).toMatchObject({
      status: 400,
    });
    expect(await send(url, "QUERY", { other: 1 })).toMatchObject({
      status: 400,
    });
  });

  it("answers the methods of `additionalOperations`, and names all in `Allow`", async () => {
    const url = `${running.url}/things`;
    expect(await send(url, "COPY")).toMatchObject({ status: 204 });
    const { status, allow } = await send(url, "MOVE");
    expect(status).toBe(405);
    expect(allow?.split(", ").sort()).toEqual(["COPY", "OPTIONS", "QUERY"]);
  });

  it("types every method in its path item", () => {
    expect(contract).toContain('query: operations["searchThings"];');
    expect(contract).toMatch(
      /additionalOperations: \{\s+COPY: operations\["copyThings"\];/,
    );
    expect(contract).toContain("/** @description found */");
  });

  it("tells branches apart by `discriminator.defaultMapping`", async () => {
    const url = `${running.url}/animals`;
    const headers = { authorization: "Bearer token" };
    const add = async (body: object) =>
      (await send(url, "POST", body, headers)).status;
    expect(await add({ kind: "cat", lives: 9 })).toBe(204);
    expect(await add({ kind: "cat", legs: 4 })).toBe(400);
    expect(await add({ kind: "dog", legs: 4 })).toBe(204);
    expect(await add({ legs: 4 })).toBe(204);
    expect(await add({ kind: "dog" })).toBe(400);
  });

  it("secures by the device flow, and says that a scheme is deprecated", async () => {
    const url = `${running.url}/animals`;
    expect((await send(url, "POST", { legs: 4 })).status).toBe(401);
    expect(router).toMatch(/\/\*\* @deprecated \*\/\s+device: Authenticator/);
  });
});

describe.skipIf(!sharedAvailable)("the hostile document of 3.2", () => {
  it("routes QUERY and COPY", async () => {
    const folder = outputFolder("openapi-3.2-hostile");
    const { manifest } = await writeDocument(
      shared("specs/hostile/openapi32.yaml"),
      join(folder, "out"),
    );
    expect(
      manifest?.operations.map(({ method, path }) => `${method} ${path}`),
    ).toEqual(["QUERY /a", "COPY /a", "GET /s"]);
    rmSync(folder, { recursive: true, force: true });
  });
});
