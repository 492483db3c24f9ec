/** Room `model`: which operation holds a route when several have the same one. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { Operation } from "./api.js";
import { routeKey } from "./parse-path.js";

/** The first in document order is routed; the others are typed and listed. */
export function settleRoutes(
  operations: Operation[],
  diagnostics: Diagnostics,
): void {
  const routes = new Map<string, Operation>();
  for (const operation of operations) {
    const key = `${operation.method} ${routeKey(operation.segments)}`;
    const first = routes.get(key);
    if (first === undefined) {
      routes.set(key, operation);
      continue;
    }
    operation.routed = false;
    diagnostics.warning(
      "KT2103",
      operation.origin,
      `\`${operation.method} ${operation.path}\` is not routed: \`${first.id}\` has the same route`,
      {
        help: "give the operation a path or method of its own",
        related: [first.origin],
      },
    );
  }
}
