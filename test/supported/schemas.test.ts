/** What the table of features says of schemas, held against emitted checks in each version of OpenAPI. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Version } from "../../generator/src/load/grammar.js";
import {
  FEATURES,
  VERSIONS,
  isRead,
} from "../../generator/src/report/table.js";
import { bodyChecks } from "../conformance/body-checks.js";
import { outputFolder } from "../conformance/transpiled.js";
import { COMPONENTS, PROBES, type Probe } from "./schema-probes.js";

const folder = outputFolder("supported");

const PATCHES: Record<Version, string> = {
  "3.0": "3.0.4",
  "3.1": "3.1.1",
  "3.2": "3.2.0",
};

/** Keywords that assert nothing themselves, and are seen in what others make of them. */
const SEEN_ELSEWHERE: Record<string, string> = {
  "schema: `default`": "test/conformance/effects.test.ts",
  "schema: `readOnly`": "test/conformance/effects.test.ts",
  "schema: `$vocabulary`": "test/generator/load/references.test.ts",
};

function schemaOf(probe: Probe, version: Version) {
  return version === "3.0" && probe.schema30 !== undefined
    ? probe.schema30
    : probe.schema;
}

describe("features of schemas", () => {
  it("have a probe each", () => {
    const listed = FEATURES.filter(
      ({ area, level, name }) =>
        area === "Schemas" &&
        level === "enforced" &&
        !/^(discriminator|older drafts): /.test(name) &&
        !(name in SEEN_ELSEWHERE),
    ).map(({ name }) => name);
    const probed = PROBES.map(({ feature }) => feature);
    expect(probed.toSorted()).toEqual(listed.toSorted());
  });

  it.each(VERSIONS)("are enforced in OpenAPI %s", async (version) => {
    const probes = PROBES.filter(({ feature }) => counts(feature, version));
    const { checks, errors } = await bodyChecks(
      join(folder, version),
      probes.map((probe, index) => ({
        id: `probe${index}`,
        schema: schemaOf(probe, version),
      })),
      {
        openapi: PATCHES[version],
        rest: { components: COMPONENTS },
      },
    );
    expect(errors).toEqual([]);
    const wrong: string[] = [];
    for (const [index, probe] of probes.entries()) {
      const check = checks.get(`probe${index}`);
      if (check === undefined) throw new Error(`no check ${probe.feature}`);
      const faults = [check(probe.valid), check(probe.invalid)];
      if (faults[0]?.length !== 0) wrong.push(`${probe.feature}: refuses`);
      if (faults[1]?.length === 0) wrong.push(`${probe.feature}: accepts`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Keywords that mean nothing in 3.0 are told there: KT6015. */
function counts(feature: string, version: Version): boolean {
  const [, keyword = ""] = /^schema: `(.*)`$/.exec(feature) ?? [];
  return isRead(keyword, version);
}
