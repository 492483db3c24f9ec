/** Room `model`: keywords about arrays. */
import type { Json } from "../load/document.js";
import { expectCount, reportValue } from "./keyword-value.js";
import { member } from "./member.js";
import type { KeywordTable, SchemaPlace } from "./schema-place.js";
import type { ArrayFacet, Schema } from "./schema.js";

export const arrayKeywords: KeywordTable = [
  ["minItems", { validation: true, build: count("minItems", "min") }],
  ["maxItems", { validation: true, build: count("maxItems", "max") }],
  [
    "uniqueItems",
    {
      validation: true,
      build(value, schema, place) {
        if (typeof value !== "boolean") {
          reportValue(place, "uniqueItems", "must be true or false");
        } else if (value) {
          arrayFacet(schema).unique = true;
        }
      },
    },
  ],
  [
    "prefixItems",
    {
      build(value, schema, place) {
        if (!Array.isArray(value)) {
          reportValue(place, "prefixItems", "must be a list of schemas");
          return;
        }
        arrayFacet(schema).prefix = value.map((item, index) =>
          place.child(item, "prefixItems", index),
        );
      },
    },
  ],
  [
    "items",
    {
      build(value, schema, place) {
        // A list here is the tuple of older drafts: the linter refuses it.
        if (Array.isArray(value)) return;
        arrayFacet(schema).items = place.child(value, "items");
      },
    },
  ],
  [
    "contains",
    {
      build(value, schema, place) {
        const contains: ArrayFacet["contains"] = {
          schema: place.child(value, "contains"),
          min: limit("minContains", place) ?? 1,
        };
        const max = limit("maxContains", place);
        if (max !== undefined) contains.max = max;
        arrayFacet(schema).contains = contains;
      },
    },
  ],
];

/** `minContains` and `maxContains` mean something beside `contains` only, and only where validation keywords do. */
function limit(keyword: string, place: SchemaPlace): number | undefined {
  const value = member(place.node, keyword);
  if (value === undefined || place.dialect === "2020-12-applicators") {
    return undefined;
  }
  return expectCount(value, keyword, place);
}

function count(keyword: string, bound: "min" | "max") {
  return (value: Json, schema: Schema, place: SchemaPlace): void => {
    const read = expectCount(value, keyword, place);
    if (read !== undefined) arrayFacet(schema)[bound] = read;
  };
}

function arrayFacet(schema: Schema): ArrayFacet {
  return (schema.array ??= { prefix: [] });
}
