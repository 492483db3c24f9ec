/** Room `model`: keywords about strings, and `format`, which speaks about strings or numbers. */
import { buildPattern } from "./build-pattern.js";
import { expectCount, reportValue } from "./keyword-value.js";
import type { KeywordTable, SchemaPlace } from "./schema-place.js";
import type {
  NumberFacet,
  Schema,
  StringFacet,
  StringFormat,
} from "./schema.js";

export const STRING_FORMATS: ReadonlySet<string> = new Set<StringFormat>([
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "idn-email",
  "hostname",
  "idn-hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "iri",
  "iri-reference",
  "uuid",
  "uri-template",
  "json-pointer",
  "relative-json-pointer",
  "regex",
  "byte",
]);

export const NUMBER_FORMATS: ReadonlySet<string> = new Set<
  NonNullable<NumberFacet["format"]>
>(["int32", "int64", "float", "double"]);

export const stringKeywords: KeywordTable = [
  ["minLength", { validation: true, build: count("minLength", "min") }],
  ["maxLength", { validation: true, build: count("maxLength", "max") }],
  [
    "pattern",
    {
      validation: true,
      build(value, schema, place) {
        if (typeof value !== "string") {
          reportValue(place, "pattern", "must be a string");
          return;
        }
        const pattern = buildPattern(value);
        if (pattern) stringFacet(schema).patterns.push(pattern);
      },
    },
  ],
  [
    "format",
    {
      build(value, schema, place) {
        if (typeof value === "string") buildFormat(value, schema, place);
      },
    },
  ],
  [
    "contentEncoding",
    {
      build(value, schema) {
        if (typeof value !== "string" || !speaksOf(schema, "string")) return;
        if (/^base64(url)?$/i.test(value)) {
          stringFacet(schema).content = "base64";
        }
      },
    },
  ],
  [
    "contentMediaType",
    {
      build(value, schema) {
        if (typeof value !== "string" || !speaksOf(schema, "string")) return;
        // An encoding says what the characters are; without one, a type that is no text stands for raw bytes.
        if (isBinaryType(value)) stringFacet(schema).content ??= "binary";
      },
    },
  ],
];

/** Formats apply to their own type only, and assert where the dialect says so; unknown ones are annotations. */
function buildFormat(format: string, schema: Schema, place: SchemaPlace): void {
  const asserts = place.dialect === "3.0" || place.dialect === "3.1";
  if (speaksOf(schema, "string")) {
    if (format === "password") schema.sensitive = true;
    if (format === "binary") stringFacet(schema).content = "binary";
    if (format === "byte") stringFacet(schema).content = "base64";
    if (asserts && isStringFormat(format)) stringFacet(schema).format = format;
  }
  schema.format = format;
  if (speaksOf(schema, "number") && asserts && isNumberFormat(format)) {
    schema.number = { ...schema.number, format };
  }
}

function isStringFormat(format: string): format is StringFormat {
  return STRING_FORMATS.has(format);
}

function isNumberFormat(
  format: string,
): format is NonNullable<NumberFacet["format"]> {
  return NUMBER_FORMATS.has(format);
}

function isBinaryType(type: string): boolean {
  const essence = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return !/^text\/|[/+](json|xml|yaml)$|javascript$/.test(essence);
}

function speaksOf(schema: Schema, type: "string" | "number"): boolean {
  if (schema.types === undefined) return true;
  return (
    schema.types.includes(type) ||
    (type === "number" && schema.types.includes("integer"))
  );
}

function count(keyword: string, bound: "min" | "max") {
  return (
    value: Parameters<typeof expectCount>[0],
    schema: Schema,
    place: SchemaPlace,
  ): void => {
    const read = expectCount(value, keyword, place);
    if (read !== undefined) stringFacet(schema)[bound] = read;
  };
}

function stringFacet(schema: Schema): StringFacet {
  return (schema.string ??= { patterns: [] });
}
