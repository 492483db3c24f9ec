/** Webhooks and callbacks from the document to the wire: one service sends, another receives. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Router } from "@kontract/runtime/codegen1";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputFolder } from "../conformance/transpiled.js";
import type { Running } from "../runtime/fixture/serve.js";
import { compiled, compileFaults } from "./compile.js";
import {
  loadGenerated,
  serveRouter,
  writeDocument,
} from "./served-document.js";

const SPEC = `
openapi: 3.1.0
info: { title: pets, version: "1" }
security: [ { key: [] } ]
paths:
  /subscriptions:
    post:
      operationId: subscribe
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [callbackUrl], properties: { callbackUrl: { type: string, format: uri } } } } } }
      responses: { "204": { description: done } }
      callbacks:
        onData:
          "{$request.body#/callbackUrl}":
            post:
              operationId: pushData
              parameters:
                - { name: X-Event, in: header, required: true, schema: { type: string, enum: [data] } }
                - { name: tag, in: query, schema: { type: array, items: { type: string } } }
              requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
              responses: { "204": { description: taken } }
webhooks:
  newPet:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "200": { description: taken } }
  secretPet:
    post:
      operationId: secretPet
      security: [ { key: [] } ]
      requestBody: { required: true, content: { text/plain: { schema: { type: string, minLength: 2 } }, application/octet-stream: {} } }
      responses: { "200": { description: taken } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: x-key }
  schemas:
    Pet:
      type: object
      required: [id, name, password]
      properties: { id: { type: integer, readOnly: true }, name: { type: string }, password: { type: string, writeOnly: true }, mood: { type: string, default: fine } }
`;

/** Compiled with the rest: what the types of senders and receivers let through. */
const USER_CODE = `
import { createWebhooks, sendNewPet, sendPushData, sendSecretPet, type Pet } from "./index.js";
const pet: Pet = { id: 1, name: "Rex", mood: "fine" };
export const calls = [
  sendNewPet("https://a.example", { body: pet }),
  sendPushData(new URL("https://a.example"), { headers: { "x-event": "data" }, query: {}, body: pet }),
  sendSecretPet("https://a.example", { body: { contentType: "application/octet-stream", value: new Uint8Array() } }),
  // @ts-expect-error a header that is required is missing
  sendPushData("https://a.example", { query: {}, body: pet }),
  // @ts-expect-error no such member
  sendNewPet("https://a.example", { body: pet, query: {} }),
];
export const receivers = createWebhooks(
  { newPet: ({ body, reply }) => (body.id > 0 ? reply.ok() : reply.ok()) },
  { security: { key: () => ({ id: "1" }) }, paths: { newPet: "/hooks/pets" } },
);
`;

interface Sent {
  response: Response;
  declared: boolean;
}
type Send = (
  target: string | URL,
  message: object,
  options?: object,
) => Promise<Sent>;
type Url = (exchange: object) => string | undefined;

interface Seen {
  body?: unknown;
  query?: unknown;
  headers?: unknown;
}

describe("webhooks and callbacks", () => {
  const folder = outputFolder("webhooks");
  const received: Seen[] = [];
  let send: Record<string, Send>;
  const sender = (name: string): Send => {
    const found = send[name];
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  let urlOf: Url;
  let receiver: Running;
  let make: (handlers: object, options?: object) => Router;

  beforeAll(async () => {
    const { diagnostics } = await writeDocument(SPEC, join(folder, "pets"), {
      lint: { KT2013: "off" },
    });
    expect(diagnostics).toEqual([]);
    writeFileSync(join(folder, "pets/user.ts"), USER_CODE);
    expect(compileFaults(folder)).toEqual([]);
    const module = await loadGenerated(join(compiled(folder), "pets"));
    const found = Object.entries(module);
    send = Object.fromEntries(
      found.filter(([name]) => name.startsWith("send")),
    ) as Record<string, Send>;
    urlOf = module["pushDataUrl"] as Url;
    make = module["createWebhooks"] as typeof make;
    const take = (status: number) => (input: Seen) => {
      const { body, query, headers } = input;
      received.push({ body, query, headers });
      return { status };
    };
    receiver = await serveRouter(
      make(
        { newPet: take(200), pushData: take(204) },
        { paths: { newPet: "/hooks/pets" } },
      ),
    );
  });

  afterAll(async () => {
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("arrive as they were sent: read-only members too, write-only and undeclared ones not", async () => {
    received.length = 0;
    const pet = { id: 1, name: "Rex", password: "x", internal: true };
    const { response, declared } = await sender("sendNewPet")(
      `${receiver.url}/hooks/pets`,
      { body: pet },
    );
    expect([response.status, declared]).toEqual([200, true]);
    expect(received).toEqual([{ body: { id: 1, name: "Rex", mood: "fine" } }]);
  });

  it("go to the URL that the request named, with their parameters", async () => {
    received.length = 0;
    const url = urlOf({ body: { callbackUrl: `${receiver.url}/pushData` } });
    expect(url).toBe(`${receiver.url}/pushData`);
    const { response } = await sender("sendPushData")(url ?? "", {
      headers: { "x-event": "data" },
      query: { tag: ["a b", "c&d"] },
      body: { id: 2, name: "Tom" },
    });
    expect(response.status).toBe(204);
    expect(received).toEqual([
      {
        body: { id: 2, name: "Tom", mood: "fine" },
        query: { tag: ["a b", "c&d"] },
        headers: { "x-event": "data" },
      },
    ]);
  });

  it("are refused by receivers when they do not fit, and not sent in development", async () => {
    received.length = 0;
    const target = `${receiver.url}/hooks/pets`;
    const body = { name: "no id" };
    await expect(sender("sendNewPet")(target, { body })).rejects.toMatchObject({
      name: "InvalidMessageError",
      faults: ["body/id (required)"],
    });
    const unchecked = { validate: false };
    const { response, declared } = await sender("sendNewPet")(
      target,
      { body },
      unchecked,
    );
    expect([response.status, declared]).toEqual([400, false]);
    expect(received).toEqual([]);
  });

  it("go nowhere that is not allowed", async () => {
    const fetched: string[] = [];
    const options = {
      allow: ({ hostname }: URL) => hostname === "good.example",
      fetch: (url: string) => {
        fetched.push(url);
        return Promise.resolve(new Response(null, { status: 200 }));
      },
    };
    const message = { body: { id: 1, name: "Rex" } };
    const to = (target: string) =>
      sender("sendNewPet")(target, message, options);
    await expect(to("http://169.254.169.254/latest")).rejects.toThrow(
      "169.254.169.254 is not allowed",
    );
    await expect(to("file:///etc/passwd")).rejects.toThrow("file:");
    await expect(to("https://me:pw@good.example")).rejects.toThrow("password");
    await expect(to("nonsense")).rejects.toThrow("no URL");
    expect(fetched).toEqual([]);
    await to("https://good.example/hook#part");
    expect(fetched).toEqual(["https://good.example/hook"]);
  });

  it("choose among media types, and add what the user adds", async () => {
    const inits: { headers: object; body: unknown; redirect: string }[] = [];
    const fetch = (_url: string, init: (typeof inits)[number]) => {
      inits.push(init);
      return Promise.resolve(new Response());
    };
    await sender("sendSecretPet")(
      "https://a.example",
      { body: { contentType: "text/plain", value: "shh" } },
      { fetch, headers: { "X-Signature": "1" } },
    );
    expect(inits).toMatchObject([
      {
        headers: {
          "content-type": "text/plain; charset=utf-8",
          "x-signature": "1",
        },
        body: "shh",
        redirect: "manual",
      },
    ]);
  });

  it("are served with the security that they declare themselves", async () => {
    const secret = { secretPet: () => ({ status: 200 }) };
    expect(() => make(secret)).toThrow("key");
    const running = await serveRouter(
      make(secret, { security: { key: () => ({ id: "1" }) } }),
    );
    const post = (headers: Record<string, string>) =>
      fetch(`${running.url}/secretPet`, {
        method: "POST",
        body: "shh",
        headers: { "content-type": "text/plain", ...headers },
      });
    expect((await post({})).status).toBe(401);
    expect((await post({ "x-key": "k" })).status).toBe(200);
    await running.close();
  });

  it("do not start at a path that is none, or is taken", () => {
    const receivers = {
      newPet: () => ({ status: 200 }),
      pushData: () => ({ status: 204 }),
    };
    const at = (paths: object) => () => make(receivers, { paths });
    expect(at({ newPet: "hooks" })).toThrow("newPet");
    expect(at({ newPet: "/x", pushData: "/x" })).toThrow("the same path");
  });
});
