/** Runs suite groups through emitted checks and counts. */
import type { Json } from "../../generator/src/load/document.js";
import {
  bodyChecks,
  type CheckedSchema,
  type DocumentParts,
} from "./body-checks.js";
import type { SuiteGroup } from "./suite.js";

export interface Tally {
  /** Tests answered as the suite says. */
  right: number;
  /** Tests of groups whose schema was refused with an error, which the group's line names. */
  refused: number;
  wrong: number;
  /** One line for each refused group and wrong test. */
  lines: string[];
}

/** How a group's schema is written in the document. */
export type Placement = (group: SuiteGroup, id: string) => Json;

/** Generates one document for these groups; when it is refused, one for each group, so that a refusal hits its own tests only. */
export async function tally(
  folder: string,
  groups: readonly SuiteGroup[],
  parts: DocumentParts,
  place: Placement,
): Promise<Tally> {
  const total: Tally = { right: 0, refused: 0, wrong: 0, lines: [] };
  const schemas = groups.map((group) => checkedSchema(group, place));
  const together = await bodyChecks(folder, schemas, parts);
  for (const [at, group] of groups.entries()) {
    const name = `${group.file} #${group.index} ${group.description}`;
    const schema = schemas[at];
    if (schema === undefined) throw new Error(`no schema for ${name}`);
    const { checks, errors } =
      together.errors.length === 0
        ? together
        : await bodyChecks(`${folder}/${at}`, [schema], parts);
    const first = errors[0];
    if (first !== undefined) {
      total.refused += group.tests.length;
      total.lines.push(`refused ${name}: ${first.code} ${first.message}`);
      continue;
    }
    const check = checks.get(schema.id);
    if (check === undefined) throw new Error(`no operation for ${name}`);
    for (const { description, data, valid } of group.tests) {
      let outcome: string;
      try {
        const faults = check(data);
        if ((faults.length === 0) === valid) {
          total.right++;
          continue;
        }
        outcome = JSON.stringify(faults[0] ?? "no fault");
      } catch (error) {
        outcome = String(error);
      }
      total.wrong++;
      total.lines.push(
        `wrong ${name} / ${description}: ${outcome} for ${JSON.stringify(data)}`,
      );
    }
  }
  return total;
}

/** A file of the suite: how many of its tests are answered as it says. */
export interface Figure {
  right: number;
  refused: number;
  wrong: number;
}

/** The figures by file, as text: what `docs/supported.md` shows. */
export function figuresText(byFile: ReadonlyMap<string, Tally>): string {
  const figures = [...byFile].map(([file, { right, refused, wrong }]) => [
    file,
    { right, refused, wrong },
  ]);
  return `${JSON.stringify(Object.fromEntries(figures), undefined, 2)}\n`;
}

export function add(totals: readonly Tally[]): Tally {
  return {
    right: sum(totals.map((each) => each.right)),
    refused: sum(totals.map((each) => each.refused)),
    wrong: sum(totals.map((each) => each.wrong)),
    lines: totals.flatMap((each) => each.lines),
  };
}

function checkedSchema(group: SuiteGroup, place: Placement): CheckedSchema {
  const id = `group${group.index}`;
  return { id, schema: place(group, id) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
