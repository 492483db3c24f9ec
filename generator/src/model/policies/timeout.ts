/** Room `model`: how long a handler may take: `x-timeout`. */
import type { Operation } from "../api.js";
import { millisecondsOf } from "./duration.js";
import type { PolicyPlace } from "./policy-place.js";

export interface Timeout {
  /** Milliseconds. */
  after: number;
  status: 503 | 504;
}

/** Of `setTimeout`. */
const LONGEST = 2 ** 31 - 1;

/** The answer is 504 where that is declared and 503 is not. */
export function buildTimeout(
  place: PolicyPlace,
  { answers }: Operation,
): Timeout | undefined {
  const stated = place.nearest("x-timeout");
  if (stated === undefined || stated.value === false) return undefined;
  const after = millisecondsOf(stated.value);
  if (after === undefined || after < 1 || after > LONGEST) {
    place.refuse(
      stated,
      "it is no length of time",
      "for example `5s`; `false` switches an inherited one off",
    );
    return undefined;
  }
  const has = (status: number) =>
    answers.some((answer) => answer.status === status);
  return { after, status: has(504) && !has(503) ? 504 : 503 };
}
