/** Room `load`: meta-schema URIs to dialects. */
import type { Dialect, Json } from "./document.js";
import { isObject, member } from "./member.js";

export const JSON_SCHEMA_2020 = "https://json-schema.org/draft/2020-12/schema";

const VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/";

/** The dialects that the OpenAPI Initiative publishes for 3.1 and 3.2. */
const OPENAPI_DIALECT =
  /^https:\/\/spec\.openapis\.org\/oas\/3\.[12]\/(?:dialect|schema-base)\//;

/** Older drafts: read by the rules of the document. */
const OLD_DRAFT =
  /^https?:\/\/json-schema\.org\/(?:schema|draft-0[3-7]\/(?:hyper-)?schema|draft\/2019-09\/(?:hyper-)?schema)$/;

export function isOldDraft(uri: string): boolean {
  return OLD_DRAFT.test(uri);
}

export function isKnownMetaSchema(uri: string): boolean {
  return (
    uri === JSON_SCHEMA_2020 || OPENAPI_DIALECT.test(uri) || isOldDraft(uri)
  );
}

/** `undefined`: the dialect is not known, or asks for a vocabulary that is not. */
export function dialectOf(
  uri: string | undefined,
  metaSchema: (uri: string) => Json | undefined,
): Dialect | undefined {
  if (uri === undefined || OPENAPI_DIALECT.test(uri) || isOldDraft(uri)) {
    return "3.1";
  }
  if (uri === JSON_SCHEMA_2020) return "2020-12";
  const schema = metaSchema(uri);
  return isObject(schema) ? dialectOfVocabularies(schema) : undefined;
}

const KNOWN_VOCABULARIES = new Set([
  ...[
    "core",
    "applicator",
    "unevaluated",
    "validation",
    "meta-data",
    "format-annotation",
    "format-assertion",
    "content",
  ].map((name) => VOCABULARY + name),
  "https://spec.openapis.org/oas/3.1/vocab/base",
  "https://spec.openapis.org/oas/3.2/vocab/base",
]);

function dialectOfVocabularies(schema: Json): Dialect | undefined {
  const vocabulary = isObject(schema) ? member(schema, "$vocabulary") : null;
  // Without `$vocabulary` a meta-schema means the vocabularies of 2020-12 (its section 8.1.2.1 leaves it open).
  if (!isObject(vocabulary)) return "2020-12";
  for (const [uri, required] of Object.entries(vocabulary)) {
    if (required === true && !KNOWN_VOCABULARIES.has(uri)) return undefined;
  }
  if (!Object.hasOwn(vocabulary, `${VOCABULARY}validation`)) {
    return "2020-12-applicators";
  }
  return Object.hasOwn(vocabulary, `${VOCABULARY}format-assertion`)
    ? "3.1"
    : "2020-12";
}
