/** Room `model`: keywords that describe and assert nothing, and the two that tell directions apart. */
import { spellingsOf } from "../lint/vocabulary.js";
import { below } from "./below.js";
import { member } from "./member.js";
import type { KeywordTable } from "./schema-place.js";

export const annotationKeywords: KeywordTable = [
  [
    "title",
    {
      build(value, schema) {
        if (typeof value === "string") schema.doc.title = value;
      },
    },
  ],
  [
    "description",
    {
      build(value, schema) {
        if (typeof value === "string") schema.doc.description = value;
      },
    },
  ],
  [
    "deprecated",
    {
      build(value, schema) {
        if (value === true) schema.doc.deprecated = true;
      },
    },
  ],
  [
    "readOnly",
    {
      build(value, schema, place) {
        if (value !== true) return;
        if (member(place.node, "writeOnly") !== true) {
          schema.access = "read";
          return;
        }
        place.diagnostics.warning(
          "KT2204",
          below(place.origin, "readOnly"),
          "both `readOnly` and `writeOnly` are set; neither is applied",
          {
            help: "keep the one that is meant",
            related: [below(place.origin, "writeOnly")],
          },
        );
      },
    },
  ],
  [
    "writeOnly",
    {
      build(value, schema, place) {
        if (value === true && member(place.node, "readOnly") !== true) {
          schema.access = "write";
        }
      },
    },
  ],
  [
    "default",
    {
      build(value, schema) {
        schema.default = value;
      },
    },
  ],
  [
    "example",
    {
      build(value, schema) {
        schema.examples.unshift(value);
      },
    },
  ],
  [
    "examples",
    {
      build(value, schema) {
        if (!Array.isArray(value)) return;
        for (const each of value) schema.examples.push(each);
      },
    },
  ],
  ...spellingsOf("x-extensible-enum").map((name): KeywordTable[number] => [
    name,
    {
      build(value, schema) {
        if (value === true || Array.isArray(value)) schema.extensible = value;
      },
    },
  ]),
  ...spellingsOf("x-ts-type").map((name): KeywordTable[number] => [
    name,
    {
      build(value, schema) {
        if (typeof value === "string") schema.typeName = value;
      },
    },
  ]),
  ...spellingsOf("x-sensitive").map((name): KeywordTable[number] => [
    name,
    {
      build(value, schema) {
        if (value === true) schema.sensitive = true;
      },
    },
  ]),
];
