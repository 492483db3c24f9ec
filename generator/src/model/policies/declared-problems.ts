/** Room `model`: which problem of the catalogue an error answer is, so that handlers need not say it: `x-problem`. */
import type { Operation, StatusKey } from "../api.js";
import type { PolicyPlace } from "./policy-place.js";

export interface DeclaredProblem {
  status: StatusKey;
  type: string;
  title: string;
}

/** Only where there is one candidate: of several, the handler throws the one it means. */
export function buildDeclaredProblems(
  { problems, refuse }: PolicyPlace,
  { answers }: Operation,
): DeclaredProblem[] | undefined {
  const declared: DeclaredProblem[] = [];
  for (const answer of answers) {
    const { status, problems: named, origin } = answer;
    if (named === undefined) continue;
    const extension = { name: "x-problem", origin };
    const found = problems.filter((problem) =>
      named === "status"
        ? problem.status === status
        : named.includes(problem.name),
    );
    if (
      found.length === 0 ||
      (named !== "status" && found.length < named.length)
    ) {
      refuse(
        extension,
        "`x-problems` does not list what it names",
        "name problems of the catalogue, or `true` for those of this status",
      );
      continue;
    }
    const stranger = found.find((problem) => !fits(status, problem.status));
    if (stranger !== undefined) {
      refuse(
        extension,
        `\`${stranger.name}\` has status ${stranger.status}`,
        "a problem goes with answers of its own status",
      );
      continue;
    }
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) continue;
    declared.push({ status, type: only.type, title: only.title });
  }
  return declared.length > 0 ? declared : undefined;
}

function fits(key: StatusKey, status: number): boolean {
  return (
    key === status ||
    key === "default" ||
    key === `${Math.floor(status / 100)}XX`
  );
}
