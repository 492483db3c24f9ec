/** Room `emit`: `problems.ts`: what `x-problems` lists, as functions that make them. */
import type { ProblemMember } from "../model/api.js";
import { type Code, join, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { docBlock } from "./doc.js";
import { PROBLEMS_FILE } from "./files.js";
import { rt } from "./runtime-symbols.js";
import { objectLines, property, propertyKey, unionMember } from "./syntax.js";
import { documented } from "./unit.js";

export function emitProblems(context: EmitContext): void {
  const { problems } = context.layout;
  if (problems.length === 0) return;
  const unit = context.unit(PROBLEMS_FILE);
  unit.declare("problems");
  for (const { fields } of problems) unit.declare(fields);
  for (const { problem, fields } of problems) {
    if (problem.members.length === 0) continue;
    unit.add(
      documented(
        docBlock(
          `What a problem "${problem.title}" tells beside its detail.`,
          {},
        ),
        ts`export interface ${name(fields)} {
  ${problem.members.map(memberLine)}
}`,
      ),
    );
  }
  const members = problems.map(({ problem, key, fields }) => {
    const { type, title, status, detail } = problem;
    const facts = [
      property("type", ts`${type}`),
      property("title", ts`${title}`),
    ];
    facts.push(ts`status: ${status}`);
    if (detail !== undefined) facts.push(property("detail", ts`${detail}`));
    const maker =
      problem.members.length === 0
        ? rt.problemType
        : ts`${rt.problemType}<${name(fields)}>`;
    return documented(
      docBlock(`${title} (${status}).`, {}),
      ts`${propertyKey(key)}: ${maker}(${objectLines(facts)}),`,
    );
  });
  unit.add(
    documented(
      "/** The problems of the contract, to be thrown. */",
      ts`export const problems = {
  ${members}
};`,
    ),
  );
}

function memberLine(member: ProblemMember): Code {
  const optional = member.optional ? ts`?` : ts``;
  const key = ts`${propertyKey(member.name)}${optional}`;
  const type = plainType(member);
  if (member.list !== true) {
    return member.values === undefined
      ? ts`${key}: ${type};`
      : unionMember(
          ts`${key}`,
          member.values.map((each) => ts`${each}`),
        );
  }
  return member.values === undefined || member.values.length === 1
    ? ts`${key}: readonly ${type}[];`
    : ts`${key}: readonly (${type})[];`;
}

function plainType({ kind, values }: ProblemMember): Code {
  if (values !== undefined) {
    return join(
      ts` | `,
      values.map((each) => ts`${each}`),
    );
  }
  return kind === "object" ? ts`Record<string, unknown>` : name(kind);
}
