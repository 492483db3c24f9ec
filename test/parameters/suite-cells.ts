/** The table of parameter cells that is shared by all, as data. */
import { readFileSync } from "node:fs";
import type { JsonObject } from "../../generator/src/load/document.js";
import { shared, sharedAvailable } from "../shared.js";

export interface Wire {
  template?: string;
  path?: string;
  query?: string;
  headers?: [name: string, value: string][];
}

export interface SuiteParameter extends JsonObject {
  name: string;
  in: string;
}

export interface Cell {
  id: string;
  group: string;
  status: "defined" | "invalid" | "undefined-by-spec" | "implementation-choice";
  direction: "both" | "decode" | "encode";
  parameter: SuiteParameter;
  otherParameters?: (SuiteParameter & { value?: unknown })[];
  wire: Wire;
  alsoAccept?: Wire[];
  value?: unknown;
  absent?: true;
  expect?: "reject-400" | "generation-error";
  /** Versions of OpenAPI; all three when absent. */
  oas?: string[];
}

export function suiteCells(): Cell[] {
  if (!sharedAvailable) return [];
  const text = readFileSync(shared("suites/parameters.json"), "utf8");
  const suite: { parameters: Cell[] } = JSON.parse(text);
  return suite.parameters;
}

export const VERSIONS = { "3.0": "3.0.4", "3.1": "3.1.1", "3.2": "3.2.0" };
export type Version = keyof typeof VERSIONS;

/** Whether a cell speaks of that version: `3.0.4` means 3.0 too. */
export function concerns({ oas }: Cell, version: Version): boolean {
  return oas === undefined || oas.some((each) => each.startsWith(version));
}

/** One path for each cell: what the cell says of the path stands below a prefix of its own. */
export function cellPath(index: number, template: string | undefined): string {
  return `/c${index}${template ?? "/p"}`;
}

export function cellOperation(cell: Cell): JsonObject {
  const others = (cell.otherParameters ?? []).map((each) => {
    const parameter = { ...each };
    delete parameter.value;
    return parameter;
  });
  return {
    parameters: [cell.parameter, ...others],
    responses: { "204": { description: "read" } },
  };
}

/** The request of a cell. */
export function wireRequest(index: number, wire: Wire) {
  const query = wire.query === undefined ? "" : `?${wire.query}`;
  return {
    target: `/c${index}${wire.path ?? "/p"}${query}`,
    headers: (wire.headers ?? []).flat(),
  };
}
