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
      "The keyword belongs to an older draft and changes nothing. No request is checked against the schema.",
    help: "Write what replaced it.",
  },
  KT3005: {
    title: "`$recursiveRef` is read as `$ref`",
    explanation:
      "The keyword belongs to JSON Schema 2019-09. It is read as a reference to the nearest schema around that has `$recursiveAnchor: true`, which is what documents mean by it.",
    help: "Write the `$ref` that the message names.",
    example: '$recursiveRef: "#"',
  },
  KT3101: {
    title: "webhooks are typed only",
    explanation:
      "A webhook is a request that the service sends, so the router has no route for it. Its types are generated.",
    help: "Use the types where you send it.",
  },
  KT3102: {
    title: "callbacks are typed only",
    explanation:
      "A callback is a request that the service sends, so the router has no route for it. Its types are generated.",
    help: "Use the types where you send it.",
  },
  KT3103: {
    title: "a media type without codec",
    explanation:
      "There is no reader or writer for the media type, or for the way it describes its parts. It is typed only: the body of a request arrives as a stream of bytes, the body of a response is sent as it is.",
    help: "Read or write the body in the handler.",
    example: "content: { application/xml: { schema: … } }",
  },
  KT3104: {
    title: "a query string that is typed only",
    explanation:
      "The whole query string is described by a media type that has no reader. It is not checked.",
    help: "Read it from `ctx.querystring`.",
    example: "{ name: q, in: querystring, content: … }",
  },
};
