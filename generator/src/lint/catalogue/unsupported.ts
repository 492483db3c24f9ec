/** Room `lint`: the codes KT3 (what is not supported, or typed only). */
import type { CatalogueEntry } from "./entry.js";

export const UNSUPPORTED: Readonly<Record<string, CatalogueEntry>> = {
  KT3001: {
    title: "an unknown schema dialect",
    explanation:
      "`$schema` or `jsonSchemaDialect` names a meta-schema that is not known, or one that asks for a vocabulary that is not: what the keywords mean is open.",
    help: "Map the URI of the meta-schema to a local file with `resources` in the config, or use a known dialect.",
    example: "jsonSchemaDialect: https://example.com/dialect",
  },
  KT3002: {
    title: "an older schema dialect",
    explanation:
      "`$schema` names an older draft of JSON Schema. The schema is read by the rules of the document; keywords that the newer draft dropped are reported one by one.",
    help: "Write the schema for 2020-12, or leave `$schema` out.",
    example: '$schema: "http://json-schema.org/draft-07/schema#"',
  },
  KT3003: {
    title: "a keyword of a request that would not be enforced",
    explanation:
      "The keyword belongs to an older draft. To ignore it would let requests pass that the document means to refuse.",
    help: "Write what replaced it: the message names it.",
    example: "dependencies: { card: [address] }",
  },
  KT3004: {
    title: "a keyword without effect",
    explanation:
      "The keyword belongs to an older draft and changes nothing: no request is checked against the schema, or the schema names a dialect in which the keyword is a note.",
    help: "Write what replaced it.",
  },
  KT3005: {
    title: "`$recursiveRef` is read as `$ref`",
    explanation:
      "The keyword belongs to JSON Schema 2019-09. It is read as a reference to the nearest schema around that has `$recursiveAnchor: true`, which is what documents mean by it.",
    help: "Write the `$ref` that the message names.",
    example: '$recursiveRef: "#"',
  },
  KT3103: {
    title: "parts by position outside of a multipart request",
    explanation:
      "`prefixEncoding` and `itemEncoding` describe the parts of a multipart body by their place. Request bodies are read by them; answers are sent as the handler gives them, and other media types have no parts.",
    help: "Describe the parts in a request body of the type `multipart/mixed`.",
    example:
      "multipart/mixed: { prefixEncoding: [{ contentType: application/json }] }",
  },
  KT3111: {
    title: "a request body without codec",
    explanation:
      "There is no reader for the media type, so the body is typed only: it reaches the handler as a stream of bytes. Its schema asks for more than a number of bytes, which is not checked.",
    help: "Read the body in the handler.",
    example:
      "requestBody: { content: { application/xml: { schema: { type: object } } } }",
  },
  KT3113: {
    title: "a response body without codec",
    explanation:
      "There is no writer for the media type, so the body is typed only: the handler gives bytes, a text or a stream, which is sent as it is.",
    help: "Write the body in the handler.",
    example: 'responses: { "200": { content: { application/xml: {} } } }',
  },
  KT3114: {
    title: "a parameter in a media type that is not read",
    explanation:
      "Parameters with `content` are read in JSON and plain text, a whole query string in forms too. In another media type the parameter is a text: percent-decoded, unchecked.",
    help: "Take it apart in the handler, or describe it by `schema`.",
    example:
      "{ name: q, in: query, content: { application/xml: { schema: { type: object } } } }",
  },
  KT3115: {
    title: "a form or parameter whose schemas are too entangled",
    explanation:
      "Text becomes values by a plan of every member that the schema can have, at every depth. Schemas that refer to each other in many ways, such as twenty that each have members of all the others, have more members than a plan can hold.",
    help: "Describe the value in `application/json`, where no plan is needed, or list the members that it can have.",
    example:
      "parameters: [{ name: filter, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Node' } }]",
  },
  KT3130: {
    title: "a field that nothing is made of",
    explanation:
      "`encoding`, `prefixEncoding` and `itemEncoding` within an encoding (OpenAPI 3.2) describe parts of a part, which is read as a whole; `requestBody` of a link has no place in a URL.",
    help: "Remove the field.",
    example:
      "encoding: { files: { prefixEncoding: [{ contentType: image/png }] } }",
  },
  KT3131: {
    title: "servers beside those of the document",
    explanation:
      "A router serves all operations of its document in one place, and its client asks one base URL. Servers of a single path, operation or link say that it lives elsewhere, which nothing follows from; the same list is told once. Lists that name servers of the document only are fine.",
    help: "Describe what another server answers in a document of its own.",
    example:
      "/uploads:\n  servers: [{ url: https://uploads.example.com }]\n  post: …",
  },
  KT3122: {
    title: "a type that the config does not know",
    explanation:
      "`x-ts-type` names a key of the config's `types`, which says what stands for it and where it comes from. A document cannot name a module itself, since it is not trusted. The value stays what it is on the wire.",
    help: "Add the key to `types` of the config.",
    example: "{ type: string, x-ts-type: money }",
  },
  KT3121: {
    title: "a method that Node does not read",
    explanation:
      "`additionalOperations` may name any method, but Node's HTTP parser knows a fixed list and answers 400 to all others. The operation is typed and routed, and reached only through a server that is not `node:http`.",
    help: "Use a registered method in upper case, such as `COPY`.",
    example:
      "additionalOperations: { copy: { responses: { '204': { description: done } } } }",
  },
};
