/** `formats` and `types` of the config, from the document to the wire and back. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputFolder } from "../conformance/transpiled.js";
import type { Running } from "../runtime/fixture/serve.js";
import { compiled, compileFaults } from "./compile.js";
import {
  loadGenerated,
  serveRouter,
  writeDocument,
} from "./served-document.js";

const MONEY = `
export class Money {
  readonly cents: number;
  constructor(cents: number) { this.cents = cents; }
}
export function parseMoney(text: string): Money {
  const [, whole, part] = /^(\\d+)\\.(\\d\\d)$/.exec(text) ?? [];
  if (part === undefined) throw new Error("no money");
  return new Money(Number(whole) * 100 + Number(part));
}
export function printMoney({ cents }: Money): string {
  return (cents / 100).toFixed(2);
}
export type UserId = string & { readonly brand?: "UserId" };
`;

const SPEC = `
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /events/{day}:
    post:
      operationId: addEvent
      parameters:
        - { name: day, in: path, required: true, schema: { type: string, format: date } }
        - { name: since, in: query, schema: { type: string, format: date-time, default: "2020-01-01T00:00:00Z" } }
        - { name: until, in: query, schema: { $ref: "#/components/schemas/Stamp" } }
        - { name: ids, in: query, schema: { type: array, items: { type: integer, format: int64 } } }
        - { name: X-Price, in: header, schema: { type: string, x-ts-type: money } }
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Event" } } } }
      responses: { "200": { description: done, content: { application/json: { schema: { $ref: "#/components/schemas/Event" } } } } }
  /now:
    put:
      operationId: setNow
      requestBody: { required: true, content: { application/json: { schema: { type: string, format: date-time } } } }
      responses: { "200": { description: done, content: { application/json: { schema: { type: string, format: date-time } } } } }
components:
  schemas:
    Stamp: { type: string, format: date-time }
    Event:
      type: object
      required: [at]
      properties:
        at: { $ref: "#/components/schemas/Stamp" }
        maybe: { anyOf: [ { $ref: "#/components/schemas/Stamp" }, { type: "null" } ] }
        day: { type: [string, "null"], format: date }
        count: { type: integer, format: int64 }
        text: { type: string, format: int64 }
        price: { type: string, x-ts-type: money }
        owner: { type: string, x-ts-type: userId }
        unknown: { type: string, x-ts-type: elsewhere }
        history: { type: array, items: { $ref: "#/components/schemas/Stamp" } }
        byName: { type: object, additionalProperties: { type: string, format: date-time } }
        filled: { type: string, format: date-time, default: "2021-01-01T00:00:00Z" }
        either: { oneOf: [ { type: object, required: [a], additionalProperties: false, properties: { a: { type: string, format: date-time } } }, { type: object, required: [b], additionalProperties: false, properties: { b: { type: integer } } } ] }
`;

/** Compiled with the rest: what handlers see. */
const USER_CODE = `
import type { AddEventHandler } from "./index.js";
import { Money } from "../money.js";
export const addEvent: AddEventHandler = ({ params, query, headers, body, reply }) => {
  const days: Date[] = [params.day, query.since, body.at, body.filled, ...(body.history ?? [])];
  const big: bigint = (body.count ?? 0n) + (body.text ?? 0n) + (query.ids?.[0] ?? 0n);
  const price: Money = headers["x-price"] ?? new Money(Number(big));
  return reply.ok({ ...body, at: days[0] ?? new Date(0), price });
};
`;

interface Input {
  params: object;
  query: object;
  headers: object;
  body: object;
}

describe("formats that handlers see as other types", () => {
  const folder = outputFolder("formats");
  let running: Running;
  let seen: Input | undefined;
  let answer: (body: never) => unknown = (body) => body;

  beforeAll(async () => {
    writeFileSync(join(folder, "money.ts"), MONEY);
    mkdirSync(join(folder, "out"));
    const { diagnostics } = await writeDocument(SPEC, join(folder, "out"), {
      cwd: folder,
      out: "out",
      formats: { "date-time": "Date", date: "Date", int64: "bigint" },
      types: {
        money: {
          type: "Money",
          module: "./money.js",
          parse: "parseMoney",
          serialize: "printMoney",
        },
        userId: { type: "UserId", module: "./money.js" },
      },
    });
    expect(diagnostics).toMatchObject([
      { code: "KT3122", severity: "warning" },
    ]);
    writeFileSync(join(folder, "out/user.ts"), USER_CODE);
    expect(compileFaults(folder)).toEqual([]);
    const { createRouter } = await loadGenerated(join(compiled(folder), "out"));
    const handle = ({ params, query, headers, body }: Input) => {
      seen = { params, query, headers, body };
      return { status: 200, body: answer(body as never) };
    };
    const router = createRouter(
      { root: { addEvent: handle, setNow: handle } },
      { logger: { debug() {}, info() {}, warn() {}, error() {} } },
    );
    running = await serveRouter(router);
  });

  afterAll(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    method = "POST",
  ) {
    seen = undefined;
    const response = await fetch(running.url + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as object };
  }

  const EVENT = {
    at: "2024-02-29T12:00:00.5+02:00",
    maybe: "2024-01-01T00:00:00Z",
    day: "2024-02-29",
    count: 12,
    text: "9007199254740993",
    price: "12.34",
    owner: "u1",
    history: ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"],
    byName: { x: "2024-01-03T00:00:00Z" },
    either: { a: "2024-01-04T00:00:00Z" },
  };

  it("are decoded in bodies and parameters once everything is valid", async () => {
    const { status } = await send(
      "/events/2024-03-01?until=2024-01-01T00:00:00Z&ids=1&ids=2",
      EVENT,
      { "x-price": "0.99" },
    );
    expect(status).toBe(200);
    expect(seen?.params).toEqual({ day: new Date("2024-03-01") });
    expect(seen?.query).toEqual({
      since: new Date("2020-01-01T00:00:00Z"),
      until: new Date("2024-01-01T00:00:00Z"),
      ids: [1n, 2n],
    });
    expect(seen?.headers).toEqual({ "x-price": { cents: 99 } });
    expect(seen?.body).toEqual({
      at: new Date("2024-02-29T10:00:00.500Z"),
      maybe: new Date("2024-01-01T00:00:00Z"),
      day: new Date("2024-02-29"),
      count: 12n,
      text: 9007199254740993n,
      price: { cents: 1234 },
      owner: "u1",
      history: [new Date("2024-01-01"), new Date("2024-01-02")],
      byName: { x: new Date("2024-01-03") },
      filled: new Date("2021-01-01"),
      either: { a: new Date("2024-01-04") },
    });
  });

  it("are encoded in answers, each as its format is written", async () => {
    const { body } = await send("/events/2024-03-01", EVENT);
    expect(body).toEqual({
      ...EVENT,
      at: "2024-02-29T10:00:00.500Z",
      maybe: "2024-01-01T00:00:00.000Z",
      history: ["2024-01-01T00:00:00.000Z", "2024-01-02T00:00:00.000Z"],
      byName: { x: "2024-01-03T00:00:00.000Z" },
      filled: "2021-01-01T00:00:00.000Z",
      either: { a: "2024-01-04T00:00:00.000Z" },
    });
  });

  it("may be a body of their own", async () => {
    const { body } = await send("/now", "2024-01-01T00:00:00Z", {}, "PUT");
    expect(seen?.body).toEqual(new Date("2024-01-01"));
    expect(body).toBe("2024-01-01T00:00:00.000Z");
  });

  it.each([
    ["/events/2024-03-01", { at: "yesterday" }],
    ["/events/2024-03-01", { at: EVENT.at, price: "a lot" }],
    ["/events/2024-03-01", { at: EVENT.at, text: "one" }],
    ["/events/2024-03-01", { at: EVENT.at, count: 2 ** 60 }],
    ["/events/2024-02-30", { at: EVENT.at }],
    ["/events/2024-03-01?ids=1.5", { at: EVENT.at }],
  ])("are refused when they are none: %s %j", async (path, body) => {
    const { status } = await send(path, body);
    expect([status, seen]).toEqual([400, undefined]);
  });

  it("are never rounded: a number that JSON clients could not read is a fault of ours", async () => {
    answer = () => ({ at: new Date(0), count: 2n ** 60n });
    expect((await send("/events/2024-03-01", EVENT)).status).toBe(500);
    answer = () => ({ at: new Date(0), text: 2n ** 60n });
    expect((await send("/events/2024-03-01", EVENT)).body).toMatchObject({
      text: "1152921504606846976",
    });
    answer = (body) => body;
  });

  it("cost nothing where the config names none", async () => {
    const plain = join(folder, "plain");
    await writeDocument(SPEC, plain);
    const text = ["operations/root.ts", "models/root.ts", "contract.ts"]
      .map((file) => readFileSync(join(plain, file), "utf8"))
      .join("\n");
    expect(text).not.toMatch(/decoded?\(|encode|\bDate;|bigint/);
  });
});
