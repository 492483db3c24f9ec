/** The published schema says what the program checks. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../generator/src/config/check-config.js";

const schema = JSON.parse(
  readFileSync(
    new URL("../../../generator/schema/config.schema.json", import.meta.url),
    "utf8",
  ),
);
const fits = new Ajv2020({ strict: false }).compile(schema);

const WHOLE = {
  name: "a",
  spec: "a.yaml",
  out: "out",
  handlers: "handlers",
  root: ".",
  resources: { "https://example.com/": "./vendor" },
  format: "none",
  formats: { money: "money", date: "Date", int64: "bigint" },
  types: {
    money: { type: "Money", module: "m", parse: "p", serialize: "s" },
    id: { type: "Id", module: "m" },
  },
  validationStatus: 422,
  responseChecks: true,
  importExtension: ".js",
  lint: { KT2003: "off", rules: { "verb-in-path": "warning" } },
};

describe("a config", () => {
  it.each([
    ["whole", WHOLE],
    ["empty", {}],
    ["several", [WHOLE, { ...WHOLE, name: "b" }]],
    ["no handlers", { handlers: false }],
  ])("%s: both take it", (_name, config) => {
    expect([fits(config), checkConfig(config).ok]).toEqual([true, true]);
  });

  it.each([
    ...Object.keys(WHOLE).map((key) => ({ ...WHOLE, [key]: 7 })),
    ...Object.keys(WHOLE).map((key) => ({ ...WHOLE, [key]: {}, x: 1 })),
    7,
    { spec: "" },
    { handlers: true },
    [{ spec: "a.yaml" }],
    { types: { a: { type: "A" } } },
    { types: { a: { type: "A-B", module: "m" } } },
    { types: { a: { type: "A", module: "m", parse: "p" } } },
    { types: { a: { type: "A", module: "m", parse: "p(", serialize: "s" } } },
    { lint: { KT2003: "loud" } },
    { lint: { rules: { a: "loud" } } },
  ])("%j: both refuse it", (config) => {
    expect([fits(config), checkConfig(config).ok]).toEqual([false, false]);
  });

  it("has the same keys for both, and all of them on the page", () => {
    const { properties } = schema.$defs.target;
    const keys = Object.keys(properties).filter((key) => key !== "$schema");
    expect(keys.sort()).toEqual(Object.keys(WHOLE).sort());
    const page = readFileSync(
      new URL("../../../docs/config.md", import.meta.url),
      "utf8",
    );
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});
