/** What the builders of policies make of a document, and where they look. */
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Policies as RuntimePolicies } from "../../../runtime/src/contract/policies.js";
import type { Policies } from "../../../generator/src/model/policies/policies.js";
import { build } from "./build.js";

describe("policies", () => {
  it("have the shapes that the runtime knows", () => {
    expectTypeOf<Policies>().toExtend<RuntimePolicies>();
    expectTypeOf<keyof RuntimePolicies>().toEqualTypeOf<keyof Policies>();
  });

  const nested = (extra: object) => ({
    openapi: "3.1.0",
    info: { title: "test", version: "1" },
    "x-sunset": "2030-01-01",
    tags: [
      { name: "plain" },
      { name: "ending", "x-sunset": "2029-01-01" },
      { name: "later", "x-sunset": "2028-01-01" },
    ],
    paths: {
      "/a": {
        "x-sunset": "2027-01-01",
        get: {
          operationId: "own",
          "x-kontract-sunset": "2026-01-01",
          ...extra,
        },
        put: { operationId: "ofPath", tags: ["ending"] },
      },
      "/b": {
        get: { operationId: "ofTag", tags: ["plain", "ending", "later"] },
        put: { operationId: "ofRoot", tags: ["plain", "unknown"] },
      },
    },
  });

  it.each([
    ["own", "2026-01-01"],
    ["ofPath", "2027-01-01"],
    ["ofTag", "2029-01-01"],
    ["ofRoot", "2030-01-01"],
  ])("are those of the nearest place: %s", async (id, day) => {
    const { operation } = await build(nested({}));
    expect(operation(id).policies.deprecation?.sunset).toBe(
      Date.parse(day) / 1000,
    );
  });

  it("are an error under our own prefix when they are not understood", async () => {
    const { diagnostics } = await build(
      nested({ "x-kontract-sunset": "soon", "x-deprecated-since": 7 }),
    );
    expect(
      diagnostics
        .filter(({ code }) => code === "KT2301")
        .map(({ severity, origin }) => [severity, origin.pointer]),
    ).toEqual([
      ["warning", "/paths/~1a/get/x-deprecated-since"],
      ["error", "/paths/~1a/get/x-kontract-sunset"],
    ]);
  });

  it("change the hash of the operations that have them", async () => {
    const before = await build(nested({}));
    const after = await build({ ...nested({}), "x-sunset": "2031-01-01" });
    for (const id of ["own", "ofPath", "ofTag"]) {
      expect(after.operation(id).hash).toBe(before.operation(id).hash);
    }
    expect(after.operation("ofRoot").hash).not.toBe(
      before.operation("ofRoot").hash,
    );
  });
});
