import { describe, expect, it } from "vitest";
import { UsageError } from "../../../generator/src/commands/usage-error.js";
import { loadConfig } from "../../../generator/src/config/load-config.js";
import { temporaryFolder } from "../temporary-folder.js";

const config = (value: unknown) => ({
  "kontract.config.json": JSON.stringify(value),
});

async function complaint(files: Record<string, string>, file?: string) {
  const error = await loadConfig(temporaryFolder(files), file).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  return error instanceof Error ? error.message : "";
}

describe("loadConfig", () => {
  it.each<[string, Record<string, string>]>([
    ["JSON", config({ spec: "a.yaml" })],
    [
      "JavaScript",
      { "kontract.config.mjs": 'export default { spec: "a.yaml" }' },
    ],
    [
      "TypeScript",
      {
        "kontract.config.ts":
          'interface C { spec: string }\nexport default { spec: "a.yaml" } satisfies C;',
      },
    ],
    [
      "package.json",
      { "package.json": '{ "kontract": { "spec": "a.yaml" } }' },
    ],
  ])("reads %s", async (_, files) => {
    const folder = temporaryFolder(files);
    expect(await loadConfig(folder)).toEqual({
      folder,
      targets: [{ spec: "a.yaml" }],
    });
  });

  it("does without", async () => {
    const folder = temporaryFolder({ "package.json": "{}" });
    expect(await loadConfig(folder)).toEqual({ folder, targets: [] });
  });

  it("takes the file that is named, whose folder paths are relative to", async () => {
    const folder = temporaryFolder({
      "conf/a.json": '{ "out": "gen" }',
      ...config({ out: "other" }),
    });
    expect(await loadConfig(folder, "conf/a.json")).toEqual({
      folder: `${folder}/conf`,
      targets: [{ out: "gen" }],
    });
  });

  it("takes several targets with names of their own", async () => {
    const folder = temporaryFolder(config([{ name: "a" }, { name: "b" }]));
    expect((await loadConfig(folder)).targets).toHaveLength(2);
    expect(
      await complaint(config([{ name: "a" }, { spec: "x" }, { name: "a" }])),
    ).toBe(
      "kontract.config.json: target 2: `name` is missing; target 3: the name `a` is taken",
    );
  });

  it.each<[unknown, string]>([
    [
      { hanlders: "x" },
      "there is no option `hanlders`; did you mean `handlers`?",
    ],
    [{ zzz: 1 }, "there is no option `zzz`"],
    [{ cwd: "x" }, "there is no option `cwd`"],
    [{ out: 5 }, "`out` must be a text"],
    [{ handlers: true }, "`handlers` must be a folder, or false"],
    [{ format: "yes" }, '`format` must be "none" or "prettier"'],
    [{ validationStatus: 200 }, "`validationStatus` must be 400 or 422"],
    [{ importExtension: ".mjs" }, '`importExtension` must be ".js" or ".ts"'],
    [
      { resources: { a: 1 } },
      "`resources` must be a map from URIs to files or folders",
    ],
    [
      { lint: { KT2003: "on" } },
      '`lint` must be a map from codes to "off", "warning" or "error", with `rules` by name beside them',
    ],
    [
      { types: { t: { type: "x;evil()", module: "m" } } },
      "`types` must be a map from keys to `{ type, module, parse?, serialize? }`, all but `module` being exported names",
    ],
    [
      { formats: { date: "Day" } },
      "`formats` maps `date` to `Day`, which is no key of `types`",
    ],
    ["text", "a config is an object, or a list of objects"],
    [[1], "target 1: a config is an object, or a list of objects"],
  ])("refuses %j", async (value, message) => {
    expect(await complaint(config(value))).toBe(
      `kontract.config.json: ${message}`,
    );
  });

  it("lists all faults at once", async () => {
    expect(await complaint(config({ out: 1, spec: 2 }))).toBe(
      "kontract.config.json: `out` must be a text; `spec` must be a text",
    );
  });

  it("accepts everything that there is", async () => {
    const all = {
      $schema: "x",
      name: "n",
      spec: "s",
      out: "o",
      handlers: false,
      root: "r",
      resources: { "https://example.com/": "./vendor/" },
      format: "prettier",
      formats: { date: "day" },
      types: { day: { type: "Day", module: "./day.js" } },
      validationStatus: 400,
      responseChecks: false,
      importExtension: ".ts",
      lint: { KT2003: "off" },
    };
    const { targets } = await loadConfig(temporaryFolder(config(all)));
    expect(targets).toEqual([all]);
  });

  it("says which file cannot be read", async () => {
    expect(await complaint({}, "nope.json")).toBe(
      "the config file `nope.json` does not exist",
    );
    expect(await complaint({ "kontract.config.json": "{" })).toMatch(
      /^kontract\.config\.json cannot be read: /,
    );
    expect(await complaint({ "kontract.config.mjs": "throw Error('x')" })).toBe(
      "kontract.config.mjs cannot be loaded: x",
    );
    expect(await complaint({ "kontract.config.mjs": "export {}" })).toBe(
      "kontract.config.mjs has no default export",
    );
    expect(
      await complaint({ ...config({}), "kontract.config.mjs": "" }),
    ).toMatch(/^there are several configs: /);
  });
});
