/** Room `report`: every feature there is, as one table: the fields of the grammar, and what stands in them. */
import type { DiagnosticCode } from "../lint/diagnostic.js";
import { OLD_KEYWORDS } from "../lint/rules/unenforced-keywords.js";
import { NO_KEYWORDS_OF_3_0 } from "../lint/rules/style/unknown-fields.js";
import { VOCABULARY } from "../lint/vocabulary.js";
import type { NodeKind } from "../load/document.js";
import { GRAMMAR, type Version } from "../load/grammar.js";
import { NUMBER_FORMATS, STRING_FORMATS } from "../model/build-string.js";
import { LEVEL_OF_CODE } from "./code-levels.js";
import type { Area, Feature, Level } from "./feature.js";
import { FIELD_LEVELS, type FieldLevels } from "./field-levels.js";

export const VERSIONS: readonly Version[] = ["3.0", "3.1", "3.2"];

const AREAS: Readonly<Record<NodeKind, Area>> = {
  document: "Document",
  info: "Document",
  contact: "Document",
  license: "Document",
  server: "Document",
  serverVariable: "Document",
  tag: "Document",
  externalDocs: "Document",
  components: "Document",
  paths: "Paths and operations",
  pathItem: "Paths and operations",
  operation: "Paths and operations",
  callback: "Paths and operations",
  parameter: "Parameters",
  requestBody: "Request bodies",
  responses: "Responses",
  response: "Responses",
  header: "Responses",
  link: "Responses",
  mediaType: "Media types",
  encoding: "Media types",
  example: "Media types",
  xml: "Media types",
  schema: "Schemas",
  discriminator: "Schemas",
  securityScheme: "Security",
  securityRequirement: "Security",
  oauthFlows: "Security",
  oauthFlow: "Security",
};

/** Keywords of JSON Schema 2020-12 that OpenAPI 3.0's dialect lacks: read in documents for 3.0 all the same. */
const READ_IN_3_0_TOO = new Set(
  `$defs definitions if then else dependentSchemas prefixItems contains patternProperties propertyNames
  unevaluatedItems unevaluatedProperties const maxContains minContains dependentRequired contentEncoding
  contentMediaType contentSchema examples $comment`.split(/\s+/),
);

/** Whether a keyword of 2020-12 counts in a document of this version. */
export function isRead(keyword: string, version: Version): boolean {
  return version !== "3.0" || !NO_KEYWORDS_OF_3_0.has(keyword);
}

/** Whether the version's own specification has the keyword. */
export function isKeywordOf(keyword: string, version: Version): boolean {
  if (version === "3.0") {
    return !NO_KEYWORDS_OF_3_0.has(keyword) && !READ_IN_3_0_TOO.has(keyword);
  }
  return keyword !== "nullable" && keyword !== "definitions";
}

export function areaOf(kind: NodeKind): Area {
  return AREAS[kind];
}

/** `a parameter` and `style`: parameter `style`. */
export function fieldName(kind: NodeKind, field: string): string {
  const title = (GRAMMAR.get(kind)?.title ?? kind).replace(/^(an?|the) /, "");
  return `${title}: \`${field}\``;
}

function fieldFeatures(kind: NodeKind): Feature[] {
  const levels = FIELD_LEVELS[kind];
  const fields = GRAMMAR.get(kind)?.fields ?? new Map();
  const features: Feature[] = [];
  for (const [level, words] of Object.entries(levels)) {
    for (const field of (words ?? "").split(/\s+/)) {
      const since: Version = fields.get(field)?.since ?? "3.0";
      const versions = VERSIONS.filter(
        (version) =>
          version >= since &&
          (kind !== "schema" || isKeywordOf(field, version)),
      );
      const name = fieldName(kind, field);
      features.push({ name, area: AREAS[kind], versions, ...standing(level) });
    }
  }
  return features;
}

/** A key of `FieldLevels`. */
function standing(key: keyof FieldLevels | string): {
  level: Level;
  code?: DiagnosticCode;
} {
  if (key === "enforced" || key === "documentation") return { level: key };
  const code = key as DiagnosticCode;
  return { level: LEVEL_OF_CODE.get(code) ?? "no effect", code };
}

/** Names that are written in values: `since` 3.0 unless it is said. */
function valueFeatures(
  area: Area,
  names: readonly string[],
  since: Version = "3.0",
  key: keyof FieldLevels = "enforced",
): Feature[] {
  const versions = VERSIONS.filter((version) => version >= since);
  return names.map((name) => ({ name, area, versions, ...standing(key) }));
}

export const BODY_KINDS = {
  json: "JSON",
  lines: "JSON lines and sequences",
  form: "`application/x-www-form-urlencoded`",
  multipart: "`multipart/form-data`",
  events: "`text/event-stream`",
  text: "text",
  bytes: "`application/octet-stream`",
  parts: "other `multipart` types",
  range: "a range of media types",
  other: "XML and other media types",
} as const;

export type BodyKind = keyof typeof BODY_KINDS;

/** Read and written as bytes, which a code says where the schema asks for more. */
const WITHOUT_CODEC: Record<"request" | "response", readonly BodyKind[]> = {
  request: ["parts", "range", "other"],
  response: ["form", "multipart", "parts", "range", "other"],
};

function bodyFeatures(
  side: "request" | "response",
  area: Area,
  code: DiagnosticCode,
): Feature[] {
  return Object.entries(BODY_KINDS).flatMap(([kind, label]) =>
    valueFeatures(
      area,
      [`${side} body: ${label}`],
      "3.0",
      WITHOUT_CODEC[side].some((each) => each === kind) ? code : "enforced",
    ),
  );
}

const PLACES = ["path", "query", "header", "cookie"];

/** In the order of `docs/supported.md`. */
export const FEATURES: readonly Feature[] = [
  ...valueFeatures("Document", ["reference", "reference to another file"]),
  ...Object.keys(AREAS).flatMap((kind) => fieldFeatures(kind as NodeKind)),
  ...valueFeatures("Parameters", [
    ...["simple", "label", "matrix"].map((style) => styleName("path", style)),
    ...["form", "spaceDelimited", "pipeDelimited", "deepObject"].map((style) =>
      styleName("query", style),
    ),
    styleName("header", "simple"),
    styleName("cookie", "form"),
    ...PLACES.map(contentName),
  ]),
  ...valueFeatures(
    "Parameters",
    [styleName("cookie", "cookie"), contentName("querystring")],
    "3.2",
  ),
  ...bodyFeatures("request", "Request bodies", "KT3111"),
  ...bodyFeatures("response", "Responses", "KT3113"),
  ...valueFeatures("Responses", [
    "status: a single one",
    "status: a range (`4XX`)",
    "status: `default`",
  ]),
  ...valueFeatures(
    "Schemas",
    ["boolean", "integer", "number", "string", "array", "object"].map(typeName),
  ),
  ...valueFeatures("Schemas", [typeName("null"), "type: a list"], "3.1"),
  ...valueFeatures("Schemas", ["type: a name of another language"]),
  ...valueFeatures(
    "Schemas",
    [...STRING_FORMATS, ...NUMBER_FORMATS].map(formatName),
  ),
  ...valueFeatures("Schemas", ["format: others"], "3.0", "documentation"),
  ...["items", ...OLD_KEYWORDS.keys()].map((keyword): Feature => ({
    name: oldName(keyword),
    area: "Schemas",
    versions: [],
    ...(keyword === "$recursiveRef"
      ? { level: "enforced" }
      : standing("KT3003")),
  })),
  ...valueFeatures("Security", [
    ...["header", "query", "cookie"].map((place) => `apiKey in ${place}`),
    "http: `basic`",
    "http: `bearer`",
    "http: other schemes",
    "oauth2",
    "openIdConnect",
    "requirement: all of several schemes",
    "requirement: none (`{}`)",
    "requirement: one of several",
  ]),
  ...valueFeatures("Security", ["mutualTLS"], "3.1"),
  ...valueFeatures("Extensions", [...VOCABULARY.keys()].map(extensionName)),
];

export function styleName(place: string, style: string): string {
  return `parameter in ${place}: \`${style}\``;
}

export function contentName(place: string): string {
  return `parameter in ${place}: \`content\``;
}

export function typeName(type: string): string {
  return `type: \`${type}\``;
}

export function formatName(format: string): string {
  return `format: \`${format}\``;
}

/** Of requests such a keyword is refused; where it changes nothing it is said to have no effect. */
export function oldName(keyword: string): string {
  const form = keyword === "items" ? " with a list" : "";
  return `older drafts: \`${keyword}\`${form}`;
}

export function extensionName(name: string): string {
  return `extension \`${name}\``;
}
