import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintDocument } from "../../../generator/src/lint/lint-document.js";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { shared, sharedAvailable } from "../../shared.js";
import { told } from "./load.js";
import { processorTime } from "../../processor-time.js";

interface Row {
  file: string;
  outcome: string;
  mustBe: string;
}

const rows: Row[] = sharedAvailable
  ? readFileSync(shared("specs/hostile/EXPECT.tsv"), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [file = "", outcome = "", mustBe = ""] = line.split("\t");
        return { file, outcome, mustBe };
      })
  : [];

/** Where the table accepts a warning, and this project gives one. */
const WARNED = new Set([
  "path-query-fragment.json",
  "path-param-undeclared.json",
  "path-param-not-in-template.json",
  "path-dot-segments.json",
  "traversal-schema-name.json",
  "dup-keys.json",
  "responses-empty.json",
]);

async function read(file: string) {
  const { value, diagnostics } = await loadDocument(file, {
    cwd: shared("specs/hostile/"),
  });
  return [
    ...diagnostics,
    ...(value === undefined ? [] : lintDocument(value).diagnostics),
  ];
}

describe.runIf(sharedAvailable)("hostile documents", () => {
  it("are all here", () => {
    expect(rows.length).toBeGreaterThan(130);
  });

  it.each(rows)("$file: $outcome", async ({ file, outcome }) => {
    const start = processorTime();
    const diagnostics = await read(file);
    // Two cores are shared with other work: what hangs takes minutes.
    expect(processorTime() - start).toBeLessThan(10_000);
    const errors = diagnostics.filter((each) => each.severity === "error");
    if (outcome === "generate-ok") {
      expect(told(errors)).toEqual([]);
    } else if (WARNED.has(file)) {
      expect(told(errors)).toEqual([]);
      expect(diagnostics).not.toEqual([]);
    } else {
      expect(errors).not.toEqual([]);
    }
    for (const { message, origin, help } of diagnostics) {
      expect(message).not.toMatch(/TypeError|RangeError|Cannot read/);
      expect(message.length).toBeLessThan(1_000);
      expect(origin.file).not.toBe("");
      expect(help).not.toBe("");
    }
    expect({}).not.toHaveProperty("polluted");
    expect(globalThis).not.toHaveProperty("__pwned");
  });

  it.each<[string, RegExp[]]>([
    [
      "ref-missing.json",
      [/responses\/Nope/, /schemas\/Nope/, /parameters\/Nope/, /nope\.yaml/],
    ],
    [
      "ref-wrong-kind.json",
      [/a parameter where a schema/, /a schema where a parameter/],
    ],
    ["ref-self.json", [/A > A/]],
    ["ref-cycle-pure.json", [/A > B > C > A/]],
    ["dup-keys.yaml", [/:6:3 the key `\/a`/]],
    ["utf16le.json", [/UTF-16/]],
    ["latin1.yaml", [/offset 32/]],
    ["not-a-spec.json", [/`openapi` is missing/]],
    ["truncated.json", [/:1:101 /]],
    ["tabs.yaml", [/:3:1 /]],
    [
      "names-opid-duplicate.json",
      [/paths\/~1b\/get\/operationId .*`same` is taken/],
    ],
    ["ref-deep-into-schema.json", [/#\/paths\/~1b .*operationId `a` is taken/]],
    [
      "path-identical.json",
      [/GET `\/a\/\{y\}` has the same route as `\/a\/\{x\}`/],
    ],
    ["path-param-undeclared.json", [/`y`/]],
    ["path-param-not-in-template.json", [/`z`/]],
    ["parameters-odd.json", [/`both`/, /`none`/, /`two`/]],
    ["inj-status-codes.json", [/`600`/, /`20`/, /`2xx`/, /`__proto__`/]],
    ["security-shapes.json", [/scope `admin`/]],
    ["server-variables.json", [/`undefined`/, /`80`/]],
    [
      "redos-pattern.json",
      ["(a+)+", "(.*a){20}", "*@x$", "(a|aa)+", "s?)*", "(x+x+)+"].map(
        (text) => new RegExp(text.replace(/[$()*+.?[\]{|}]/g, "\\$&")),
      ),
    ],
    [
      "numbers-extreme.json",
      [
        /properties\/big\/maximum/,
        /properties\/inf\/maximum/,
        /properties\/c\/const/,
        /enum\/0 /,
      ],
    ],
    [
      "wrong-types.yaml",
      [
        /`info`/,
        /`operationId`/,
        /`tags`/,
        /`parameters`/,
        /`deprecated`/,
        /`responses`/,
        /`name`/,
        /`quary`/,
        /`security`/,
        /`components`/,
      ],
    ],
    [
      "null-everything.yaml",
      [
        /`info`/,
        /`\/a`/,
        /`get`/,
        /~1b\/parameters/,
        /parameters\/0/,
        /`requestBody`/,
        /~1c\/get\/responses/,
        /`200`/,
        /application~1json/,
        /schemas\/A/,
        /`servers`/,
        /`security`/,
      ],
    ],
    [
      "discriminator-broken.json",
      [/Missing/, /`Nope`/, /is no string/, /does not declare/, /no reference/],
    ],
  ])("%s names everything", async (file, patterns) => {
    const lines = told(await read(file)).join("\n");
    for (const pattern of patterns) expect(lines).toMatch(pattern);
  });

  it("lists every pattern that is invalid in ECMA-262", async () => {
    const diagnostics = await read("invalid-regex.json");
    const placesOf = (wanted: string) =>
      diagnostics
        .filter(({ code }) => code === wanted)
        .map(({ origin }) => /parameters\/(\d+)/.exec(origin.pointer)?.[1]);
    const places = placesOf("KT2202");
    // Valid, and meant for another language: `\A`, `[[:alpha:]]`, `\p{IsLatin}`, `\Q`.
    expect(placesOf("KT2052")).toEqual(["4", "5", "9", "15"]);
    expect(places).toEqual(["0", "1", "2", "3", "6", "13"]);
  });

  it.each(["ref-file-etc-passwd.yaml", "ref-traversal.yaml"])(
    "%s leaks nothing",
    async (file) => {
      const loaded = await loadDocument(file, {
        cwd: shared("specs/hostile/"),
      });
      expect(loaded.files).toHaveLength(1);
      expect(JSON.stringify(loaded.diagnostics)).not.toMatch(/root:|nologin/);
    },
  );

  it("keeps names of the prototype as what they are", async () => {
    const { value } = await loadDocument("json-proto.json", {
      cwd: shared("specs/hostile/"),
    });
    const seen: string[] = [];
    value?.visit((_, kind, { pointer }) => {
      if (kind === "operation") seen.push(pointer);
    });
    expect(seen).toEqual(["/paths/__proto__/get", "/paths/~1a/get"]);
  });
});
