/** A document with every kind of request body, as OpenAPI text. */
export const SPEC = `
openapi: 3.2.0
info: { title: bodies, version: "1" }
tags: [ { name: bodies } ]
paths:
  /json: { post: { operationId: json, tags: [bodies], requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" }, "422": { description: no } } } }
  /form:
    post:
      operationId: form
      tags: [bodies]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/Order" }
            encoding:
              filter: { style: deepObject, explode: true }
              colors: { style: pipeDelimited, explode: false }
              sizes: { explode: false }
              point: { style: form, explode: true }
              note: { allowReserved: true }
              codes: { contentType: application/json }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /open-form: { post: { operationId: openForm, tags: [bodies], requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, additionalProperties: { type: integer } } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /upload:
    post:
      operationId: upload
      tags: [bodies]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { $ref: "#/components/schemas/Upload" }
            encoding:
              avatar: { contentType: "image/png, image/jpeg", headers: { X-Digest: { required: true, schema: { type: string, minLength: 3 } } } }
              address: { contentType: application/json }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /stream:
    post:
      operationId: stream
      tags: [bodies]
      x-max-body: 64mb
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [title, video], properties: { title: { type: string }, video: { type: string, format: binary } } }
            encoding: { video: { contentType: "video/*", x-stream: true } }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /streams:
    post:
      operationId: streams
      tags: [bodies]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, properties: { title: { type: string }, files: { type: array, items: { type: string, format: binary, maxLength: 1000 } } } }
            encoding: { files: { x-stream: true } }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /mixed:
    post:
      operationId: mixed
      tags: [bodies]
      requestBody:
        required: true
        content:
          multipart/mixed:
            schema: { type: array, minItems: 1, prefixItems: [ { $ref: "#/components/schemas/Thing" }, { type: integer } ], items: {} }
            prefixEncoding: [ { contentType: application/json }, {} ]
            itemEncoding: { contentType: "image/*" }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /lines:
    post: { operationId: lines, tags: [bodies], requestBody: { required: true, content: { application/jsonl: { itemSchema: { $ref: "#/components/schemas/Thing" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" }, "422": { description: no } } }
  /sequence:
    post: { operationId: sequence, tags: [bodies], requestBody: { required: true, content: { application/json-seq: { itemSchema: { type: integer } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } }
  /list:
    post: { operationId: list, tags: [bodies], requestBody: { required: true, content: { application/x-ndjson: { schema: { type: array, maxItems: 2, items: { type: integer } } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } }
  /merge:
    patch: { operationId: merge, tags: [bodies], requestBody: { required: true, content: { application/merge-patch+json: { schema: { type: object, properties: { name: { type: [string, "null"] }, size: { type: integer, default: 3 }, id: { type: string, readOnly: true } } } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } }
  /patch:
    patch: { operationId: patch, tags: [bodies], requestBody: { required: true, content: { application/json-patch+json: { schema: { type: array, items: { type: object, required: [op, path], properties: { op: { enum: [add, remove, replace] }, path: { type: string } } } } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } }
  /several:
    post:
      operationId: several
      tags: [bodies]
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/Thing" } }
          application/x-www-form-urlencoded: { schema: { type: object, required: [count], properties: { count: { type: integer } } } }
          text/plain: { schema: { type: string, maxLength: 5 } }
          application/octet-stream: { schema: { type: string, format: binary } }
      responses: { "200": { $ref: "#/components/responses/Seen" } }
  /same: { post: { operationId: same, tags: [bodies], requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } }, text/json: { schema: { $ref: "#/components/schemas/Thing" } }, application/*+json: { schema: { $ref: "#/components/schemas/Thing" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /any: { post: { operationId: anything, tags: [bodies], requestBody: { content: { "*/*": { schema: { $ref: "#/components/schemas/Thing" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /vendor: { post: { operationId: vendor, tags: [bodies], requestBody: { content: { application/vnd.thing.v1+json: { schema: { $ref: "#/components/schemas/Thing" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /text: { post: { operationId: text, tags: [bodies], requestBody: { required: true, content: { text/*: { schema: { type: string, pattern: "^ok" } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /bytes: { put: { operationId: bytes, tags: [bodies], requestBody: { required: true, content: { application/octet-stream: { schema: { type: string, format: binary, maxLength: 100000 } } } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /none: { post: { operationId: none, tags: [bodies], responses: { "200": { $ref: "#/components/responses/Seen" } } } }
  /small: { post: { operationId: small, tags: [bodies], x-max-body: 20, requestBody: { content: { application/json: {} } }, responses: { "200": { $ref: "#/components/responses/Seen" } } } }
components:
  responses:
    Seen: { description: what the handler has seen, content: { application/json: {} } }
  schemas:
    Thing: { type: object, required: [name], additionalProperties: false, properties: { name: { type: string, maxLength: 20 }, size: { type: integer, default: 7 }, id: { type: string, readOnly: true } } }
    Order:
      type: object
      required: [count]
      additionalProperties: false
      properties:
        count: { type: integer, minimum: 1 }
        paid: { type: boolean }
        price: { type: number }
        tags: { type: array, items: { type: string }, maxItems: 3 }
        numbers: { type: array, items: { type: integer } }
        colors: { type: array, items: { type: string } }
        sizes: { type: array, items: { type: integer } }
        filter: { type: object, properties: { from: { type: integer }, to: { type: integer } } }
        point: { type: object, properties: { x: { type: integer }, y: { type: integer } } }
        codes: { type: array, items: { type: integer } }
        address: { type: object, required: [city], properties: { city: { type: string } } }
        note: { type: string }
        mode: { type: string, default: fast }
        id: { type: string, readOnly: true }
    Upload:
      type: object
      required: [title, avatar]
      additionalProperties: false
      properties:
        title: { type: string }
        count: { type: integer }
        tags: { type: array, items: { type: string } }
        address: { type: object, required: [city], properties: { city: { type: string }, zip: { type: string, default: "0" } } }
        avatar: { type: string, format: binary, maxLength: 1000 }
        files: { type: array, items: { type: string, format: binary }, maxItems: 2 }
`;

/** Handlers that answer with what they have got, in JSON; `calls` counts them. */
export function recordingHandlers(): {
  calls: string[];
  handlers: { bodies: Record<string, (input: never) => Promise<unknown>> };
} {
  const calls: string[] = [];
  const bodies: Record<string, (input: never) => Promise<unknown>> = {};
  for (const [, id = ""] of SPEC.matchAll(/operationId: (\w+)/g)) {
    bodies[id] = async ({ body }: { body?: unknown }) => {
      calls.push(id);
      return { status: 200, body: { seen: await plain(body) } };
    };
  }
  return { calls, handlers: { bodies } };
}

/** Streams read, files told by name, type and size. */
export async function plain(value: unknown): Promise<unknown> {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  const facts =
    "name" in value && "type" in value
      ? { name: value.name, type: value.type }
      : undefined;
  if (value instanceof Uint8Array) return { ...facts, size: value.length };
  if (Symbol.asyncIterator in value) {
    let size = 0;
    const items: unknown[] = [];
    for await (const item of value as AsyncIterable<unknown>) {
      if (item instanceof Uint8Array) size += item.length;
      else items.push(await plain(item));
    }
    return items.length > 0 || size === 0 ? { items } : { ...facts, size };
  }
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    out[key] = await plain(member);
  }
  return out;
}
