import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintDocument } from "../../../generator/src/lint/lint-document.js";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { shared, sharedAvailable } from "../../shared.js";
import { told } from "./load.js";

interface Row {
  path: string;
  openapi: string;
  /** What the strict validator of others says. */
  verdict: string;
}

function table(path: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(shared(path), "utf8")
    .trimEnd()
    .split("\n");
  const names = head.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(
      names.map((name, index) => [name, cells[index] ?? ""]),
    );
  });
}

const rows: Row[] = sharedAvailable
  ? table("specs/MANIFEST.tsv").map((row) => ({
      path: row["path"] ?? "",
      openapi: row["openapi"] ?? "",
      verdict: row["swagger_parser_13_validate"] ?? "",
    }))
  : [];
const trees = sharedAvailable
  ? table("specs/TREES.tsv").map((row) => row["to"] ?? "")
  : [];

async function errorsOf(path: string): Promise<string[]> {
  const tree = trees.find((each) => path.startsWith(`${each}/`));
  const { value, diagnostics } = await loadDocument(path, {
    cwd: shared("specs/"),
    ...(tree === undefined ? {} : { root: tree }),
  });
  const all = [
    ...diagnostics,
    ...(value === undefined ? [] : lintDocument(value).diagnostics),
  ];
  return told(all.filter(({ severity }) => severity === "error"));
}

/** Errors in the sense of this project, in documents that somebody published. */
const WRONG: ReadonlyMap<string, RegExp> = new Map([
  ["real/intercom/api.intercom.io-2.11.yaml", /KT1020 .*custom_attributes/],
  ["real/laravel-scribe/openapi.yaml", /KT2002 .*displayTheSpecifiedResource/],
  ["real/xero/xero_accounting.yaml", /KT2004 .*same route/],
  [
    "real/ga4gh/openapi/data_repository_service.openapi.yaml",
    /KT1022 .*https:/,
  ],
]);

describe.runIf(sharedAvailable)("real documents", () => {
  const modern = rows.filter(({ openapi }) => openapi.startsWith("3."));

  it("are all here", () => {
    expect(modern.length).toBeGreaterThan(60);
    for (const path of WRONG.keys()) {
      expect(rows.map((row) => row.path)).toContain(path);
    }
  });

  it.each(modern.filter(({ path }) => !WRONG.has(path)))(
    "$path has no errors",
    async ({ path }) => {
      expect(await errorsOf(path)).toEqual([]);
    },
  );

  it.each([...WRONG])("%s says what is wrong", async (path, message) => {
    const errors = await errorsOf(path);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatch(message);
  });

  it.each(rows.filter(({ openapi }) => openapi === "2.0"))(
    "$path is refused",
    async ({ path }) => {
      expect(await errorsOf(path)).toEqual([
        expect.stringContaining("Swagger 2.0 is not supported"),
      ]);
    },
  );
});

describe.runIf(sharedAvailable)("real documents in many files", () => {
  const entries = rows.filter(
    ({ path, verdict }) =>
      verdict === "ok" && trees.some((tree) => path.startsWith(`${tree}/`)),
  );

  it.each(entries)("$path is bundled", async ({ path }) => {
    const root = trees.find((tree) => path.startsWith(`${tree}/`)) ?? "";
    const cwd = shared("specs/");
    const { value } = await loadDocument(path, { cwd, root });
    const bundle = value?.bundle() ?? {};
    const again = await loadDocument(bundle, { cwd });
    expect(told(again.diagnostics)).toEqual([]);
    expect(again.files).toHaveLength(1);
    const operations = (document: typeof value): number => {
      let count = 0;
      document?.visit((_, kind) => {
        if (kind === "operation") count++;
      });
      return count;
    };
    expect(operations(again.value)).toBeGreaterThanOrEqual(operations(value));
  });
});
