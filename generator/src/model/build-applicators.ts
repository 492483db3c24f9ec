/** Room `model`: keywords that apply other schemas to the same value, and references. */
import type { Json } from "../load/document.js";
import { below } from "./below.js";
import { reportValue } from "./keyword-value.js";
import { member } from "./member.js";
import type {
  BuildKeyword,
  KeywordTable,
  SchemaPlace,
} from "./schema-place.js";
import type { Schema } from "./schema.js";

export const applicatorKeywords: KeywordTable = [
  [
    "allOf",
    {
      build(value, schema, place) {
        schema.all = branches(value, "allOf", place);
      },
    },
  ],
  ["anyOf", { build: union("anyOf", "any") }],
  ["oneOf", { build: union("oneOf", "one") }],
  [
    "not",
    {
      build(value, schema, place) {
        schema.not = place.child(value, "not");
      },
    },
  ],
  [
    "if",
    {
      build(value, schema, place) {
        // Kept without `then` and `else` too: what it evaluates counts for `unevaluatedProperties`.
        const condition: Schema["condition"] = {
          test: place.child(value, "if"),
        };
        const yes = member(place.node, "then");
        const no = member(place.node, "else");
        if (yes !== undefined) condition.yes = place.child(yes, "then");
        if (no !== undefined) condition.no = place.child(no, "else");
        schema.condition = condition;
      },
    },
  ],
  [
    "unevaluatedProperties",
    {
      build(value, schema, place) {
        schema.unevaluatedProperties = place.child(
          value,
          "unevaluatedProperties",
        );
      },
    },
  ],
  [
    "unevaluatedItems",
    {
      build(value, schema, place) {
        schema.unevaluatedItems = place.child(value, "unevaluatedItems");
      },
    },
  ],
  [
    "$ref",
    {
      build(value, schema, place) {
        if (typeof value !== "string") {
          reportValue(place, "$ref", "must be a string");
          return;
        }
        const target = place.document.target(place.holder);
        if (target) schema.refs.push(place.refer(target));
      },
    },
  ],
  [
    "$dynamicRef",
    {
      build(value, schema, place) {
        if (typeof value !== "string") {
          reportValue(place, "$dynamicRef", "must be a string");
          return;
        }
        const initial = place.document.dynamicTarget(place.holder);
        if (!initial) return;
        const { anchor } = initial;
        if (anchor !== undefined) place.consult(schema, anchor);
        const outermost =
          anchor === undefined
            ? undefined
            : place.environment.anchors.get(anchor);
        schema.refs.push(place.refer(outermost ?? initial));
      },
    },
  ],
];

function union(keyword: string, mode: "any" | "one"): BuildKeyword {
  return (value, schema, place) => {
    const of = branches(value, keyword, place);
    if (of.length > 0) schema.unions.push({ mode, of });
  };
}

function branches(value: Json, keyword: string, place: SchemaPlace): Schema[] {
  if (!Array.isArray(value)) {
    reportValue(place, keyword, "must be a list of schemas");
    return [];
  }
  if (value.length === 0) {
    place.diagnostics.warning(
      "KT2203",
      below(place.origin, keyword),
      `\`${keyword}\` is empty and says nothing`,
      { help: "list at least one schema or remove the keyword" },
    );
  }
  return value.map((each, index) => place.child(each, keyword, index));
}
