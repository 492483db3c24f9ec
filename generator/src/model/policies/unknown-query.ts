/** Room `model`: `x-unknown-query`: what becomes of query parameters that an operation does not declare. */
import type { Operation } from "../api.js";
import type { PolicyPlace } from "./policy-place.js";

export function readUnknownQuery(
  place: PolicyPlace,
): Operation["unknownQuery"] {
  const written = place.nearest("x-unknown-query");
  if (written === undefined) return undefined;
  const { value } = written;
  if (value === "ignore" || value === "refuse") return value;
  place.refuse(
    written,
    "it is neither `ignore` nor `refuse`",
    "write `x-unknown-query: refuse`",
  );
  return undefined;
}
