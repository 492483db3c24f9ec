/** Defaults and read-only members: checks see the request as it was sent, handlers see it made ready. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/src/load/document.js";
import { bodyChecks } from "./body-checks.js";
import { outputFolder } from "./transpiled.js";

interface Case {
  title: string;
  schema: Json;
  /** Body → what a handler gets; `undefined`: refused. */
  bodies: [Json, Json | undefined][];
}

const withDefault = { properties: { a: { default: 1 } } };

const CASES: Case[] = [
  {
    title: "fills in a default",
    schema: { type: "object", ...withDefault },
    bodies: [
      [{}, { a: 1 }],
      [{ a: 2 }, { a: 2 }],
    ],
  },
  {
    title: "fills in below a reference and in items",
    schema: { type: "array", items: { $ref: "#/components/schemas/Item" } },
    bodies: [
      [
        [{}, { a: 2, in: {} }],
        [{ a: 1 }, { a: 2, in: { b: [] } }],
      ],
    ],
  },
  {
    title: "a default does not count for maxProperties",
    schema: { allOf: [withDefault, { maxProperties: 1 }] },
    bodies: [
      [{ b: 1 }, { a: 1, b: 1 }],
      [{ b: 1, c: 1 }, undefined],
    ],
  },
  {
    title: "a default does not satisfy or spoil a branch of oneOf",
    schema: {
      ...withDefault,
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    bodies: [
      [{ b: 1 }, { a: 1, b: 1 }],
      [{ a: 3 }, { a: 3 }],
      [{ a: 1, b: 1 }, undefined],
      [{}, undefined],
    ],
  },
  {
    title: "fills in the default of the branch that holds",
    schema: {
      oneOf: [
        {
          properties: { k: { const: "x" }, a: { default: 1 } },
          required: ["k"],
        },
        {
          properties: { k: { const: "y" }, a: { default: 2 } },
          required: ["k"],
        },
      ],
    },
    bodies: [
      [{ k: "x" }, { k: "x", a: 1 }],
      [{ k: "y" }, { k: "y", a: 2 }],
      [{ k: "z" }, undefined],
    ],
  },
  {
    title: "a default is not seen by not, if, dependentRequired, enum",
    schema: {
      allOf: [
        withDefault,
        { not: { required: ["a"] } },
        { if: { required: ["a"] }, then: { required: ["b"] } },
        { dependentRequired: { a: ["b"] } },
        { enum: [{}, { a: 1 }] },
      ],
    },
    bodies: [
      [{}, { a: 1 }],
      [{ a: 1 }, undefined],
    ],
  },
  {
    title: "a default is not seen by names and additional members",
    schema: {
      allOf: [
        withDefault,
        { propertyNames: { pattern: "^b" } },
        { properties: { b: true }, additionalProperties: false },
      ],
    },
    bodies: [
      [{ b: 2 }, { b: 2, a: 1 }],
      [{ a: 1 }, undefined],
    ],
  },
  {
    title: "items are compared as they were sent",
    schema: { allOf: [{ items: withDefault }, { uniqueItems: true }] },
    bodies: [
      [
        [{}, { a: 1 }],
        [{ a: 1 }, { a: 1 }],
      ],
      [[{}, {}], undefined],
    ],
  },
  {
    title: "drops a read-only member, whatever it holds, and counts it",
    schema: {
      type: "object",
      properties: { id: { type: "string", readOnly: true }, name: true },
      required: ["id", "name"],
      minProperties: 2,
    },
    bodies: [
      [{ id: 7, name: "x" }, { name: "x" }],
      [{ name: "x" }, undefined],
      [
        { name: "x", more: 1 },
        { name: "x", more: 1 },
      ],
    ],
  },
  {
    title: "a member with the name of an inherited one",
    schema: {
      type: "object",
      properties: {
        constructor: { default: 1 },
        toString: { readOnly: true },
      },
    },
    bodies: [
      [{}, { constructor: 1 }],
      [{ constructor: 2, toString: 3 }, { constructor: 2 }],
    ],
  },
  {
    title: "a default given twice is a fresh one each time",
    schema: { items: { properties: { list: { default: [] } } } },
    bodies: [
      [
        [{}, {}],
        [{ list: [] }, { list: [] }],
      ],
    ],
  },
];

const components = {
  schemas: {
    Item: {
      ...withDefault,
      properties: {
        ...withDefault.properties,
        in: { type: "object", properties: { b: { default: [] } } },
      },
    },
  },
};

describe("a request is checked as it was sent and then made ready", async () => {
  const { checks, errors } = await bodyChecks(
    outputFolder("effects"),
    CASES.map(({ schema }, index) => ({ id: `case${index}`, schema })),
    { openapi: "3.1.1", rest: { components } },
  );

  it.each(CASES.map((each, index) => ({ ...each, index })))(
    "$title",
    ({ index, bodies }) => {
      expect(errors).toEqual([]);
      for (const [sent, ready] of bodies) {
        const body = structuredClone(sent);
        const faults = checks.get(`case${index}`)?.(body);
        if (ready === undefined) {
          expect([sent, faults]).not.toEqual([sent, []]);
          // A refused request is left alone.
          expect(body).toEqual(sent);
        } else {
          expect([sent, faults]).toEqual([sent, []]);
          expect(body).toEqual(ready);
        }
      }
    },
  );

  it("shares no default between requests", () => {
    const check = checks.get(`case${CASES.length - 1}`);
    const first = [{}];
    const second = [{}];
    check?.(first);
    check?.(second);
    const [{ list: one } = {}]: { list?: Json[] }[] = first;
    one?.push(1);
    expect(one).toEqual([1]);
    expect(second).toEqual([{ list: [] }]);
  });
});
