/** Paths, components and servers of the table of features, as the builders read them. */
import { describe, expect, it } from "vitest";
import { build } from "../generator/model/build.js";

const METHODS = "get put post delete options head patch trace query".split(" ");

describe("path items", () => {
  it("have a field for each of nine methods", async () => {
    const responses = { "204": { description: "done" } };
    const { api } = await build({
      openapi: "3.2.0",
      info: { title: "t", version: "1" },
      paths: {
        "/a": Object.fromEntries(
          METHODS.map((method) => [method, { operationId: method, responses }]),
        ),
      },
    });
    const methods = api.groups[0]?.operations.map(({ method }) => method);
    expect(methods).toEqual(METHODS.map((method) => method.toUpperCase()));
  });
});

describe("components", () => {
  it("of every kind are referred to", async () => {
    const { api, operation } = await build(`openapi: 3.2.0
info: { title: t, version: "1" }
security: [{ key: [] }]
tags: [{ name: things }]
servers:
  - url: https://{place}.example.com/v1
    variables: { place: { default: eu } }
paths:
  /a/{id}: { $ref: "#/components/pathItems/a" }
components:
  pathItems:
    a:
      parameters: [{ $ref: "#/components/parameters/id" }]
      post:
        operationId: a
        tags: [things]
        deprecated: true
        requestBody: { $ref: "#/components/requestBodies/a" }
        responses: { "200": { $ref: "#/components/responses/a" } }
        callbacks: { done: { $ref: "#/components/callbacks/done" } }
  parameters:
    id: { name: id, in: path, required: true, schema: { type: integer } }
  requestBodies:
    a:
      required: true
      content: { application/json: { $ref: "#/components/mediaTypes/a" } }
  mediaTypes:
    a: { schema: { $ref: "#/components/schemas/a" } }
  schemas:
    a: { type: string, maxLength: 3 }
  responses:
    a:
      description: ok
      headers: { X-A: { $ref: "#/components/headers/a" } }
      links: { self: { $ref: "#/components/links/self" } }
  headers:
    a: { required: true, explode: true, schema: { type: array, items: { type: integer } } }
  links:
    self: { operationId: a, parameters: { id: $request.path.id } }
  callbacks:
    done:
      "https://example.com/done":
        post:
          operationId: done
          responses: { "204": { description: taken } }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }`);
    const { params, body, answers, security, tags, doc } = operation("a");
    expect(params).toMatchObject([
      { name: "id", schema: { types: ["integer"] } },
    ]);
    expect(body).toMatchObject({ required: true, media: [{ codec: "json" }] });
    const [model] = body?.media[0]?.schema.refs ?? [];
    expect(model && api.models.get(model)?.schema.string?.max).toBe(3);
    expect(answers).toMatchObject([
      {
        status: 200,
        headers: [{ name: "x-a", required: true, explode: true }],
        links: [{ rel: "self", target: { id: "a" } }],
      },
    ]);
    expect(security).toEqual([{ schemes: [{ name: "key", scopes: [] }] }]);
    expect(tags).toEqual(["things"]);
    expect(doc.deprecated).toBe(true);
    expect(api.outgoing.map((each) => each.operation.id)).toEqual(["done"]);
    expect(api.security).toMatchObject([{ name: "key", kind: "apiKey" }]);
    expect(api.servers).toEqual(["https://eu.example.com/v1"]);
  });
});
