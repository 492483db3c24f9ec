/** Room `query`: faults of the parameters that ask for a list, collected as the checks of a request collect theirs. */
import { problem, type Problem } from "../errors/problem.js";
import { validationProblem } from "../errors/validation.js";

/** Longer lists tell nothing more. */
const CAP = 20;

/** The values of the request are never part of it. */
export interface Fault {
  /** `query/filter/createdAt`: place and parameter, then a pointer into it. */
  readonly at: string;
  readonly code: string;
  readonly limit: unknown;
}

export function faultAt(
  path: readonly string[],
  code: string,
  limit?: unknown,
): Fault {
  const at = ["query", ...path.map(escapePointer)].join("/");
  return { at, code, limit };
}

/** 400, in the form of every other fault of a parameter. */
export function queryProblem(faults: readonly Fault[]): Problem {
  const shown = faults.slice(0, CAP);
  return problem.badRequest(
    validationProblem(400, shown, shown.length < faults.length).fields,
  );
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
