import { describe, expect, it } from "vitest";
import { generate } from "../../../generator/src/generate.js";
import type { JsonObject } from "../../../generator/src/load/document.js";

function documentWith(operation: JsonObject): object {
  return {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: {
      "/a": {
        post: {
          operationId: "a",
          responses: { "204": { description: "done" } },
          ...operation,
        },
      },
    },
  };
}

async function apiOf(operation: JsonObject) {
  const { layout } = await generate(documentWith(operation));
  const group = layout?.api.groups[0];
  return { group, operation: group?.operations[0] };
}

function body(schema: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    requestBody: { content: { "application/jsonl": { schema, ...more } } },
  };
}

describe("names under the prefix `x-kontract-`", () => {
  it("are read in schemas as short ones are", async () => {
    const { operation } = await apiOf(
      body({ type: "string", "x-kontract-sensitive": true }),
    );
    expect(operation?.body?.media[0]?.schema.sensitive).toBe(true);
    const typed = await generate(
      documentWith(body({ type: "string", "x-kontract-ts-type": "money" })),
    );
    expect(typed.diagnostics.map(({ code }) => code)).toContain("KT3122");
  });

  it("describe the items of a stream, whose references are followed", async () => {
    const broken = await generate(
      documentWith(
        body({}, { "x-kontract-item-schema": { $ref: "#/nowhere" } }),
      ),
    );
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(["KT1020"]);
    const known = await apiOf(
      body({}, { "x-kontract-item-schema": { type: "integer" } }),
    );
    expect(known.operation?.body?.media[0]?.item?.types).toEqual(["integer"]);
  });

  it("group operations, and silence findings", async () => {
    const { group } = await apiOf({ "x-kontract-handler-group": "shop" });
    expect(group?.title).toBe("shop");
    const xml: JsonObject = {
      requestBody: {
        content: { "application/xml": { schema: { type: "object" } } },
      },
      "x-kontract-lint-ignore": ["KT3111"],
    };
    const { diagnostics } = await generate(documentWith(xml));
    expect(diagnostics).toEqual([]);
  });
});
