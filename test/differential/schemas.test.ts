/** Emitted checks of real schemas against Ajv, on random values. */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import { bodyChecks } from "../conformance/body-checks.js";
import { outputFolder } from "../conformance/transpiled.js";
import { shared, sharedAvailable } from "../shared.js";
import { ajvOracle } from "./ajv-oracle.js";
import { mutated } from "./mutate.js";
import { seededRandom } from "../random.js";
import { isObject } from "./any-value.js";
import { schemaValue } from "./schema-values.js";

/** Values for each schema: half as its generator made them, half changed. */
const VALUES = 200;

const DOCUMENTS = [
  "specs/real/swagger-petstore/openapi.yaml",
  "specs/real/qdrant/openapi.json",
  "specs/real/box/openapi-v2025.0.json",
  "specs/real/figma/openapi.yaml",
  "specs/real/adyen/CheckoutService-v72.yaml",
];

describe.runIf(sharedAvailable)("emitted checks and Ajv agree", () => {
  const lines: string[] = [];

  it.each(DOCUMENTS)("%s", async (path) => {
    const document: JsonObject = parse(readFileSync(shared(path), "utf8"), {
      merge: true,
    });
    const version =
      String(document["openapi"]).slice(0, 3) === "3.0" ? "3.0" : "3.1";
    const components = componentSchemas(document);
    const names = Object.keys(components);
    const { checks, errors } = await bodyChecks(
      outputFolder(`differential-${path.split("/")[2]}`),
      names.map((name, index) => ({
        id: `check${index}`,
        schema: { $ref: `#/components/schemas/${name}` },
      })),
      {
        openapi: String(document["openapi"]),
        rest: { components: { schemas: components } },
      },
    );
    expect(errors).toEqual([]);

    const oracle = ajvOracle(components, version);
    const random = seededRandom(20_260_101);
    const differences: string[] = [];
    let valid = 0;
    let total = 0;
    for (const [index, name] of names.entries()) {
      const check = checks.get(`check${index}`);
      if (check === undefined) throw new Error(`no check for ${name}`);
      const theirs = oracle(name);
      for (let round = 0; round < VALUES; round++) {
        const careful = round % 4 < 2;
        const made = schemaValue(components[name], {
          components,
          random,
          careful,
        });
        const value = json(round % 2 === 0 ? made : mutated(made, random));
        const faults = check(value);
        const accepted = theirs(value);
        total++;
        if (accepted) valid++;
        if ((faults.length === 0) === accepted) continue;
        differences.push(
          `${name}: ${accepted ? `only we refuse: ${JSON.stringify(faults[0])}` : "only they refuse"}: ${JSON.stringify(value)}`,
        );
      }
    }
    lines.push(
      `${path}: ${names.length} schemas, ${total} values, ${valid} valid, ${differences.length} differences`,
    );
    expect(differences.slice(0, 10)).toEqual([]);
    // A comparison of refusals only, or of acceptances only, would prove little.
    expect(valid / total).toBeGreaterThan(0.2);
    expect(valid / total).toBeLessThan(0.9);
  });

  afterAll(() => {
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  });
});

/** As a request brings it: text read by JSON.parse. */
function json(value: Json): Json {
  const read: Json = JSON.parse(JSON.stringify(value));
  return read;
}

function componentSchemas(document: JsonObject): JsonObject {
  const components = document["components"];
  const schemas = isObject(components) ? components["schemas"] : undefined;
  if (!isObject(schemas)) throw new Error("no components");
  return schemas;
}
