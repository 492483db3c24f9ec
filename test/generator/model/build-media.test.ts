import { describe, expect, it } from "vitest";
import { codecOf } from "../../../generator/src/model/codec.js";
import { build, says } from "./build.js";

describe("codecs", () => {
  const rows: [type: string, codec: string][] = [
    ["application/json", "json"],
    ["application/json; charset=utf-8", "json"],
    ["application/problem+json", "json"],
    ["text/json", "json"],
    ["application/x-www-form-urlencoded", "form"],
    ["multipart/form-data", "multipart"],
    ["text/plain", "text"],
    ["text/html", "text"],
    ["text/csv; header=present", "text"],
    ["application/octet-stream", "bytes"],
    ["text/event-stream", "events"],
    ["application/x-ndjson", "lines"],
    ["application/jsonl", "lines"],
    ["application/json-seq", "lines"],
    ["application/geo+json-seq", "lines"],
    ["application/xml", "typed only"],
    ["text/xml", "typed only"],
    ["image/png", "typed only"],
    ["text/*", "typed only"],
    ["*/*", "typed only"],
    ["application/*+json", "typed only"],
    ["multipart/mixed", "typed only"],
    ["nonsense", "typed only"],
  ];
  it.each(rows)("%s: %s", (type, want) => {
    const { codec, typedOnly } = codecOf(type);
    expect(typedOnly ? "typed only" : codec).toBe(want);
  });
});

async function builtFrom(
  operation: object,
  components = {},
  method = "post",
  openapi = "3.2.0",
) {
  const built = await build({
    openapi,
    info: { title: "t", version: "1" },
    paths: { "/a": { [method]: { operationId: "a", ...operation } } },
    components,
  });
  return { ...built.operation("a"), diagnostics: built.diagnostics };
}

describe("bodies", () => {
  it("have media types in order, lower-cased, with schemas and examples", async () => {
    const { body } = await builtFrom({
      requestBody: {
        description: "D",
        required: true,
        content: {
          "Application/JSON": {
            schema: { type: "object" },
            example: 1,
            examples: {
              two: { value: 2 },
              three: { externalValue: "https://example.com" },
              four: { dataValue: 4 },
            },
          },
          "text/event-stream": { itemSchema: { type: "string" } },
          "application/jsonl": { "x-item-schema": { type: "integer" } },
        },
      },
    });
    expect(body).toMatchObject({ required: true, doc: { description: "D" } });
    expect(
      body?.media.map(({ type, schema, item }) => [
        type,
        says(schema),
        item && says(item),
      ]),
    ).toEqual([
      ["application/json", { types: ["object"] }, undefined],
      ["text/event-stream", {}, { types: ["string"] }],
      ["application/jsonl", {}, { types: ["integer"] }],
    ]);
    expect(body?.media[0]?.examples).toEqual([
      { name: "example", value: 1 },
      { name: "two", value: 2 },
      { name: "four", value: 4 },
    ]);
  });

  it("have encodings by property", async () => {
    const { body } = await builtFrom({
      requestBody: {
        content: {
          "multipart/form-data": {
            schema: {},
            encoding: {
              file: {
                contentType: "Image/PNG, image/jpeg",
                headers: { "X-A": { schema: { type: "string" } } },
              },
              list: {
                style: "pipeDelimited",
                explode: false,
                allowReserved: true,
              },
            },
          },
        },
      },
    });
    expect(body?.media[0]?.encoding).toMatchObject([
      {
        property: "file",
        contentType: "image/png, image/jpeg",
        headers: [{ name: "x-a" }],
      },
      {
        property: "list",
        style: "pipeDelimited",
        explode: false,
        allowReserved: true,
        headers: [],
      },
    ]);
  });

  it("follow references, and what is written beside them in 3.1", async () => {
    const { body } = await builtFrom(
      {
        requestBody: {
          $ref: "#/components/requestBodies/B",
          description: "near",
        },
      },
      {
        requestBodies: {
          B: {
            description: "far",
            content: { "text/plain": { $ref: "#/components/mediaTypes/T" } },
          },
        },
        mediaTypes: { T: { schema: { type: "string" } } },
      },
    );
    expect(body?.doc.description).toBe("near");
    expect(body?.media[0]?.schema.types).toEqual(["string"]);
  });

  const required = {
    requestBody: { required: true, content: { "application/json": {} } },
  };
  it.each([
    ["get", false],
    ["head", false],
    ["delete", true],
  ])("of %s can be demanded: %s", async (method, want) => {
    expect((await builtFrom(required, {}, method)).body?.required).toBe(want);
  });

  it("of trace are never sent", async () => {
    expect((await builtFrom(required, {}, "trace")).body).toBeUndefined();
  });

  it("have encodings by position in 3.2", async () => {
    const { body } = await builtFrom({
      requestBody: {
        content: {
          "multipart/mixed": {
            prefixEncoding: [{ contentType: "Application/JSON" }, {}],
            itemEncoding: { contentType: "image/*" },
          },
        },
      },
    });
    expect(body?.media[0]?.positions).toEqual({
      prefix: [
        { contentType: "application/json", headers: [] },
        { headers: [] },
      ],
      item: { contentType: "image/*", headers: [] },
    });
  });

  it.each([
    [4096, 4096],
    ["512kb", 512 * 1024],
    ["1 MiB", 1024 * 1024],
    ["2GB", 2 * 1024 ** 3],
    ["much", undefined],
    [-1, undefined],
  ])("have a limit by x-max-body: %s", async (written, want) => {
    const { body } = await builtFrom({
      requestBody: { content: { "application/json": {} } },
      "x-max-body": written,
    });
    expect(body?.limit).toBe(want);
  });
});

describe("answers", () => {
  it("have exact codes, ranges and a default", async () => {
    const { answers } = await builtFrom({
      responses: {
        "200": {
          description: "D",
          content: { "application/json": { schema: { type: "object" } } },
        },
        "4XX": { description: "" },
        "5xx": { description: "" },
        default: { description: "" },
        "99": { description: "" },
        ok: { description: "" },
        "x-a": { description: "" },
      },
    });
    expect(answers.map(({ status }) => status)).toEqual([
      200,
      "4XX",
      "5XX",
      "default",
    ]);
    expect(answers[0]).toMatchObject({
      doc: { description: "D" },
      media: [{ type: "application/json", codec: "json" }],
    });
  });

  it("have headers in lower case, without Content-Type", async () => {
    const { answers } = await builtFrom({
      responses: {
        "200": {
          description: "",
          headers: {
            "X-Rate": { required: true, schema: { type: "integer" } },
            "Content-Type": { schema: { type: "string" } },
            link: {
              explode: true,
              content: { "application/json": { schema: {} } },
            },
          },
        },
      },
    });
    expect(answers[0]?.headers).toMatchObject([
      {
        name: "x-rate",
        required: true,
        explode: false,
        schema: { types: ["integer"] },
      },
      {
        name: "link",
        required: false,
        explode: true,
        content: "application/json",
      },
    ]);
  });

  it.each(["101", "1XX", "204", "205", "304"])(
    "with %s have no body, whatever is written",
    async (status) => {
      const { answers, diagnostics } = await builtFrom({
        responses: {
          [status]: { description: "", content: { "application/json": {} } },
        },
      });
      expect(answers[0]?.media).toEqual([]);
      expect(diagnostics).toMatchObject([
        {
          code: "KT2102",
          severity: "warning",
          origin: { pointer: `/paths/~1a/post/responses/${status}/content` },
        },
      ]);
    },
  );

  it.each([[{}], [{ responses: {} }], [{ responses: [] }]])(
    "are any status without a body when none is declared: %j",
    async (operation) => {
      const { answers } = await builtFrom(operation);
      expect(answers).toMatchObject([
        { status: "default", media: [], headers: [] },
      ]);
    },
  );
});
