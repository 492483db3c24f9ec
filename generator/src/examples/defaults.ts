/** Room `examples`: defaults, which are filled in without a check. */
import { below } from "../lint/below.js";
import { hasType, jsonTypes } from "../lint/json-types.js";
import { member } from "../load/member.js";
import type { FindAsked } from "./asked.js";

export const findDefaults: FindAsked = function* (node, kind, origin) {
  if (kind !== "schema") return;
  const value = member(node, "default");
  if (value === undefined) return;
  // A wrong type is told by the linter, for `generate` too.
  const types = jsonTypes(node);
  if (types && !hasType(value, types)) return;
  yield {
    code: "KT6017",
    what: "the default",
    value,
    origin: below(origin, "default"),
    schema: origin,
  };
};
