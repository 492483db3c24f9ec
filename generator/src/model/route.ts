/** Room `model`: which operation holds a route when several have the same one. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { OperationPlace } from "./build-operation.js";
import { routeKey } from "./parse-path.js";

/** The first in document order is routed; the others are typed and listed. */
export function settleRoutes(
  operations: OperationPlace[],
  diagnostics: Diagnostics,
): void {
  const routes = new Map<string, OperationPlace>();
  for (const operation of operations) {
    const key = `${operation.method} ${routeKey(operation.segments)}`;
    const first = routes.get(key);
    if (first === undefined) {
      routes.set(key, operation);
      continue;
    }
    operation.routed = false;
    // Two written paths that are equal but for the names of variables are an error, and the linter's matter.
    if (writtenShape(operation) === writtenShape(first)) continue;
    diagnostics.warning(
      "KT2103",
      operation.operation.origin,
      `\`${operation.method} ${operation.path}\` is not routed: \`${first.id}\` has the same route`,
      {
        help: "give the operation a path or method of its own",
        related: [first.operation.origin],
      },
    );
  }
}

function writtenShape({ key }: OperationPlace): string {
  return key.replaceAll(/\{[^{}]*\}/g, "{}");
}
