/** Webhooks, callbacks and links: one change each, and what is told of it. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import { documentOf, operationOf, told } from "./compare.js";

const OK: Json = { "204": { description: "taken" } };

function sent(
  schema: Json,
  more: JsonObject = {},
  type = "application/json",
): JsonObject {
  return {
    requestBody: { content: { [type]: { schema } } },
    responses: OK,
    ...more,
  };
}

const webhook = (operation: JsonObject, name = "newThing") =>
  documentOf({}, { webhooks: { [name]: { post: operation } } });

const callback = (operation: JsonObject) =>
  operationOf({
    callbacks: { done: { "{$request.query.url}": { post: operation } } },
  });

const a = (schema: Json): Json => ({
  type: "object",
  required: ["a"],
  properties: { a: schema },
});
const answered = (schema: Json) =>
  sent(true, {
    responses: {
      "200": {
        description: "taken",
        content: { "application/json": { schema } },
      },
    },
  });
const header = (required: boolean, schema: Json) =>
  sent(true, { parameters: [{ name: "X-N", in: "header", required, schema }] });

const CASES: [string, JsonObject, JsonObject, string[]][] = [
  ["nothing", sent(a(true)), sent(a(true)), []],
  [
    "a wider body, which receivers read",
    sent(a({ type: "integer" })),
    sent(a({ type: ["integer", "null"] })),
    ["breaking response-body-became-nullable"],
  ],
  [
    "a narrower body",
    sent(a({ type: "string" })),
    sent(a({ type: "string", maxLength: 3 })),
    ["info response-body-max-length-tightened"],
  ],
  [
    "a value more in an enum",
    sent(a({ enum: ["x"] })),
    sent(a({ enum: ["x", "y"] })),
    ["breaking response-body-enum-value-added"],
  ],
  [
    "what receivers answer, narrower",
    answered(a({ type: "string" })),
    answered(a({ type: "string", maxLength: 3 })),
    ["breaking request-body-max-length-tightened"],
  ],
  [
    "another answer",
    sent(true, { responses: { "200": { description: "d" }, ...OK } }),
    sent(true),
    ["breaking KIND-answer-removed"],
  ],
  [
    "another media type",
    sent(true),
    sent(true, {}, "application/xml"),
    ["breaking KIND-media-type-removed", "warning KIND-media-type-added"],
  ],
  [
    "a header that may be missing",
    header(true, { type: "string" }),
    header(false, { type: "string" }),
    ["breaking KIND-parameter-removed"],
  ],
  [
    "a header that is gone",
    header(false, { type: "string" }),
    sent(true),
    ["warning KIND-parameter-removed"],
  ],
  [
    "a header of fewer values",
    header(true, { type: "string" }),
    header(true, { type: "string", maxLength: 3 }),
    ["info response-header-max-length-tightened"],
  ],
];

describe.each([
  ["webhook", webhook],
  ["callback", callback],
] as const)("a %s", (kind, place) => {
  it.each(CASES)("%s", async (_name, before, after, expected) => {
    expect(await told(place(before), place(after))).toEqual(
      expected.map((each) => each.replace("KIND", kind)),
    );
  });
});

describe("what is sent", () => {
  it("is told apart by name where several go to one place", async () => {
    const both = (names: string[]) =>
      operationOf({
        callbacks: Object.fromEntries(
          names.map((name) => [
            name,
            { "{$request.query.url}": { post: sent({ const: name }) } },
          ]),
        ),
      });
    expect(
      await told(both(["done", "failed"]), both(["failed", "done"])),
    ).toEqual([]);
    expect(await told(both(["done", "failed"]), both(["failed"]))).toEqual([
      "breaking callback-removed",
    ]);
  });

  it("comes and goes", async () => {
    const one = webhook(sent(true));
    const two = documentOf({}, { webhooks: {} });
    expect(await told(one, two)).toEqual(["breaking webhook-removed"]);
    expect(await told(two, one)).toEqual(["info webhook-added"]);
    const with_ = callback(sent(true));
    expect(await told(with_, operationOf({}))).toEqual([
      "breaking callback-removed",
    ]);
    expect(await told(operationOf({}), with_)).toEqual(["info callback-added"]);
  });

  it("goes with its operation in one change", async () => {
    const gone = documentOf({ "/others": {} });
    expect(await told(callback(sent(true)), gone)).toEqual([
      "breaking path-removed",
    ]);
  });

  it("breaks nobody while it is a draft", async () => {
    const draft = { "x-stability-level": "draft" };
    expect(
      await told(
        webhook(sent(a({ type: "integer" }), draft)),
        webhook(sent(a({ type: "string" }), draft)),
      ),
    ).toEqual(["info response-body-type-changed"]);
  });
});

describe("a link", () => {
  const linked = (links: JsonObject) =>
    operationOf({ responses: { "204": { description: "done", links } } });
  const to = (value: string): JsonObject => ({
    again: { operationId: "putThing", parameters: { q: value } },
  });

  it("comes, goes and leads elsewhere", async () => {
    const one = linked(to("$request.query.a"));
    expect(await told(one, one)).toEqual([]);
    expect(await told(linked({}), one)).toEqual(["info link-added"]);
    expect(await told(one, linked({}))).toEqual(["warning link-removed"]);
    expect(await told(one, linked(to("$request.query.b")))).toEqual([
      "warning link-changed",
    ]);
  });
});
