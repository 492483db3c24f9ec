/** What a contract does not declare never reaches a client, whatever a handler gives in its place. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answering,
  documentOf,
  generated,
  served,
  type Service,
} from "./service.js";

const secret = { secret: "leak" };
const text = { type: "string" };
const book = {
  type: "object",
  required: ["title"],
  properties: { title: text, pages: { type: "integer" } },
};

interface Case {
  name: string;
  schema: object;
  /** What the handler gives, and what is sent. */
  answers: [unknown, unknown][];
}

const CASES: Case[] = [
  {
    name: "a text",
    schema: { type: "object", properties: { a: text } },
    answers: [
      [{ a: secret }, {}],
      [{ a: [secret] }, {}],
      [{ a: 1 }, { a: 1 }],
      [{ a: null }, { a: null }],
      [{ a: new Date(0) }, { a: "1970-01-01T00:00:00.000Z" }],
      [{ a: { toJSON: () => secret } }, {}],
      [{ a: Object.assign(() => 1, { toJSON: () => secret }) }, {}],
      [[secret], undefined],
      [[{ a: "x" }], undefined],
    ],
  },
  {
    name: "an object",
    schema: { type: "object", properties: { a: book } },
    answers: [
      [{ a: [secret] }, {}],
      [{ a: [[secret]] }, {}],
      [{ a: { title: "x", ...secret } }, { a: { title: "x" } }],
      [{ a: { title: secret } }, { a: {} }],
      [{ a: "x" }, { a: "x" }],
    ],
  },
  {
    name: "a name that is required, and of which nothing else is said",
    schema: {
      type: "object",
      required: ["id"],
      properties: { a: text },
      allOf: [{ required: ["kind"] }],
    },
    answers: [
      [
        { id: { any: [1] }, kind: 2, a: "x", ...secret },
        { id: { any: [1] }, kind: 2, a: "x" },
      ],
      [{ id: "1", ...secret }, { id: "1" }],
    ],
  },
  {
    name: "a list of objects",
    schema: { type: "array", items: book },
    answers: [
      [secret, undefined],
      [[secret], [{}]],
      [[[secret]], [null]],
      [[{ title: ["x", secret] }], [{}]],
    ],
  },
  {
    name: "a list of texts",
    schema: {
      type: "object",
      properties: { tags: { type: "array", items: text } },
    },
    answers: [
      [{ tags: ["a", secret, [secret]] }, { tags: ["a", null, null] }],
      [{ tags: secret }, {}],
      [{ tags: ["a", "b"] }, { tags: ["a", "b"] }],
    ],
  },
  {
    name: "a map of texts",
    schema: { type: "object", additionalProperties: text },
    answers: [
      [{ a: "x", b: secret, c: [secret] }, { a: "x" }],
      [[secret], undefined],
    ],
  },
  {
    name: "a map of objects",
    schema: { type: "object", additionalProperties: book },
    answers: [
      [{ a: { title: "x", ...secret }, b: [secret] }, { a: { title: "x" } }],
    ],
  },
  {
    name: "any object, and any list",
    schema: {
      type: "object",
      properties: { any: { type: "object" }, list: { type: "array" } },
    },
    answers: [
      [
        { any: secret, list: [secret] },
        { any: secret, list: [secret] },
      ],
      [{ any: [secret], list: secret }, {}],
    ],
  },
  {
    name: "a union of a text and an object",
    schema: { type: "object", properties: { a: { oneOf: [text, book] } } },
    answers: [
      [{ a: [secret] }, {}],
      [{ a: { title: "x", ...secret } }, { a: { title: "x" } }],
      [{ a: "x" }, { a: "x" }],
    ],
  },
  {
    name: "a union of two objects",
    schema: {
      anyOf: [book, { type: "object", properties: { name: text } }],
    },
    answers: [
      [
        { title: "x", name: "y", ...secret },
        { title: "x", name: "y" },
      ],
      [{ title: secret, name: [secret] }, {}],
      [[secret], undefined],
    ],
  },
  {
    name: "a union of an object and any list",
    schema: { anyOf: [book, { type: "array" }] },
    answers: [
      [[secret], [secret]],
      [{ title: "x", ...secret }, { title: "x" }],
    ],
  },
  {
    name: "a union with any object",
    schema: { anyOf: [{ type: "object" }, { type: "array", items: book }] },
    answers: [
      [secret, secret],
      [[{ title: "x", ...secret }], [{ title: "x" }]],
    ],
  },
  {
    name: "a tagged union",
    schema: {
      oneOf: [
        {
          type: "object",
          required: ["kind"],
          properties: { kind: { const: "a" }, x: text },
        },
        {
          type: "object",
          required: ["kind"],
          properties: { kind: { const: "b" }, y: book },
        },
      ],
    },
    answers: [
      [{ kind: "a", x: secret, y: secret }, { kind: "a" }],
      [{ kind: "b", y: [secret] }, { kind: "b" }],
      [{ kind: "c", ...secret }, { kind: "c" }],
      [[secret], undefined],
    ],
  },
  {
    name: "one member in two keywords",
    schema: {
      allOf: [
        { type: "object", properties: { a: text } },
        { properties: { a: { maxLength: 9 } } },
      ],
    },
    answers: [
      [{ a: secret }, {}],
      [{ a: "x", ...secret }, { a: "x" }],
    ],
  },
  {
    name: "beside open members",
    schema: {
      type: "object",
      properties: { a: text, b: book },
      additionalProperties: true,
    },
    answers: [[{ a: secret, b: [secret], c: 1 }, { c: 1 }]],
  },
  {
    name: "a tuple",
    schema: {
      type: "array",
      prefixItems: [text, { type: "number" }],
      items: false,
    },
    answers: [
      [
        ["a", 1],
        ["a", 1],
      ],
      [
        ["a", secret],
        ["a", null],
      ],
      [secret, undefined],
    ],
  },
  {
    name: "a recursive one",
    schema: { $ref: "#/components/schemas/Tree" },
    answers: [
      [
        { name: "a", children: [{ name: "b", ...secret }, [secret]] },
        { name: "a", children: [{ name: "b" }, null] },
      ],
    ],
  },
];

describe("a value of another type than the contract has", () => {
  let service: Service;
  let given: unknown;
  beforeAll(async () => {
    const paths = Object.fromEntries(
      CASES.map(({ schema }, at) => [
        `/${at}`,
        { get: { operationId: `case${at}`, ...answering(schema) } },
      ]),
    );
    const Tree = {
      type: "object",
      properties: {
        name: text,
        children: {
          type: "array",
          items: { $ref: "#/components/schemas/Tree" },
        },
      },
    };
    const output = await generated(
      "undeclared",
      documentOf(paths, { schemas: { Tree } }),
    );
    const root = Object.fromEntries(
      CASES.map((_, at) => [`case${at}`, () => ({ status: 200, body: given })]),
    );
    // What is sent when nobody looks: the projection alone.
    service = await served(output, { root }, { validateResponses: "off" });
  });
  afterAll(() => service.close());

  it.each(CASES.map((each, at) => ({ ...each, at })))(
    "$name",
    async ({ at, answers }) => {
      for (const [body, sent] of answers) {
        given = body;
        const response = await fetch(`${service.url}/${at}`);
        const received = await response.text();
        expect([body, received.includes("leak")]).toEqual([
          body,
          JSON.stringify(sent)?.includes("leak") === true,
        ]);
        if (sent === undefined) expect(response.status).toBe(500);
        else expect(JSON.parse(received)).toEqual(sent);
      }
    },
  );
});
