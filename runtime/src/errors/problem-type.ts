/** Room `errors`: makers of the problems that a document lists in `x-problems`. */
import { Problem, type ProblemOptions } from "./problem.js";

/** What all problems of one type have in common (RFC 9457 3.1). */
export interface ProblemFacts {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Where the thrower says nothing nearer. */
  readonly detail?: string;
}

type Fields<Members> = Members & { detail?: string; instance?: string };

/** `throw problems.outOfStock({ available: 0 })`; its facts stand on it, for lists of all problems. */
export type ProblemType<Members> = ProblemFacts &
  ({} extends Members
    ? (fields?: Fields<Members>, options?: ProblemOptions) => Problem
    : (fields: Fields<Members>, options?: ProblemOptions) => Problem);

export function problemType<Members extends object = {}>(
  facts: ProblemFacts,
): ProblemType<Members>;
export function problemType(facts: ProblemFacts): object {
  const { type, title, status, detail } = facts;
  const make = (fields: object = {}, options?: ProblemOptions): Problem =>
    new Problem(
      status,
      { type, title, ...(detail !== undefined && { detail }), ...fields },
      options,
    );
  return Object.assign(make, facts);
}
