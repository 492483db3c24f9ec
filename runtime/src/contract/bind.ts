/** Room `contract`: ties the parts of one operation together, so that the compiler checks each against the others. */
import type { Operation } from "./operation.js";

export function operation<Request, Response, Reply>(
  definition: Operation<Request, Response, Reply>,
): Operation<Request, Response, Reply> {
  return definition;
}
