/** The table of hostile documents: what each must come to. */
import { readFileSync } from "node:fs";
import { shared, sharedAvailable } from "../shared.js";

export interface HostileRow {
  file: string;
  outcome: string;
  mustBe: string;
}

export const hostileFolder: string = shared("specs/hostile");

export const hostileRows: readonly HostileRow[] = sharedAvailable
  ? readFileSync(shared("specs/hostile/EXPECT.tsv"), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [file = "", outcome = "", mustBe = ""] = line.split("\t");
        return { file, outcome, mustBe };
      })
  : [];

/** Where the table accepts that generation goes on with a warning, and this project does so. */
export const GOES_ON: ReadonlySet<string> = new Set([
  "path-query-fragment.json",
  "path-param-undeclared.json",
  "path-param-not-in-template.json",
  "path-dot-segments.json",
  "traversal-schema-name.json",
  "dup-keys.json",
  "responses-empty.json",
]);

/** Documents that cannot be used at all: exit code 3. All other refusals are 1. */
export const UNUSABLE: ReadonlySet<string> = new Set([
  "yaml-bomb.yaml",
  "yaml-bomb-schema.yaml",
  "yaml-recursive-alias.yaml",
  "deep-nesting.json",
  "deep-flow.yaml",
  "ref-self.json",
  "ref-cycle-pure.json",
  "ref-file-etc-passwd.yaml",
  "ref-http-metadata.yaml",
  "ref-traversal.yaml",
  "ref-missing.json",
  "ref-wrong-kind.json",
  "ref-not-a-string.json",
  "dup-keys.yaml",
  "utf16le.json",
  "latin1.yaml",
  "empty.yaml",
  "only-comment.yaml",
  "not-a-spec.json",
  "binary.yaml",
  "array-root.json",
  "scalar-root.yaml",
  "truncated.json",
  "tabs.yaml",
  "multi-document.yaml",
  "yaml-tags.yaml",
  "swagger2.yaml",
  "version-unknown.yaml",
  "version-number.yaml",
  "version-both.yaml",
  "version-suffix.yaml",
]);

/** Documents that the table lets generate but for one thing, which it wants refused. */
export const REFUSED_IN_PART: ReadonlySet<string> = new Set(["types-31.json"]);
