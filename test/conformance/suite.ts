/** Reads the official JSON Schema test suite. */
import { readdirSync, readFileSync } from "node:fs";
import type { Json } from "../../generator/src/load/document.js";
import { shared } from "../shared.js";

const SUITE = "suites/json-schema/";

/** Where the suite's own server would answer `http://localhost:1234/`. */
export const REMOTES: Record<string, string> = {
  "http://localhost:1234/": shared(`${SUITE}remotes`),
};

export interface SuiteTest {
  description: string;
  data: Json;
  valid: boolean;
}

export interface SuiteGroup {
  /** `allOf.json`, and the place in it. */
  file: string;
  index: number;
  description: string;
  schema: Json;
  tests: SuiteTest[];
}

/** The required files of a draft, `optional/` not among them. */
export function suiteFiles(draft: string): string[] {
  return readdirSync(shared(`${SUITE}tests/${draft}`))
    .filter((file) => file.endsWith(".json"))
    .sort();
}

export function suiteGroups(draft: string, file: string): SuiteGroup[] {
  const groups: Omit<SuiteGroup, "file" | "index">[] = JSON.parse(
    readFileSync(shared(`${SUITE}tests/${draft}/${file}`), "utf8"),
  );
  return groups.map((group, index) => ({ ...group, file, index }));
}
