/** Every cell of the parameter suite, from a document to a request over HTTP and back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../generator/src/index.js";
import type { JsonObject } from "../../generator/src/load/document.js";
import { sharedAvailable } from "../shared.js";
import { type Outcome, type Served, serveDocument } from "./served-document.js";
import {
  type Cell,
  cellOperation,
  cellPath,
  concerns,
  suiteCells,
  type SuiteParameter,
  VERSIONS,
  type Version,
  wireRequest,
} from "./suite-cells.js";

const all = suiteCells().map((cell, index) => ({ cell, index }));
/** Encoding is what clients do, and Swagger 2.0 is another language. */
const cells = all.filter(
  ({ cell }) => cell.direction !== "encode" && !cell.oas?.includes("2.0"),
);

const MEMBERS: Record<string, "params" | "query" | "headers" | "cookies"> = {
  path: "params",
  query: "query",
  querystring: "query",
  header: "headers",
  cookie: "cookies",
};

/** Where the specification leaves a choice, or defines nothing: what we do. A status, or the value. */
const OURS: Record<string, { status: number } | { value: unknown }> = {
  "path-simple-noexplode-empty": { status: 404 },
  "path-simple-explode-empty": { status: 404 },
  "type-choice-bool-1": { status: 400 },
  "type-choice-bool-TRUE": { status: 400 },
  "type-choice-int-plus": { status: 400 },
  "type-choice-int-raw-plus": { status: 400 },
  "type-choice-int-leading-zero": { status: 400 },
  "type-choice-int-dot-zero": { status: 400 },
  "type-choice-int-exp": { status: 400 },
  "type-choice-int-beyond-safe": { status: 400 },
  "type-choice-int-minus-zero": { value: 0 },
  "type-choice-null-word": { value: "null" },
  "type-choice-enum-int": { value: 1 },
  "type-choice-date": { status: 400 },
  "array-name-only-noexplode": { value: [] },
  "array-noexplode-but-repeated": { status: 400 },
  "array-of-arrays": { value: [["a,b"], ["c"]] },
  "object-noexplode-duplicate-key": { status: 400 },
  "deep-unclosed": { status: 400 },
  "deep-duplicate-scalar": { status: 400 },
  "pct-nul": { status: 400 },
  "pct-malformed": { status: 400 },
  "pct-truncated": { status: 400 },
  "pct-bad-utf8": { status: 400 },
  "pct-overlong-utf8": { status: 400 },
  "scalar-repeated": { status: 400 },
  "ck-quoted": { value: '"blue"' },
  "content-json-proto": { value: JSON.parse('{"__proto__":{"x":1}}') },
};

function documentOf(version: Version): JsonObject {
  const paths: JsonObject = {};
  for (const { cell, index } of cells) {
    if (cell.expect === "generation-error" || !concerns(cell, version))
      continue;
    const path = cellPath(index, cell.wire.template);
    paths[path] = { get: { operationId: `c${index}`, ...cellOperation(cell) } };
  }
  return {
    openapi: VERSIONS[version],
    info: { title: "Parameters", version: "1" },
    paths,
  };
}

/** The value of a parameter, or the status of a refusal. */
function seen({ status, received }: Outcome, parameter: SuiteParameter) {
  if (received === undefined) return { status };
  const { name, in: place } = parameter;
  const members = received[MEMBERS[place] ?? "query"] ?? {};
  const key = place === "header" ? name.toLowerCase() : name;
  return Object.hasOwn(members, key) ? { value: members[key] } : {};
}

function expected(cell: Cell): object {
  if (cell.expect === "reject-400") return { status: 400 };
  const ours = OURS[cell.id];
  if (ours !== undefined) return ours;
  return cell.absent ? {} : { value: cell.value };
}

describe.runIf(sharedAvailable).each(["3.0", "3.1", "3.2"] as const)(
  "in OpenAPI %s",
  (version) => {
    let served: Served;
    beforeAll(async () => {
      served = await serveDocument(
        `parameters-${version}`,
        documentOf(version),
      );
    }, 60_000);
    afterAll(() => served.close());

    const here = cells.filter(
      ({ cell }) =>
        concerns(cell, version) && cell.expect !== "generation-error",
    );

    it.each(here)("$cell.id", async ({ cell, index }) => {
      for (const wire of [cell.wire, ...(cell.alsoAccept ?? [])]) {
        const outcome = await served.send(wireRequest(index, wire));
        expect(seen(outcome, cell.parameter)).toEqual(expected(cell));
        for (const { value, ...other } of cell.otherParameters ?? []) {
          expect(seen(outcome, other)).toEqual({ value });
        }
      }
    });
  },
);

describe.runIf(sharedAvailable)("what no document may say", () => {
  const refused = cells.filter(
    ({ cell }) => cell.expect === "generation-error",
  );

  it.each(refused)("$cell.id", async ({ cell }) => {
    for (const version of cell.oas ?? ["3.0", "3.1", "3.2"]) {
      const { diagnostics } = await generate({
        openapi: `${version}.0`,
        info: { title: "Refused", version: "1" },
        paths: { "/p": { get: cellOperation(cell) } },
      });
      const errors = diagnostics.filter((each) => each.severity === "error");
      expect(errors.length).toBeGreaterThan(0);
    }
  });
});
