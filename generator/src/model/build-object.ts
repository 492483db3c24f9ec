/** Room `model`: keywords about objects. */
import type { Json } from "../load/document.js";
import { buildPattern } from "./build-pattern.js";
import { expectCount, expectNames, reportValue } from "./keyword-value.js";
import { isObject } from "./member.js";
import type { KeywordTable, SchemaPlace } from "./schema-place.js";
import type { ObjectFacet, Schema } from "./schema.js";

export const objectKeywords: KeywordTable = [
  ["minProperties", { validation: true, build: count("minProperties", "min") }],
  ["maxProperties", { validation: true, build: count("maxProperties", "max") }],
  [
    "properties",
    {
      build(value, schema, place) {
        objectFacet(schema).fields = [
          ...entries(value, "properties", place),
        ].map(([name, field]) => ({
          name,
          schema: place.child(field, "properties", name),
          required: false,
        }));
      },
    },
  ],
  [
    "required",
    {
      validation: true,
      build(value, schema, place) {
        // `required: true` on a property is the form of draft 3: it says nothing here.
        if (typeof value === "boolean") return;
        const names = expectNames(value, "required", place);
        if (names?.length) objectFacet(schema).required = names;
      },
    },
  ],
  [
    "patternProperties",
    {
      build(value, schema, place) {
        for (const [source, each] of entries(
          value,
          "patternProperties",
          place,
        )) {
          const pattern = buildPattern(source);
          const field = place.child(each, "patternProperties", source);
          if (pattern) {
            objectFacet(schema).patterns.push({ pattern, schema: field });
          }
        }
      },
    },
  ],
  [
    "additionalProperties",
    {
      build(value, schema, place) {
        objectFacet(schema).rest = place.child(value, "additionalProperties");
      },
    },
  ],
  [
    "propertyNames",
    {
      build(value, schema, place) {
        objectFacet(schema).names = place.child(value, "propertyNames");
      },
    },
  ],
  [
    "dependentRequired",
    {
      validation: true,
      build(value, schema, place) {
        for (const [name, each] of entries(value, "dependentRequired", place)) {
          const required = expectNames(each, "dependentRequired", place);
          if (required) {
            objectFacet(schema).dependentRequired.push({ name, required });
          }
        }
      },
    },
  ],
  [
    "dependentSchemas",
    {
      build(value, schema, place) {
        for (const [name, each] of entries(value, "dependentSchemas", place)) {
          objectFacet(schema).dependentSchemas.push({
            name,
            schema: place.child(each, "dependentSchemas", name),
          });
        }
      },
    },
  ],
];

/** Marks the fields that the list of required names names. */
export function markRequired(facet: ObjectFacet): void {
  if (facet.required.length === 0) return;
  const required = new Set(facet.required);
  for (const field of facet.fields) field.required = required.has(field.name);
}

function* entries(
  value: Json,
  keyword: string,
  place: SchemaPlace,
): Iterable<[string, Json]> {
  if (isObject(value)) yield* Object.entries(value);
  else reportValue(place, keyword, "must be an object");
}

function count(keyword: string, bound: "min" | "max") {
  return (value: Json, schema: Schema, place: SchemaPlace): void => {
    const read = expectCount(value, keyword, place);
    if (read !== undefined) objectFacet(schema)[bound] = read;
  };
}

function objectFacet(schema: Schema): ObjectFacet {
  return (schema.object ??= {
    fields: [],
    required: [],
    patterns: [],
    dependentRequired: [],
    dependentSchemas: [],
  });
}
