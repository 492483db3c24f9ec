/** Objects with more members than stand in one function: each of them is checked all the same, where it is required and where it is one of several. */
import { beforeAll, describe, expect, it } from "vitest";
import { bodyChecks, type BodyCheck } from "./body-checks.js";
import { outputFolder } from "./transpiled.js";

const COUNT = 1_000;
const keys = Array.from({ length: COUNT }, (_, at) => `p${at}`);

const wide = {
  type: "object",
  required: ["p0", "p500", "p999"],
  properties: Object.fromEntries(
    keys.map((key) => [key, { type: "integer", maximum: 9 }]),
  ),
};

describe("an object of 1,000 members", () => {
  let alone: BodyCheck;
  let oneOfTwo: BodyCheck;

  beforeAll(async () => {
    const { checks, errors } = await bodyChecks(
      outputFolder("wide-object"),
      [
        { id: "alone", schema: wide },
        { id: "oneOfTwo", schema: { anyOf: [{ type: "string" }, wide] } },
      ],
      { openapi: "3.1.0" },
    );
    expect(errors).toEqual([]);
    alone = checks.get("alone") as BodyCheck;
    oneOfTwo = checks.get("oneOfTwo") as BodyCheck;
  });

  const full = () => Object.fromEntries(keys.map((key) => [key, 1]));

  it("is accepted when all are right", () => {
    expect(alone(full())).toEqual([]);
    expect(oneOfTwo(full())).toEqual([]);
  });

  it("is refused for any of them", () => {
    for (const key of keys) {
      expect(alone({ ...full(), [key]: 10 })).toHaveLength(1);
      expect(oneOfTwo({ ...full(), [key]: 10 })).toHaveLength(1);
    }
  });

  it("names all that is wrong, and all that is missing", () => {
    const value = { ...full(), p1: "x", p700: 10, p998: 1.5 };
    const { p500, ...rest } = { ...value, p500: undefined };
    expect(p500).toBeUndefined();
    expect(alone(rest)).toHaveLength(4);
  });
});
