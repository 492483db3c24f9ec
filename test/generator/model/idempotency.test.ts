/** Which operations may be repeated by key. */
import { expect, it } from "vitest";
import { build } from "./build.js";

async function planOf(
  method: string,
  operation: object,
  root: object = {},
): Promise<unknown> {
  const built = await build({
    openapi: "3.1.0",
    info: { title: "test", version: "1" },
    paths: { "/orders": { [method]: { operationId: "op", ...operation } } },
    ...root,
  });
  const found = built.diagnostics.filter(({ code }) => code === "KT2301");
  expect(found).toEqual([]);
  return built.operation("op").policies.idempotency;
}

const header = (name: string) => ({
  parameters: [{ name, in: "header", schema: { type: "string" } }],
});
const plan = {
  header: "idempotency-key",
  ttl: 86_400,
  replay: ["2XX", "4XX"],
};

it.each([
  ["post", header("Idempotency-Key"), {}, plan],
  ["delete", header("idempotency-key"), {}, plan],
  [
    "post",
    header("X-Idempotency-Key"),
    {},
    { ...plan, header: "x-idempotency-key" },
  ],
  ["get", header("Idempotency-Key"), {}, undefined],
  ["post", {}, {}, undefined],
  ["post", { "x-idempotency": true }, {}, plan],
  ["post", { "x-fern-idempotent": true }, {}, plan],
  [
    "post",
    { "x-fern-idempotent": true },
    { "x-fern-idempotency-headers": [{ header: "Request-Token" }] },
    { ...plan, header: "request-token" },
  ],
  ["post", {}, { "x-idempotency": true }, plan],
  ["put", {}, { "x-idempotency": true }, undefined],
  ["get", {}, { "x-idempotency": true }, undefined],
  ["post", { "x-idempotency": false }, { "x-idempotency": true }, undefined],
  [
    "put",
    {
      "x-idempotency": {
        header: "Request-Id",
        required: true,
        ttl: "2h",
        scope: "global",
        replay: ["2xx", 409],
      },
    },
    {},
    {
      header: "request-id",
      required: true,
      ttl: 7200,
      scope: "global",
      replay: ["2XX", 409],
    },
  ],
])("%s %j in %j", async (method, operation, root, expected) => {
  expect(await planOf(method, operation, root)).toEqual(expected);
});
