/** Room `errors`: says of error answers which problem of the contract's catalogue they are. */
import type { DeclaredProblem } from "../contract/policies.js";
import type { Policy } from "../contract/policy.js";
import type { PlainProblem } from "./problem.js";

/** For answers of the handler; what it says itself stays. */
export function bindProblems(declared: readonly DeclaredProblem[]): Policy {
  return {
    shape(_exchange, response) {
      const known = declaredFor(declared, response.status);
      if (known === undefined) return response;
      const { body } = response;
      if (body !== undefined && !isRecord(body)) return response;
      const { type = known.type, title = known.title } = body ?? {};
      return { ...response, body: { ...body, type, title } };
    },
  };
}

/** For problems that were thrown, and for those that the runtime makes. */
export function describeProblem(
  declared: readonly DeclaredProblem[] | undefined,
  problem: PlainProblem,
): PlainProblem {
  const known = declared && declaredFor(declared, problem.status);
  if (known === undefined || problem.fields.type !== undefined) return problem;
  const { status, fields, headers } = problem;
  const { type, title } = known;
  return { status, fields: { type, title, ...fields }, headers };
}

function declaredFor(
  declared: readonly DeclaredProblem[],
  status: number,
): DeclaredProblem | undefined {
  if (status < 400) return undefined;
  const range = `${Math.floor(status / 100)}XX`;
  return [status, range, "default"]
    .map((key) => declared.find((each) => each.status === key))
    .find((each) => each !== undefined);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
