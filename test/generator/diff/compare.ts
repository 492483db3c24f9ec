/** Two documents through the real loader and builder into changes. */
import type { Change } from "../../../generator/src/diff/change.js";
import { compareApis } from "../../../generator/src/diff/compare-apis.js";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import { build } from "../model/build.js";

/** 2026-01-01. */
export const NOW = Date.UTC(2026, 0, 1);

export async function changesBetween(
  before: string | object,
  after: string | object,
): Promise<Change[]> {
  const one = await build(before);
  const two = await build(after);
  return compareApis(one.api, two.api, { now: NOW });
}

/** `breaking request-body-type-narrowed`, in order of the alphabet. */
export async function told(
  before: string | object,
  after: string | object,
): Promise<string[]> {
  const changes = await changesBetween(before, after);
  return changes.map(({ severity, id }) => `${severity} ${id}`).sort();
}

export type Version = "3.0.3" | "3.1.0" | "3.2.0";

export function documentOf(
  paths: JsonObject,
  rest: JsonObject = {},
  openapi: Version = "3.1.0",
): JsonObject {
  return { openapi, info: { title: "t", version: "1" }, paths, ...rest };
}

/** One operation of `/things` with a few members of its own. */
export function operationOf(
  operation: JsonObject,
  rest: JsonObject = {},
  openapi: Version = "3.1.0",
): JsonObject {
  const responses: Json = { "204": { description: "done" } };
  const put: JsonObject = { operationId: "putThing", responses, ...operation };
  return documentOf({ "/things": { put } }, rest, openapi);
}

export function requestOf(
  schema: Json,
  schemas: JsonObject = {},
  openapi: Version = "3.1.0",
): JsonObject {
  return operationOf(
    { requestBody: { content: { "application/json": { schema } } } },
    { components: { schemas } },
    openapi,
  );
}

export function responseOf(
  schema: Json,
  schemas: JsonObject = {},
  openapi: Version = "3.1.0",
): JsonObject {
  return operationOf(
    {
      responses: {
        "200": {
          description: "it",
          content: { "application/json": { schema } },
        },
      },
    },
    { components: { schemas } },
    openapi,
  );
}

export function queryOf(schema: Json, more: JsonObject = {}): JsonObject {
  return operationOf({
    parameters: [{ name: "q", in: "query", schema, ...more }],
  });
}
