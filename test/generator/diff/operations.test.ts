/** One change of an operation each, beside its schemas. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import {
  changesBetween,
  documentOf,
  operationOf,
  queryOf,
  told,
} from "./compare.js";

const A = { type: "string" };
const GET = {
  operationId: "getThing",
  responses: { "204": { description: "done" } },
};
const OTHER = {
  operationId: "getOther",
  responses: { "204": { description: "done" } },
};
const gone = (operation: JsonObject): [object, object] => [
  documentOf({ "/a": { get: { ...GET, ...operation } }, "/b": { get: OTHER } }),
  documentOf({ "/b": { get: OTHER } }),
];
const ops = (before: JsonObject, after: JsonObject): [object, object] => [
  operationOf(before),
  operationOf(after),
];
const params = (before: Json[], after: Json[]) =>
  ops({ parameters: before }, { parameters: after });
const query = (more: JsonObject = {}): JsonObject => ({
  name: "q",
  in: "query",
  schema: A,
  ...more,
});
const body = (
  more: JsonObject = {},
  types = ["application/json"],
): JsonObject => ({
  requestBody: {
    content: Object.fromEntries(types.map((type) => [type, { schema: A }])),
    ...more,
  },
});
const answers = (before: JsonObject, after: JsonObject) =>
  ops({ responses: before }, { responses: after });
const done = { description: "done" };
const text = (...types: string[]): JsonObject => ({
  description: "it",
  content: Object.fromEntries(types.map((type) => [type, { schema: A }])),
});
const headed = (headers: JsonObject): JsonObject => ({
  "204": { ...done, headers },
});
const SCHEMES = {
  key: { type: "apiKey", in: "header", name: "X-Key" },
  login: { type: "http", scheme: "bearer" },
  oauth: {
    type: "oauth2",
    flows: {
      clientCredentials: {
        tokenUrl: "https://a.example/t",
        scopes: { read: "", write: "" },
      },
    },
  },
};
const secured = (security: Json, schemes: JsonObject = SCHEMES): object =>
  operationOf({ security }, { components: { securitySchemes: schemes } });
const old = { deprecated: true };

const CASES: [name: string, [object, object], string[]][] = [
  [
    "a new path",
    gone({}).toReversed() as [object, object],
    ["info path-added"],
  ],
  ["a path less", gone({}), ["breaking path-removed"]],
  [
    "a deprecated path less, without a date",
    gone(old),
    ["breaking path-removed-without-sunset"],
  ],
  [
    "a path less before its sunset",
    gone({ ...old, "x-sunset": "2026-12-31" }),
    ["breaking path-removed-before-sunset"],
  ],
  [
    "a path less after its sunset",
    gone({ ...old, "x-sunset": "2025-12-31" }),
    ["info path-removed-after-sunset"],
  ],
  [
    "a draft less",
    gone({ "x-stability-level": "draft" }),
    ["info path-removed"],
  ],
  [
    "an alpha less",
    gone({ "x-stability-level": "alpha" }),
    ["info path-removed"],
  ],
  ["a beta less", gone({ "x-stability-level": "beta" }), ["info path-removed"]],
  [
    "a stable one less",
    gone({ "x-stability-level": "stable" }),
    ["breaking path-removed"],
  ],
  ["an internal one less", gone({ "x-internal": true }), ["info path-removed"]],
  [
    "a new method",
    [
      documentOf({ "/a": { get: GET } }),
      documentOf({ "/a": { get: GET, put: OTHER } }),
    ],
    ["info operation-added"],
  ],
  [
    "a method less",
    [
      documentOf({ "/a": { get: GET, put: OTHER } }),
      documentOf({ "/a": { get: GET } }),
    ],
    ["breaking operation-removed"],
  ],
  [
    "another path",
    [documentOf({ "/a": { get: GET } }), documentOf({ "/b": { get: GET } })],
    ["breaking path-removed", "info path-added"],
  ],
  [
    "another operationId",
    ops({ operationId: "one" }, { operationId: "two" }),
    ["warning operation-id-changed"],
  ],
  [
    "an operationId less",
    [
      documentOf({ "/a": { get: GET } }),
      documentOf({ "/a": { get: { responses: GET.responses } } }),
    ],
    ["warning operation-id-removed"],
  ],
  [
    "a new operationId",
    [
      documentOf({ "/a": { get: { responses: GET.responses } } }),
      documentOf({ "/a": { get: GET } }),
    ],
    ["info operation-id-added"],
  ],
  ["deprecation", ops({}, old), ["info operation-deprecated"]],
  ["the end of a deprecation", ops(old, {}), ["info operation-undeprecated"]],
  [
    "a sunset",
    ops(old, { ...old, "x-sunset": "2026-12-31" }),
    ["info sunset-added"],
  ],
  [
    "an earlier sunset",
    ops(
      { ...old, "x-sunset": "2026-12-31" },
      { ...old, "x-sunset": "2026-11-30" },
    ),
    ["breaking sunset-moved-earlier"],
  ],
  [
    "a later sunset",
    ops(
      { ...old, "x-sunset": "2026-11-30" },
      { ...old, "x-sunset": "2026-12-31" },
    ),
    ["info sunset-moved-later"],
  ],
  [
    "a sunset less",
    ops({ ...old, "x-sunset": "2026-12-31" }, old),
    ["warning sunset-removed"],
  ],
  [
    "less stability",
    ops({}, { "x-stability-level": "beta" }),
    ["breaking stability-decreased"],
  ],
  [
    "more stability",
    ops({ "x-stability-level": "alpha" }, { "x-stability-level": "beta" }),
    ["info stability-increased"],
  ],
  [
    "an operation for us alone",
    ops({}, { "x-internal": true }),
    ["breaking operation-became-internal"],
  ],
  [
    "an operation for all",
    ops({ "x-internal": true }, {}),
    ["info operation-became-public"],
  ],
  [
    "a change of a beta",
    ops(
      { "x-stability-level": "beta" },
      { "x-stability-level": "beta", parameters: [query({ required: true })] },
    ),
    ["info request-parameter-required-added"],
  ],

  ["a new parameter", params([], [query()]), ["info request-parameter-added"]],
  [
    "a new required parameter",
    params([], [query({ required: true })]),
    ["breaking request-parameter-required-added"],
  ],
  [
    "a parameter less",
    params([query()], []),
    ["warning request-parameter-removed"],
  ],
  [
    "a deprecated parameter less",
    params([query(old)], []),
    ["info request-parameter-removed"],
  ],
  [
    "a parameter elsewhere",
    params([query()], [{ ...query(), in: "header" }]),
    ["breaking request-parameter-moved"],
  ],
  [
    "a parameter that is required now",
    params([query()], [query({ required: true })]),
    ["breaking request-parameter-became-required"],
  ],
  [
    "a parameter that is optional now",
    params([query({ required: true })], [query()]),
    ["info request-parameter-became-optional"],
  ],
  [
    "a deprecated parameter",
    params([query()], [query(old)]),
    ["info request-parameter-deprecated"],
  ],
  [
    "a parameter that is no longer deprecated",
    params([query(old)], [query()]),
    ["info request-parameter-undeprecated"],
  ],
  [
    "another style",
    params(
      [query({ schema: { type: "array" } })],
      [
        query({
          schema: { type: "array" },
          style: "pipeDelimited",
          explode: true,
        }),
      ],
    ),
    ["breaking request-parameter-style-changed"],
  ],
  [
    "a list in one part",
    params(
      [query({ schema: { type: "array" } })],
      [query({ schema: { type: "array" }, explode: false })],
    ),
    ["breaking request-parameter-explode-changed"],
  ],
  [
    "JSON in a parameter",
    params(
      [query()],
      [
        {
          name: "q",
          in: "query",
          content: { "application/json": { schema: A } },
        },
      ],
    ),
    ["breaking request-parameter-content-type-changed"],
  ],
  [
    "no empty values",
    params([query({ allowEmptyValue: true })], [query()]),
    ["breaking request-parameter-empty-value-forbidden"],
  ],
  [
    "empty values",
    params([query()], [query({ allowEmptyValue: true })]),
    ["info request-parameter-empty-value-allowed"],
  ],
  [
    "a text that becomes a number",
    [queryOf(A), queryOf({ type: "integer" })],
    ["breaking request-parameter-type-narrowed"],
  ],
  [
    "a number that becomes any text",
    [queryOf({ type: "integer" }), queryOf(A)],
    ["info request-parameter-type-widened"],
  ],
  [
    "a number that becomes some text",
    [queryOf({ type: "integer" }), queryOf({ type: "string", pattern: "x" })],
    ["breaking request-parameter-type-changed"],
  ],
  [
    "a smaller range of a parameter",
    [queryOf({ type: "integer" }), queryOf({ type: "integer", maximum: 5 })],
    ["breaking request-parameter-maximum-tightened"],
  ],
  [
    "a value less of a parameter",
    [queryOf({ enum: ["a", "b"] }), queryOf({ enum: ["a"] })],
    ["breaking request-parameter-enum-value-removed"],
  ],
  [
    "another default of a parameter",
    [
      queryOf({ type: "integer", default: 1 }),
      queryOf({ type: "integer", default: 2 }),
    ],
    ["warning request-parameter-default-changed"],
  ],
  [
    "another name of a variable",
    [
      documentOf({
        "/a/{id}": {
          get: {
            ...GET,
            parameters: [{ name: "id", in: "path", required: true, schema: A }],
          },
        },
      }),
      documentOf({
        "/a/{key}": {
          get: {
            ...GET,
            parameters: [
              { name: "key", in: "path", required: true, schema: A },
            ],
          },
        },
      }),
    ],
    ["info request-parameter-renamed"],
  ],

  ["a body", ops({}, body()), ["info request-body-added"]],
  [
    "a required body",
    ops({}, body({ required: true })),
    ["breaking request-body-required-added"],
  ],
  ["a body less", ops(body(), {}), ["breaking request-body-removed"]],
  [
    "a body that is required now",
    ops(body(), body({ required: true })),
    ["breaking request-body-became-required"],
  ],
  [
    "a body that is optional now",
    ops(body({ required: true }), body()),
    ["info request-body-became-optional"],
  ],
  [
    "a media type of the body",
    ops(
      body(),
      body({}, ["application/json", "application/x-www-form-urlencoded"]),
    ),
    ["info request-body-media-type-added"],
  ],
  [
    "a media type of the body less",
    ops(body({}, ["application/json", "text/plain"]), body()),
    ["breaking request-body-media-type-removed"],
  ],
  [
    "a range for a media type",
    ops(body({}, ["text/plain"]), body({}, ["text/*"])),
    ["info request-body-media-type-added"],
  ],

  [
    "a success more",
    answers({ "200": done }, { "200": done, "201": done }),
    ["warning response-success-status-added"],
  ],
  [
    "a success less",
    answers({ "200": done, "201": done }, { "200": done }),
    ["breaking response-success-status-removed"],
  ],
  [
    "an error more",
    answers({ "200": done }, { "200": done, "404": done }),
    ["info response-status-added"],
  ],
  [
    "an error less",
    answers({ "200": done, "404": done }, { "200": done }),
    ["info response-status-removed"],
  ],
  [
    "an error that the range had",
    answers(
      { "200": done, "4XX": done },
      { "200": done, "4XX": done, "404": done },
    ),
    [],
  ],
  [
    "a media type of an answer",
    answers(
      { "200": text("text/plain") },
      { "200": text("text/plain", "application/json") },
    ),
    ["info response-body-media-type-added"],
  ],
  [
    "a media type of an answer less",
    answers(
      { "200": text("text/plain", "application/json") },
      { "200": text("text/plain") },
    ),
    ["breaking response-body-media-type-removed"],
  ],
  [
    "a body of an answer",
    answers({ "200": done }, { "200": text("text/plain") }),
    ["info response-body-added"],
  ],
  [
    "a body of an answer less",
    answers({ "200": text("text/plain") }, { "200": done }),
    ["breaking response-body-removed"],
  ],
  [
    "a header",
    answers(headed({}), headed({ "X-A": { schema: A } })),
    ["info response-header-added"],
  ],
  [
    "a header less",
    answers(headed({ "X-A": { schema: A } }), headed({})),
    ["warning response-header-removed"],
  ],
  [
    "a required header less",
    answers(headed({ "X-A": { schema: A, required: true } }), headed({})),
    ["breaking response-header-required-removed"],
  ],
  [
    "a header that may be missing",
    answers(
      headed({ "X-A": { schema: A, required: true } }),
      headed({ "x-a": { schema: A } }),
    ),
    ["breaking response-header-became-optional"],
  ],
  [
    "a header that is always there",
    answers(
      headed({ "X-A": { schema: A } }),
      headed({ "X-A": { schema: A, required: true } }),
    ),
    ["info response-header-became-required"],
  ],
  [
    "a header of another type",
    answers(
      headed({ "X-A": { schema: { type: "integer" } } }),
      headed({ "X-A": { schema: A } }),
    ),
    ["breaking response-header-type-widened"],
  ],

  [
    "credentials",
    [
      operationOf({}, { components: { securitySchemes: SCHEMES } }),
      secured([{ key: [] }]),
    ],
    ["breaking security-added"],
  ],
  [
    "no credentials",
    [
      secured([{ key: [] }]),
      operationOf({}, { components: { securitySchemes: SCHEMES } }),
    ],
    ["warning security-removed"],
  ],
  [
    "credentials that one may leave out",
    [secured([{ key: [] }]), secured([{ key: [] }, {}])],
    ["warning security-removed"],
  ],
  [
    "another way to prove oneself",
    [secured([{ key: [] }]), secured([{ key: [] }, { login: [] }])],
    ["info security-alternative-added"],
  ],
  [
    "a way less to prove oneself",
    [secured([{ key: [] }, { login: [] }]), secured([{ key: [] }])],
    ["breaking security-alternative-removed"],
  ],
  [
    "two proofs at once",
    [secured([{ key: [] }]), secured([{ key: [], login: [] }])],
    [
      "breaking security-alternative-removed",
      "info security-alternative-added",
    ],
  ],
  [
    "a scope",
    [secured([{ oauth: ["read"] }]), secured([{ oauth: ["read", "write"] }])],
    ["breaking security-scope-added"],
  ],
  [
    "a scope less",
    [secured([{ oauth: ["read", "write"] }]), secured([{ oauth: ["read"] }])],
    ["info security-scope-removed"],
  ],
  [
    "a key elsewhere",
    [
      secured([{ key: [] }]),
      secured([{ key: [] }], {
        ...SCHEMES,
        key: { type: "apiKey", in: "query", name: "key" },
      }),
    ],
    ["breaking security-scheme-changed"],
  ],
  [
    "a new scheme",
    [
      secured([{ key: [] }]),
      secured([{ key: [] }], { ...SCHEMES, more: SCHEMES.login }),
    ],
    ["info security-scheme-added"],
  ],
  [
    "a scheme less that nobody asks for",
    [secured([{ key: [] }]), secured([{ key: [] }], { key: SCHEMES.key })],
    ["info security-scheme-removed", "info security-scheme-removed"],
  ],
  [
    "a server",
    [
      operationOf({}, { servers: [{ url: "/a" }] }),
      operationOf({}, { servers: [{ url: "/a" }, { url: "/b" }] }),
    ],
    ["info server-added"],
  ],
  [
    "a server less",
    [
      operationOf({}, { servers: [{ url: "/a" }, { url: "/b" }] }),
      operationOf({}, { servers: [{ url: "/a" }] }),
    ],
    ["warning server-removed"],
  ],
];

describe("a change of an operation", () => {
  it.each(CASES)("%s", async (_, [before, after], expected) => {
    expect(await told(before, after)).toEqual(expected);
  });
});

describe("a change of a component", () => {
  const book = (title: Json) => ({
    components: {
      schemas: {
        Book: {
          type: "object",
          properties: { title, next: { $ref: "#/components/schemas/Book" } },
        },
      },
    },
  });
  const ref = {
    content: {
      "application/json": { schema: { $ref: "#/components/schemas/Book" } },
    },
  };
  const answer = { responses: { "200": { description: "it", ...ref } } };
  const paths = {
    "/a": { get: { operationId: "getA", ...answer } },
    "/b": {
      get: { operationId: "getB", ...answer },
      put: {
        operationId: "putB",
        requestBody: ref,
        responses: { "204": done },
      },
      post: {
        operationId: "postB",
        "x-stability-level": "alpha",
        requestBody: ref,
        responses: { "204": done },
      },
    },
  };

  it("is told once a direction, with the operations that it touches", async () => {
    const changes = await changesBetween(
      documentOf(paths, book({ type: ["string", "null"] })),
      documentOf(paths, book(A)),
    );
    expect(
      changes.map(({ id, severity, place, operations }) => ({
        id,
        severity,
        place,
        operations: operations.map(({ after }) => after?.id),
      })),
    ).toEqual([
      {
        id: "request-body-became-not-nullable",
        severity: "breaking",
        place: "schema `Book`, `title`",
        operations: ["putB", "postB"],
      },
      {
        id: "response-body-became-not-nullable",
        severity: "info",
        place: "schema `Book`, `title`",
        operations: ["getA", "getB"],
      },
    ]);
  });

  it("breaks nobody when only drafts use it", async () => {
    const drafts = {
      "/a": {
        put: {
          operationId: "putA",
          "x-stability-level": "draft",
          requestBody: ref,
          responses: { "204": done },
        },
      },
    };
    expect(
      await told(
        documentOf(drafts, book({ type: ["string", "null"] })),
        documentOf(drafts, book(A)),
      ),
    ).toEqual(["info request-body-became-not-nullable"]);
  });

  it("says where both versions stand", async () => {
    const [change] = await changesBetween(
      documentOf(paths, book(A)),
      documentOf(paths, book({ type: "string", maxLength: 3 })),
    );
    expect(change?.after?.pointer).toBe(
      "/components/schemas/Book/properties/title/maxLength",
    );
    expect(change?.before?.pointer).toBe(
      "/components/schemas/Book/properties/title",
    );
  });
});
