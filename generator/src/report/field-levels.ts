/** Room `report`: what becomes of each field of each object, by the grammar's names. */
import type { DiagnosticCode } from "../lint/diagnostic.js";
import type { NodeKind } from "../load/document.js";

/** Fields in words, by what becomes of them; under a code is what that code says has no effect. */
export type FieldLevels = Partial<
  Record<"enforced" | "documentation" | DiagnosticCode, string>
>;

/** A test holds this against the grammar: every field stands here once, and nothing else does. */
export const FIELD_LEVELS: Readonly<Record<NodeKind, FieldLevels>> = {
  document: {
    enforced:
      "openapi $self jsonSchemaDialect servers paths webhooks components security tags",
    documentation: "info externalDocs",
  },
  info: {
    documentation:
      "title summary description termsOfService contact license version",
  },
  contact: { documentation: "name url email" },
  license: { documentation: "name identifier url" },
  server: { enforced: "url variables", documentation: "name description" },
  serverVariable: { enforced: "default", documentation: "enum description" },
  paths: {},
  pathItem: {
    enforced:
      "$ref get put post delete options head patch trace query additionalOperations parameters",
    documentation: "summary description",
    KT3131: "servers",
  },
  operation: {
    enforced:
      "tags operationId parameters requestBody responses callbacks deprecated security",
    documentation: "summary description externalDocs",
    KT3131: "servers",
  },
  externalDocs: { documentation: "description url" },
  parameter: {
    enforced:
      "name in required style explode allowReserved allowEmptyValue schema content",
    documentation: "description deprecated example examples",
  },
  header: {
    enforced: "required style explode schema content",
    documentation:
      "description deprecated allowEmptyValue allowReserved example examples",
  },
  requestBody: { enforced: "content required", documentation: "description" },
  mediaType: {
    enforced:
      "schema itemSchema x-item-schema x-kontract-item-schema encoding prefixEncoding itemEncoding",
    documentation: "example examples",
  },
  encoding: {
    enforced: "contentType headers style explode allowReserved",
    KT3130: "encoding prefixEncoding itemEncoding",
  },
  responses: {},
  response: {
    enforced: "headers content links",
    documentation: "summary description",
  },
  callback: {},
  example: {
    documentation:
      "summary description value externalValue dataValue serializedValue",
  },
  link: {
    enforced: "operationRef operationId parameters",
    documentation: "description",
    KT3130: "requestBody",
    KT3131: "server",
  },
  tag: {
    enforced: "name",
    documentation: "summary description externalDocs parent kind",
  },
  components: {
    enforced:
      "schemas responses parameters requestBodies headers securitySchemes links callbacks pathItems mediaTypes",
    documentation: "examples",
  },
  schema: {
    enforced: `$ref $id $schema $anchor $dynamicRef $dynamicAnchor $vocabulary $defs definitions
      allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties patternProperties
      additionalProperties propertyNames unevaluatedItems unevaluatedProperties
      type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern
      maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired
      format default readOnly writeOnly nullable discriminator`,
    documentation: `$comment contentEncoding contentMediaType contentSchema title description deprecated
      examples example xml externalDocs`,
  },
  discriminator: { enforced: "propertyName mapping defaultMapping" },
  xml: {
    documentation: "nodeType name namespace prefix attribute wrapped",
  },
  securityScheme: {
    enforced: "type name in scheme flows",
    documentation:
      "description bearerFormat openIdConnectUrl oauth2MetadataUrl deprecated",
  },
  oauthFlows: {
    enforced:
      "implicit password clientCredentials authorizationCode deviceAuthorization",
  },
  oauthFlow: {
    enforced: "scopes",
    documentation:
      "authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl",
  },
  securityRequirement: {},
};
