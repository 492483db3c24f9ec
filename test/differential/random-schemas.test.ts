/** Emitted checks of random schemas against a plain reading of the specification, which the official suite holds. */
import { afterAll, describe, expect, it } from "vitest";
import type { Json } from "../../generator/src/load/document.js";
import { bodyChecks } from "../conformance/body-checks.js";
import { suiteFiles, suiteGroups } from "../conformance/suite.js";
import { outputFolder } from "../conformance/transpiled.js";
import { seededRandom } from "../random.js";
import { sharedAvailable } from "../shared.js";
import { randomSchemas, randomValue } from "./random-schema.js";
import { isValid } from "./reference.js";

const DRAFT = "draft2020-12";
const DOCUMENTS = 20;
const SCHEMAS = 40;
const VALUES = 60;

describe("emitted checks of random schemas", () => {
  const folder = outputFolder("random-schemas");
  let asked = 0;
  let valid = 0;

  it.each(Array.from({ length: DOCUMENTS }, (_, at) => at + 1))(
    "document %d",
    async (seed) => {
      const random = seededRandom(seed * 7_919);
      const schemas = randomSchemas(random, SCHEMAS);
      const names = Object.keys(schemas);
      const { checks, errors } = await bodyChecks(
        `${folder}/${seed}`,
        names.map((name) => ({
          id: `ask${name}`,
          schema: { $ref: `#/components/schemas/${name}` },
        })),
        { openapi: "3.1.1", rest: { components: { schemas } } },
      );
      expect(errors).toEqual([]);
      const differences: string[] = [];
      for (const name of names) {
        const check = checks.get(`ask${name}`);
        const schema = schemas[name];
        if (check === undefined || schema === undefined) {
          throw new Error(`no check for ${name}`);
        }
        for (let round = 0; round < VALUES; round++) {
          const value: Json = randomValue(random);
          const want = isValid(schema, value, schemas);
          const faults = check(structuredClone(value));
          asked++;
          if (want) valid++;
          if ((faults.length === 0) !== want) {
            differences.push(
              `${name} ${want ? "allows" : "forbids"} ${JSON.stringify(value)}: ${JSON.stringify(faults[0])}`,
            );
          }
        }
      }
      expect(differences).toEqual([]);
    },
  );

  it("asks enough of both kinds", () => {
    expect(asked).toBe(DOCUMENTS * SCHEMAS * VALUES);
    expect(valid / asked).toBeGreaterThan(0.15);
    expect(valid / asked).toBeLessThan(0.6);
  });

  afterAll(() => {
    process.stdout.write(`random schemas: ${asked} values, ${valid} valid\n`);
  });
});

/** What the plain reading does not know, or only roughly: references by URI, division of decimals. */
const BEYOND =
  /"\$(?:ref|dynamicRef|id|anchor|vocabulary)"|metaschema|"multipleOf":[^,}]*[.e]/;

describe.runIf(sharedAvailable)("the plain reading", () => {
  it("answers the official suite as it says", () => {
    const wrong: string[] = [];
    let right = 0;
    for (const file of sharedAvailable ? suiteFiles(DRAFT) : []) {
      for (const { schema, description, tests } of suiteGroups(DRAFT, file)) {
        if (BEYOND.test(JSON.stringify(schema))) continue;
        for (const test of tests) {
          if (isValid(schema, test.data, {}) === test.valid) right++;
          else wrong.push(`${file} ${description} / ${test.description}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(1_000);
  });
});
