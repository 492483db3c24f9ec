/** The real documents of the shared data, and which of them are refused. */
import { readFileSync } from "node:fs";
import { shared, sharedAvailable } from "../shared.js";

export interface Entry {
  path: string;
  /** The folder that references may reach, for documents in many files. */
  root: string | undefined;
}

/** Errors in the sense of the product: what they are, by document. */
export const REFUSED: Record<string, string> = {
  "real/xero/xero_accounting.yaml": "KT2004",
  "real/intercom/api.intercom.io-2.11.yaml": "KT1020",
  "real/laravel-scribe/openapi.yaml": "KT2002",
  "real/ga4gh/openapi/data_repository_service.openapi.yaml": "KT1022",
};

/** All of them, the refused ones as well; Swagger 2.0 is no OpenAPI. */
export function entries(): Entry[] {
  if (!sharedAvailable) return [];
  const rows = (name: string) =>
    readFileSync(shared(`specs/${name}`), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split("\t"));
  const trees = rows("TREES.tsv").map(([to = ""]) => to);
  return rows("MANIFEST.tsv")
    .filter((row) => !row[3]?.startsWith("2"))
    .map(([path = ""]) => ({
      path,
      root: trees.find((tree) => path.startsWith(`${tree}/`)),
    }));
}
