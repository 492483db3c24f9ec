/** Room `emit`: the type of an operation's `reply`. */
import type { Answer, Operation } from "../model/api.js";
import type { OperationNames } from "../name/layout.js";
import { statusType } from "./answer-types.js";
import { type Code, name, ts } from "./code.js";
import { rtType } from "./runtime-symbols.js";
import { statusName } from "./status-names.js";
import { typeArguments, unionArgument } from "./syntax.js";

export function replyInterface(
  operation: Operation,
  names: OperationNames,
): Code {
  const response = name(`${names.pascal}Response`);
  const methods = replyMethods(operation).map(
    ({ method, status, isProblem }) =>
      ts`${name(method)}: ${typeArguments(
        isProblem ? rtType.ReplyProblem : rtType.ReplyWith,
        [response, ts`${status}`],
      )};`,
  );
  const problems = operation.answers
    .filter(isProblemAnswer)
    .map((answer) => statusType(operation.answers, answer.status));
  const base = typeArguments(
    rtType.ReplyStatus,
    problems.length === 0 ? [response] : [response, unionArgument(problems)],
  );
  const head = ts`export interface ${name(`${names.pascal}Reply`)} extends ${base}`;
  return methods.length === 0
    ? ts`${head} {}`
    : ts`${head} {
  ${methods}
}`;
}

/** `reply.ok`, `reply.notFound` …: statuses that are declared as such and have a registered phrase. */
export function replyMethods(
  operation: Operation,
): { method: string; status: number; isProblem: boolean }[] {
  return operation.answers.flatMap((answer) => {
    if (typeof answer.status !== "number") return [];
    const method = statusName(answer.status);
    if (method === undefined) return [];
    const isProblem = isProblemAnswer(answer);
    return [{ method, status: answer.status, isProblem }];
  });
}

export function isProblemAnswer(answer: Answer): boolean {
  const [only] = answer.media;
  return (
    answer.media.length === 1 &&
    only !== undefined &&
    /^application\/problem\+json\b/.test(only.type)
  );
}
