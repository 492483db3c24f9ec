/** Room `server`: bounds the time that a handler may take: `x-timeout`. */
import type { TimeoutPolicy } from "../contract/policies.js";
import type { Policy } from "../contract/policy.js";
import { problem } from "../errors/problem.js";
import { abortRequest } from "./request-signal.js";

/** The handler's signal is aborted; what it does afterwards counts no more. */
export function bindTimeout({ after, status }: TimeoutPolicy): Policy {
  return {
    around({ ctx }, call) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          const late = problem.status(status, {
            detail: `no answer within ${after} ms`,
          });
          abortRequest(ctx, late);
          reject(late);
        }, after);
        // The first to settle counts.
        call()
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      });
    },
  };
}
