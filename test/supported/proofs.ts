/** Which test proves what `docs/supported.md` says of a feature, and the word in it by which that can be checked. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Feature } from "../../generator/src/report/feature.js";
import { PROBES } from "./schema-probes.js";

export interface Proof {
  /** Below the root of the repository. */
  file: string;
  /** Stands in the file. */
  word: string;
}

const rejected = readdirSync(
  fileURLToPath(new URL("../rejected/", import.meta.url)),
);

const MODEL = "test/generator/model";

/** Names of features (`^` and `$` are added) → file, and a word where the last of the name is not in it. */
const PROOFS: readonly (readonly [RegExp, string, string?])[] = [
  [
    /OpenAPI document: `(\$self|jsonSchemaDialect)`/,
    "test/generator/lint/lint-document.test.ts",
  ],
  [
    /OpenAPI document: `webhooks`|operation: `callbacks`/,
    "test/corpus/webhooks.test.ts",
  ],
  [
    /OpenAPI document: .*|components object: .*/,
    "test/supported/structure.test.ts",
  ],
  [
    /server: `(url|variables)`|server variable: `default`|tag: `name`/,
    "test/supported/structure.test.ts",
  ],
  [/reference/, "test/generator/load/references.test.ts", "$ref"],
  [/reference to another file/, "test/generator/load/files.test.ts", "$ref"],
  [/path item: `\$ref`/, "test/supported/structure.test.ts"],
  [/path item: `additionalOperations`/, "test/corpus/openapi-3.2.test.ts"],
  [/path item: `parameters`/, `${MODEL}/build-params.test.ts`],
  [/path item: `.*`/, "test/supported/structure.test.ts"],
  [/operation: `(parameters)`/, "test/parameters/strictness.test.ts"],
  [/operation: `(security)`/, `${MODEL}/build-security.test.ts`],
  [/operation: `deprecated`/, "test/runtime/versioning/deprecation.test.ts"],
  [/operation: `.*`/, "test/supported/structure.test.ts"],
  [
    /parameter in querystring: `content`/,
    "test/parameters/suite.test.ts",
    "querystring",
  ],
  [
    /parameter in \w+: `content`|parameter: `content`/,
    "test/parameters/suite.test.ts",
    "content",
  ],
  [
    /parameter in cookie: `cookie`/,
    "test/parameters/documented.test.ts",
    "cookies",
  ],
  [
    /parameter in .*/,
    "test/parameters/documented.test.ts",
    "docs/parameters.md",
  ],
  [
    /parameter: `(allowReserved|allowEmptyValue)`/,
    `${MODEL}/build-params.test.ts`,
  ],
  [
    /parameter: `(name|in|required|style|explode|schema)`/,
    "test/parameters/suite.test.ts",
    "suiteCells",
  ],
  [/request body: `required`/, "test/bodies/document.ts"],
  [/request body: `content`/, "test/bodies/document.ts"],
  [/request body: JSON/, "test/bodies/media-types.test.ts", "application/json"],
  [
    /request body: JSON lines and sequences/,
    "test/bodies/document.ts",
    "jsonl",
  ],
  [
    /request body: `application\/x-www-form-urlencoded`/,
    "test/bodies/forms.test.ts",
  ],
  [/request body: `multipart\/form-data`/, "test/bodies/multipart.test.ts"],
  [
    /request body: `application\/octet-stream`/,
    "test/bodies/media-types.test.ts",
  ],
  [/request body: text/, "test/bodies/document.ts", "text/"],
  [/request body: `text\/event-stream`/, `${MODEL}/build-media.test.ts`],
  [
    /response: `(headers|content)`|header: .*/,
    "test/responses/headers.test.ts",
  ],
  [/response: `links`|link: `.*`/, "test/runtime/links/links.test.ts"],
  [/response body: `text\/event-stream`/, "test/responses/streams.test.ts"],
  [
    /response body: JSON lines and sequences/,
    "test/responses/streams.test.ts",
    "application/",
  ],
  [
    /response body: `application\/octet-stream`/,
    "test/responses/files.test.ts",
    "application/octet-stream",
  ],
  [
    /response body: JSON/,
    "test/responses/validation.test.ts",
    "application/json",
  ],
  [/response body: text/, "test/responses/validation.test.ts", "text/plain"],
  [/status: .*/, `${MODEL}/build-media.test.ts`, "4XX"],
  [/media type object: `(itemSchema)`/, "test/responses/streams.test.ts"],
  [/media type object: `x-item-schema`/, "test/mock/mock.test.ts"],
  [/media type object: `x-kontract-item-schema`/, `${MODEL}/prefix.test.ts`],
  [/media type object: .*|encoding object: .*/, "test/bodies/document.ts"],
  [/discriminator: `defaultMapping`/, "test/corpus/openapi-3.2.test.ts"],
  [/discriminator: .*/, `${MODEL}/discriminate.test.ts`],
  [/schema: `(default|readOnly)`/, "test/conformance/effects.test.ts"],
  [/schema: `\$vocabulary`/, "test/generator/load/references.test.ts"],
  [/older drafts: `\$recursiveRef`/, "test/generator/load/references.test.ts"],
  [/apiKey in .*/, "test/runtime/security/guard.test.ts", "apiKey"],
  [/http: `.*`/, "test/runtime/security/guard.test.ts"],
  [/http: other schemes/, "test/runtime/security/guard.test.ts", "scheme"],
  [/requirement: .*/, "test/runtime/security/guard.test.ts", "alternative"],
  [/oauth2/, "test/runtime/security/oauth.test.ts", "oauth"],
  [/openIdConnect/, "test/runtime/security/jwt.test.ts"],
  [/mutualTLS/, "test/runtime/transport/tls.test.ts"],
  [/security scheme: .*/, `${MODEL}/build-security.test.ts`],
  [/OAuth flows? object: .*/, `${MODEL}/foreign-names.test.ts`],
  [/OAuth flow: `scopes`/, `${MODEL}/build-security.test.ts`],
  [/extension `x-(audit|cors|jwt)`/, "test/runtime/security/document.test.ts"],
  [
    /extension `x-(caching|invalidates)`/,
    "test/runtime/caching/response-cache.test.ts",
  ],
  [
    /extension `x-(etag|last-modified)`/,
    "test/runtime/caching/http-caching.test.ts",
  ],
  [/extension `x-deprecated-reason`/, "test/generator/emit/deprecated.test.ts"],
  [
    /extension `x-(deprecated-since|replaced-by|sunset)`/,
    "test/runtime/versioning/deprecation.test.ts",
  ],
  [/extension `x-envelope`/, "test/runtime/envelope/envelope.test.ts"],
  [/extension `x-(extensible-enum)`/, "test/generator/diff/schemas.test.ts"],
  [/extension `x-(stability-level)`/, "test/generator/diff/operations.test.ts"],
  [
    /extension `x-(fields|filter|include|sort)`/,
    "test/runtime/query/document.ts",
  ],
  [
    /extension `x-(handler-group|openapi-router-controller)`/,
    `${MODEL}/find-operations.test.ts`,
  ],
  [
    /extension `x-(idempotency|fern-idempotent|fern-idempotency-headers)`/,
    `${MODEL}/idempotency.test.ts`,
  ],
  [/extension `x-internal`/, "test/runtime/docs/docs.test.ts"],
  [/extension `x-item-schema`/, "test/mock/mock.test.ts"],
  [/extension `x-links(-style)?`/, "test/runtime/links/links.test.ts"],
  [/extension `x-lint-ignore`/, "test/generator/lint/style.test.ts"],
  [/extension `x-(max-body|stream)`/, "test/bodies/document.ts"],
  [/extension `x-(pagination)`/, "test/runtime/pagination/pagination.test.ts"],
  [/extension `x-(problems?|timeout)`/, "test/runtime/errors/problems.test.ts"],
  [/extension `x-(rate-limit)`/, "test/runtime/rate-limit/limits.test.ts"],
  [
    /extension `x-(kong-plugin-rate-limiting|yc-apigateway-rate-limit|google-api-management|google-quota|rateLimit|ratelimit)`/,
    `${MODEL}/rate-limit.test.ts`,
  ],
  [
    /extension `x-(speakeasy-pagination|fern-pagination|ms-pageable)`/,
    `${MODEL}/policies.test.ts`,
  ],
  [/extension `x-(sensitive)`/, "test/runtime/observe/observers.test.ts"],
  [/extension `x-ts-type`/, "test/corpus/formats.test.ts"],
  [/extension `x-unknown-query`/, "test/parameters/strictness.test.ts"],
  [/extension `x-versioning`/, "test/runtime/versioning/versions.test.ts"],
  [
    /extension `x-(dropshot-pagination|google-management|ogen-operation-group|sunset-date)`/,
    `${MODEL}/foreign-names.test.ts`,
  ],
];

const probed = new Set(PROBES.map(({ feature }) => feature));

export function proofOf({ name, level, code }: Feature): Proof | undefined {
  if (code !== undefined) {
    const folder = rejected.find((each) => each.startsWith(code));
    return folder === undefined
      ? undefined
      : { file: `test/rejected/${folder}/diagnostics.txt`, word: code };
  }
  if (level === "documentation") {
    return { file: "test/supported/documentation.test.ts", word: "served" };
  }
  if (probed.has(name)) {
    return { file: "test/supported/schemas.test.ts", word: "PROBES" };
  }
  const [, last = name] = /`([^`]+)`$/.exec(name) ?? [];
  for (const [pattern, file, word = last] of PROOFS) {
    if (new RegExp(`^(?:${pattern.source})$`).test(name)) return { file, word };
  }
  return undefined;
}
