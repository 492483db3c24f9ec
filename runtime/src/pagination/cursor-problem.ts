/** Room `pagination`: the answer to a cursor that is none of ours. */
import { type Problem, problem } from "../errors/problem.js";
import { validationProblem } from "../errors/validation.js";

/** 400, in the form of every other fault of a parameter; why a cursor does not hold is nobody's business. */
export function cursorProblem(parameter: string): Problem {
  const name = parameter.replaceAll("~", "~0").replaceAll("/", "~1");
  const fault = { at: `query/${name}`, code: "cursor", limit: undefined };
  return problem.badRequest(validationProblem(400, [fault], false).fields);
}
