/** Room `model`: keywords about numbers. */
import type { Json } from "../load/document.js";
import { expectNumber, reportValue } from "./keyword-value.js";
import type { KeywordTable, SchemaPlace } from "./schema-place.js";
import type { Schema } from "./schema.js";

export const numberKeywords: KeywordTable = [
  ["minimum", { validation: true, build: bound("minimum", "min") }],
  ["maximum", { validation: true, build: bound("maximum", "max") }],
  [
    "exclusiveMinimum",
    { validation: true, build: bound("exclusiveMinimum", "exclusiveMin") },
  ],
  [
    "exclusiveMaximum",
    { validation: true, build: bound("exclusiveMaximum", "exclusiveMax") },
  ],
  [
    "multipleOf",
    {
      validation: true,
      build(value, schema, place) {
        if (typeof value === "number" && value > 0 && Number.isFinite(value)) {
          schema.number = { ...schema.number, multipleOf: [value] };
        } else {
          reportValue(place, "multipleOf", "must be a number above zero");
        }
      },
    },
  ],
];

function bound(
  keyword: string,
  name: "min" | "max" | "exclusiveMin" | "exclusiveMax",
) {
  return (value: Json, schema: Schema, place: SchemaPlace): void => {
    const read = expectNumber(value, keyword, place);
    if (read !== undefined) schema.number = { ...schema.number, [name]: read };
  };
}
