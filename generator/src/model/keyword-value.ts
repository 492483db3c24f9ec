/** Room `model`: reads the plain values that keywords have, and reports those that have a wrong one. */
import type { Json } from "../load/document.js";
import { below } from "./below.js";
import type { SchemaPlace } from "./schema-place.js";

/** A count such as `minLength`: a non-negative integer; `2.0` is one (JSON Schema 2020-12 core, section 6.3). */
export function expectCount(
  value: Json,
  keyword: string,
  place: SchemaPlace,
): number | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) {
    return value;
  }
  reportValue(place, keyword, "must be a non-negative integer");
  return undefined;
}

export function expectNumber(
  value: Json,
  keyword: string,
  place: SchemaPlace,
): number | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  reportValue(place, keyword, "must be a number");
  return undefined;
}

export function expectNames(
  value: Json,
  keyword: string,
  place: SchemaPlace,
): string[] | undefined {
  if (
    Array.isArray(value) &&
    value.every((each): each is string => typeof each === "string")
  ) {
    return [...new Set(value)];
  }
  reportValue(place, keyword, "must be a list of property names");
  return undefined;
}

export function reportValue(
  place: SchemaPlace,
  keyword: string,
  rule: string,
): void {
  place.diagnostics.error(
    "KT2201",
    below(place.origin, keyword),
    `\`${keyword}\` ${rule}`,
    { help: "correct the value or remove the keyword" },
  );
}
