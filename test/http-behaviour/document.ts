/** A document with everything that HTTP has a rule for, and its handlers. */
import { problem } from "@kontract/runtime";
import { parse } from "yaml";

const TEXT = `
openapi: 3.1.0
info: { title: HTTP, version: "1" }
paths:
  /things:
    get:
      tags: [http]
      operationId: listThings
      parameters: [ { name: q, in: query, schema: { type: string } } ]
      responses: { "200": { description: ok, headers: { ETag: { schema: { type: string } }, Cache-Control: { schema: { const: "max-age=60" } } }, content: { application/json: {} } } }
    post:
      tags: [http]
      operationId: addThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } } }
      responses: { "200": { description: ok, content: { application/json: {} } }, "422": { description: not valid } }
    patch:
      tags: [http]
      operationId: patchThing
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { $ref: "#/components/schemas/Thing" } } } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /things/{id}:
    get:
      tags: [http]
      operationId: getThing
      parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ]
      responses: { "200": { description: ok, content: { application/json: {} } } }
    put:
      tags: [http]
      operationId: putThing
      parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ]
      responses: { "204": { description: ok }, "412": { description: changed }, "428": { description: unguarded } }
  /names/{name}:
    get:
      tags: [http]
      operationId: getName
      parameters: [ { name: name, in: path, required: true, schema: { type: string } } ]
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /open:
    post:
      tags: [http]
      operationId: openThing
      requestBody: { required: true, content: { application/json: { schema: { type: object, additionalProperties: true } } } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /small:
    post:
      tags: [http]
      operationId: small
      x-max-body: 1000
      requestBody: { required: true, content: { application/json: {} } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /secured:
    post:
      tags: [http]
      operationId: secured
      security: [ { token: [write] } ]
      requestBody: { required: true, content: { application/json: {} } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /limited:
    get:
      tags: [http]
      operationId: limited
      x-rate-limit: { quota: 2, window: 1h }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /split:
    get:
      tags: [http]
      operationId: split
      parameters: [ { name: v, in: query, required: true, schema: { type: string } } ]
      responses: { "200": { description: ok, headers: { X-Value: { required: true, schema: { type: string } } }, content: { application/json: {} } } }
  /pages:
    get:
      tags: [http]
      operationId: pages
      x-pagination: { style: page, link: true }
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 1, default: 1 } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 10, default: 2 } }
      responses: { "200": { description: ok, content: { application/json: { schema: { type: object, required: [items, total, page, limit], properties: { items: { type: array, items: { type: integer } }, total: { type: integer }, page: { type: integer }, limit: { type: integer } } } } } } }
  /find:
    get:
      tags: [http]
      operationId: find
      parameters: [ { name: where, in: query, style: deepObject, explode: true, schema: { type: object, properties: { a: { type: string } } } } ]
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /files:
    post:
      tags: [http]
      operationId: files
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [title], properties: { title: { type: string }, file: { type: string, format: binary } } } } } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /words:
    post:
      tags: [http]
      operationId: words
      requestBody: { required: true, content: { application/json: { schema: { type: string, pattern: "^(a+)+$" } } } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /ranges/{a}-{b}-{c}.txt:
    get:
      tags: [http]
      operationId: range
      parameters:
        - { name: a, in: path, required: true, schema: { type: string } }
        - { name: b, in: path, required: true, schema: { type: string } }
        - { name: c, in: path, required: true, schema: { type: string } }
      responses: { "200": { description: ok, content: { application/json: {} } } }
  /rows:
    get:
      tags: [http]
      operationId: rows
      responses: { "200": { description: ok, content: { application/x-ndjson: { x-item-schema: { type: object, properties: { text: { type: string } } } } } } }
  /slow: { get: { tags: [http], operationId: slow, responses: { "200": { description: ok, content: { application/json: {} } } } } }
  /fault: { get: { tags: [http], operationId: fault, responses: { "200": { description: ok, content: { application/json: {} } } } } }
components:
  securitySchemes:
    token: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: { write: w } } } }
  schemas:
    Thing:
      type: object
      required: [name]
      additionalProperties: false
      properties: { name: { type: string, maxLength: 20 }, size: { type: number, maximum: 100 }, id: { type: integer } }
`;

export const DOCUMENT: object = parse(TEXT);

interface Input {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  preconditions: { check(current: { etag: string }): void };
}

/** Rows that `/rows` has made so far. */
export const made = { rows: 0 };

/** Names of the operations that were called. */
export const calls: string[] = [];

async function* endlessRows(): AsyncGenerator<{ text: string }> {
  for (;;) {
    made.rows += 1;
    // in a turn of its own, as a database would have it
    await new Promise(setImmediate);
    yield { text: "x".repeat(10_000) };
  }
}

const ANSWERS: Record<string, (input: Input) => unknown> = {
  listThings: () => ({ status: 200, body: ["a"] }),
  addThing: ({ body }) => ({ status: 200, body }),
  patchThing: ({ body }) => ({ status: 200, body }),
  getThing: ({ params }) => ({ status: 200, body: params }),
  putThing({ preconditions }) {
    preconditions.check({ etag: "7" });
    return { status: 204 };
  },
  getName: ({ params }) => ({ status: 200, body: params }),
  openThing: ({ body }) => ({
    status: 200,
    body: {
      own: Object.keys(body),
      isPlain: Object.getPrototypeOf(body) === Object.prototype,
      polluted: "polluted" in {},
    },
  }),
  small: () => ({ status: 200, body: "small" }),
  secured: () => ({ status: 200, body: "secured" }),
  limited: () => ({ status: 200, body: "limited" }),
  split: ({ query }) => ({
    status: 200,
    headers: { "x-value": query["v"] },
    body: "split",
  }),
  pages: () => ({ status: 200, body: [1, 2], total: 9 }),
  find: ({ query }) => ({ status: 200, body: query }),
  files: ({ body }) => ({ status: 200, body: Object.keys(body) }),
  words: () => ({ status: 200, body: "word" }),
  range: ({ params }) => ({ status: 200, body: params }),
  rows: () => ({ status: 200, body: endlessRows() }),
  async slow() {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { status: 200, body: "slow" };
  },
  fault() {
    throw new Error("the secret of the house at /srv/app/main.js:3");
  },
};

export const HANDLERS = {
  http: Object.fromEntries(
    Object.entries(ANSWERS).map(([id, answer]) => [
      id,
      (input: Input) => {
        calls.push(id);
        return answer(input);
      },
    ]),
  ),
};

export const SECURITY = {
  token(token: string, { scopes }: { scopes: readonly string[] }) {
    if (token === "weak" && scopes.includes("write")) throw problem.forbidden();
    return token === "good" ? { id: "1" } : null;
  },
};
