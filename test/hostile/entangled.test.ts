/** Schemas that all refer to each other, in every keyword that leads to others: the work does not grow with the ways. */
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { processorTime } from "../processor-time.js";

const COUNT = 16;
/** ms of processor time; a walk along every way takes longer than anybody waits. */
const MOST_TIME = 3_000;

const all = Array.from({ length: COUNT }, (_, at) => at);
const to = (at: number) => ({ $ref: `#/components/schemas/M${at}` });
const members = (prefix: string, ids: readonly number[]) =>
  Object.fromEntries(ids.map((id) => [`${prefix}${id}`, to(id)]));

/** The schema of one of them: `others` are all of them but itself, `later` those that do not lead back to it. */
type Kind = (at: number, others: number[], later: number[]) => object;

const KINDS: Record<string, Kind> = {
  properties: (_, others) => ({
    type: "object",
    properties: members("p", others),
  }),
  required: (_, _others, later) => ({
    type: "object",
    required: later.map((id) => `p${id}`),
    properties: members("p", later),
  }),
  items: (at, others) => ({
    type: "array",
    prefixItems: others.map(to),
    items: to((at + 1) % COUNT),
  }),
  allOf: (at, _, later) => ({
    type: "object",
    properties: { [`k${at}`]: { type: "string", default: "x" } },
    allOf: later.map(to),
  }),
  oneOf: (at, _, later) => ({
    oneOf: [{ type: "object", required: [`k${at}`] }, ...later.map(to)],
  }),
  unevaluatedProperties: (at, _, later) => ({
    type: "object",
    properties: { [`k${at}`]: { type: "string" } },
    allOf: later.map(to),
    unevaluatedProperties: false,
  }),
  files: (_, _others, later) => ({
    type: "object",
    properties: { file: { type: "string", format: "binary" } },
    allOf: later.map(to),
  }),
  not: (_, _others, later) => ({
    not: { anyOf: [{ type: "null" }, ...later.map(to)] },
  }),
  dependentSchemas: (_, others, later) => ({
    type: "object",
    dependentSchemas: members("d", later),
    patternProperties: members("^p", others),
  }),
  discriminator: (at, others) =>
    at === 0
      ? { oneOf: others.map(to), discriminator: { propertyName: "t" } }
      : {
          type: "object",
          required: ["t"],
          properties: {
            t: { const: `M${at}` },
            one: to(0),
            many: { type: "array", items: to(0) },
          },
        },
};

const body = (type: string) => (schema: object) => ({
  requestBody: { content: { [type]: { schema } } },
});

const PLACES: Record<string, (schema: object) => object> = {
  "a JSON body": body("application/json"),
  "a form": body("application/x-www-form-urlencoded"),
  "a multipart body": body("multipart/form-data"),
  "a parameter": (schema) => ({
    parameters: [{ name: "q", in: "query", style: "deepObject", schema }],
  }),
  "an answer": (schema) => ({
    responses: {
      200: { description: "", content: { "application/json": { schema } } },
    },
  }),
};

/** What is refused: as text they would need a plan of every member at every depth. */
const TOO_WIDE = new Set(
  ["properties", "required", "items"].flatMap((kind) =>
    ["a form", "a multipart body", "a parameter"].map(
      (place) => `${kind} in ${place}`,
    ),
  ),
);

function documentOf(kind: Kind, place: (schema: object) => object): object {
  const schemas = all.map((at) => [
    `M${at}`,
    kind(
      at,
      all.filter((id) => id !== at),
      all.filter((id) => id > at),
    ),
  ]);
  const operation = {
    operationId: "tangle",
    responses: { 204: { description: "" } },
    ...place(to(0)),
  };
  return {
    openapi: "3.1.0",
    info: { title: "Entangled", version: "1" },
    paths: { "/x": { post: operation } },
    components: { schemas: Object.fromEntries(schemas) },
  };
}

const cases = Object.entries(KINDS).flatMap(([kind, schema]) =>
  Object.entries(PLACES).map(([where, place]) => ({
    name: `${kind} in ${where}`,
    document: documentOf(schema, place),
  })),
);

describe("schemas that all refer to each other", () => {
  it.each(cases)("$name", async ({ name, document }) => {
    const started = processorTime();
    const { files, diagnostics } = await generate(document);
    expect(processorTime() - started).toBeLessThan(MOST_TIME);
    const codes = diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code);
    expect(codes).toEqual(TOO_WIDE.has(name) ? ["KT3115"] : []);
    expect(files.length > 0).toBe(!TOO_WIDE.has(name));
  });
});
