/** Which schemas of draft 4 use what OpenAPI 3.0's dialect does not share. */
import type { Json } from "../../generator/src/load/document.js";
import type { SuiteGroup } from "./suite.js";

/** Why a group says nothing about OpenAPI 3.0; `undefined`: it does. */
export function whyApart({ file, schema }: SuiteGroup): string | undefined {
  if (file === "format.json") {
    return "OpenAPI 3.0 asserts the formats that it knows; draft 4 may leave them annotations";
  }
  return whySchemaApart(schema);
}

function whySchemaApart(schema: Json): string | undefined {
  if (!isObject(schema)) return undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    const why = whyKeywordApart(keyword, value) ?? whyBelow(keyword, value);
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyBelow(keyword: string, value: Json): string | undefined {
  if (["not", "items", "additionalProperties"].includes(keyword)) {
    return whySchemaApart(value);
  }
  if (["allOf", "anyOf", "oneOf"].includes(keyword) && Array.isArray(value)) {
    return value.map(whySchemaApart).find((why) => why !== undefined);
  }
  if (["properties", "definitions"].includes(keyword) && isObject(value)) {
    return Object.values(value)
      .map(whySchemaApart)
      .find((why) => why !== undefined);
  }
  return undefined;
}

function whyKeywordApart(keyword: string, value: Json): string | undefined {
  if (
    ["additionalItems", "dependencies", "patternProperties"].includes(keyword)
  ) {
    return `OpenAPI 3.0 has no \`${keyword}\``;
  }
  if (keyword === "id") return "OpenAPI 3.0 has no `id`";
  if (keyword === "items" && Array.isArray(value)) {
    return "OpenAPI 3.0 has no tuples: `items` is one schema";
  }
  if (keyword === "type" && Array.isArray(value)) {
    return "OpenAPI 3.0 has no lists of types";
  }
  if (keyword === "type" && value === "null") {
    return "OpenAPI 3.0 has no type null";
  }
  if (keyword === "$ref" && typeof value === "string") {
    if (value.startsWith("http://json-schema.org/draft-04/")) {
      return "the draft 4 meta-schema uses keywords that OpenAPI 3.0 has not";
    }
    if (/locationIndependentIdentifier|name\.json/.test(value)) {
      return "OpenAPI 3.0 has no `id`";
    }
  }
  return undefined;
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
