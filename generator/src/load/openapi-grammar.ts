/** Room `load`: the structure of OpenAPI 3.0 to 3.2 as one table: which field of which object holds what. */
import type { NodeKind } from "./document.js";
import type { Notation, ReferenceStyle } from "./grammar.js";
import { SCHEMA_FIELDS } from "./schema-grammar.js";
import { SECURITY_RULES } from "./security-grammar.js";

/** `@3.1`: the first version that has the field. */
export type FieldNotation = Notation | `${Notation}@${"3.1" | "3.2"}`;

export interface RuleText {
  title: string;
  reference?: ReferenceStyle;
  fields?: Readonly<Record<string, FieldNotation>>;
  others?: Notation;
  required?: readonly string[];
  required30?: readonly string[];
}

/** What parameters and headers have in common. */
const DESCRIBED_VALUE = {
  description: "string",
  required: "boolean",
  deprecated: "boolean",
  allowEmptyValue: "boolean",
  style: "string",
  explode: "boolean",
  allowReserved: "boolean",
  schema: "schema",
  example: "any",
  examples: "{example}",
  content: "{mediaType}",
} as const;

export const OPENAPI_RULES: Readonly<Record<NodeKind, RuleText>> = {
  document: {
    title: "an OpenAPI document",
    fields: {
      openapi: "string",
      $self: "string@3.2",
      info: "info",
      jsonSchemaDialect: "string@3.1",
      servers: "[server]",
      paths: "paths",
      webhooks: "{pathItem}@3.1",
      components: "components",
      security: "[securityRequirement]",
      tags: "[tag]",
      externalDocs: "externalDocs",
    },
    required: ["info"],
    required30: ["paths"],
  },
  info: {
    title: "an info object",
    fields: {
      title: "string",
      summary: "string@3.1",
      description: "string",
      termsOfService: "string",
      contact: "contact",
      license: "license",
      version: "string",
    },
    required: ["title", "version"],
  },
  contact: {
    title: "a contact object",
    fields: { name: "string", url: "string", email: "string" },
  },
  license: {
    title: "a license object",
    fields: { name: "string", identifier: "string@3.1", url: "string" },
    required: ["name"],
  },
  server: {
    title: "a server",
    fields: {
      url: "string",
      name: "string@3.2",
      description: "string",
      variables: "{serverVariable}",
    },
    required: ["url"],
  },
  serverVariable: {
    title: "a server variable",
    fields: { enum: "[string]", default: "string", description: "string" },
    required: ["default"],
  },
  paths: { title: "the paths object", others: "pathItem" },
  pathItem: {
    title: "a path item",
    reference: "field",
    fields: {
      $ref: "string",
      summary: "string",
      description: "string",
      get: "operation",
      put: "operation",
      post: "operation",
      delete: "operation",
      options: "operation",
      head: "operation",
      patch: "operation",
      trace: "operation",
      query: "operation@3.2",
      additionalOperations: "{operation}@3.2",
      servers: "[server]",
      parameters: "[parameter]",
    },
  },
  operation: {
    title: "an operation",
    fields: {
      tags: "[string]",
      summary: "string",
      description: "string",
      externalDocs: "externalDocs",
      operationId: "string",
      parameters: "[parameter]",
      requestBody: "requestBody",
      responses: "responses",
      callbacks: "{callback}",
      deprecated: "boolean",
      security: "[securityRequirement]",
      servers: "[server]",
    },
  },
  externalDocs: {
    title: "an external documentation object",
    fields: { description: "string", url: "string" },
    required: ["url"],
  },
  parameter: {
    title: "a parameter",
    reference: "object",
    fields: {
      name: "string",
      in: "string",
      ...DESCRIBED_VALUE,
    },
    required: ["name", "in"],
  },
  header: {
    title: "a header",
    reference: "object",
    fields: DESCRIBED_VALUE,
  },
  requestBody: {
    title: "a request body",
    reference: "object",
    fields: {
      description: "string",
      content: "{mediaType}",
      required: "boolean",
    },
    required: ["content"],
  },
  mediaType: {
    title: "a media type object",
    fields: {
      schema: "schema",
      itemSchema: "schema@3.2",
      "x-item-schema": "schema",
      "x-kontract-item-schema": "schema",
      example: "any",
      examples: "{example}",
      encoding: "{encoding}",
      prefixEncoding: "[encoding]@3.2",
      itemEncoding: "encoding@3.2",
    },
  },
  encoding: {
    title: "an encoding object",
    fields: {
      contentType: "string",
      headers: "{header}",
      style: "string",
      explode: "boolean",
      allowReserved: "boolean",
      encoding: "{encoding}@3.2",
      prefixEncoding: "[encoding]@3.2",
      itemEncoding: "encoding@3.2",
    },
  },
  responses: { title: "a responses object", others: "response" },
  response: {
    title: "a response",
    reference: "object",
    fields: {
      summary: "string@3.2",
      description: "string",
      headers: "{header}",
      content: "{mediaType}",
      links: "{link}",
    },
  },
  callback: {
    title: "a callback",
    reference: "object",
    others: "pathItem",
  },
  example: {
    title: "an example",
    reference: "object",
    fields: {
      summary: "string",
      description: "string",
      value: "any",
      externalValue: "string",
      dataValue: "any@3.2",
      serializedValue: "string@3.2",
    },
  },
  link: {
    title: "a link",
    reference: "object",
    fields: {
      operationRef: "string",
      operationId: "string",
      parameters: "{any}",
      requestBody: "any",
      description: "string",
      server: "server",
    },
  },
  tag: {
    title: "a tag",
    fields: {
      name: "string",
      summary: "string@3.2",
      description: "string",
      externalDocs: "externalDocs",
      parent: "string@3.2",
      kind: "string@3.2",
    },
    required: ["name"],
  },
  components: {
    title: "the components object",
    fields: {
      schemas: "{schema}",
      responses: "{response}",
      parameters: "{parameter}",
      examples: "{example}",
      requestBodies: "{requestBody}",
      headers: "{header}",
      securitySchemes: "{securityScheme}",
      links: "{link}",
      callbacks: "{callback}",
      pathItems: "{pathItem}@3.1",
      mediaTypes: "{mediaType}@3.2",
    },
  },
  schema: {
    title: "a schema",
    reference: "field",
    fields: SCHEMA_FIELDS,
  },
  discriminator: {
    title: "a discriminator",
    fields: {
      propertyName: "string",
      mapping: "{string}",
      defaultMapping: "string@3.2",
    },
    required: ["propertyName"],
  },
  xml: {
    title: "an XML object",
    fields: {
      nodeType: "string@3.2",
      name: "string",
      namespace: "string",
      prefix: "string",
      attribute: "boolean",
      wrapped: "boolean",
    },
  },
  ...SECURITY_RULES,
};
