/** Random values of every defined style reach the handler as they were, and random bytes never break the server. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/src/load/document.js";
import {
  definedParameters,
  definition,
  encode,
  NAME,
  valuesOf,
} from "./random-parameters.js";
import { type Served, serveDocument } from "./served-document.js";

const SEED = 20_240_917;
const parameters = definedParameters().map((parameter, index) => ({
  parameter,
  prefix: `/r${index}`,
  title: Object.values(parameter).join(" "),
}));

const MEMBER = {
  path: "params",
  query: "query",
  header: "headers",
  cookie: "cookies",
} as const;

let served: Served;
beforeAll(async () => {
  const paths: JsonObject = {};
  for (const { parameter, prefix } of parameters) {
    const path = parameter.in === "path" ? `${prefix}/{${NAME}}` : prefix;
    paths[path] = {
      get: {
        parameters: [definition(parameter)],
        responses: { "204": { description: "read" } },
      },
    };
  }
  served = await serveDocument("parameters-random", {
    openapi: "3.2.0",
    info: { title: "Random", version: "1" },
    paths,
  });
}, 60_000);
afterAll(() => served.close());

it("covers every place and style", () => {
  expect(parameters).toHaveLength(184);
});

describe("a random value comes back as it was", () => {
  it.each(parameters)("$title", async ({ parameter, prefix }) => {
    await fc.assert(
      fc.asyncProperty(valuesOf(parameter), async (value) => {
        const wire = encode(parameter, prefix, value);
        const { status, received } = await served.send(wire);
        expect({
          wire,
          status,
          value: received?.[MEMBER[parameter.in]]?.[NAME],
        }).toEqual({ wire, status: 204, value });
      }),
      { seed: SEED, numRuns: 12 },
    );
  });
});

describe("random bytes", () => {
  const line = fc.string({
    unit: fc
      .integer({ min: 0x21, max: 0x7e })
      .map((code) => String.fromCharCode(code)),
    maxLength: 40,
  });
  /** What the readers look for, in no order. */
  const scraps = fc
    .array(
      fc.constantFrom(
        "color",
        "[",
        "]",
        "=",
        "&",
        "%",
        "%5B",
        ";",
        ".",
        ",",
        "__proto__",
        "%00",
        "1",
        "+",
        "?",
        "/",
        "%zz",
        "R",
        "%ff",
      ),
      { maxLength: 12 },
    )
    .map((list) => list.join(""));
  const garbage = fc.oneof(line, scraps);

  it("are refused or read, and never a fault of the server", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...parameters),
        garbage,
        garbage,
        async ({ parameter, prefix }, first, second) => {
          const isPath = parameter.in === "path";
          const { status } = await served.send({
            target: isPath
              ? `${prefix}/${first}?${second}`
              : `${prefix}?${first}`,
            headers: [NAME, second, "Cookie", `color=${first};${second}`],
          });
          expect([204, 400, 404]).toContain(status);
        },
      ),
      { seed: SEED, numRuns: 600 },
    );
  });
});
