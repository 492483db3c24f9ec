/** Room `lint`: the codes KT20 (the contract: document, paths, operations, parameters, security). */
import type { CatalogueEntry } from "./entry.js";

export const CONTRACT: Readonly<Record<string, CatalogueEntry>> = {
  KT2001: {
    title: "a schema that contains itself for the same value",
    explanation:
      "`allOf`, `anyOf`, `oneOf` and references lead back to the schema without going into the value, so validation would never end.",
    help: "Remove one of the references of the circle. Recursion has to go through `properties`, `items` or the like.",
    example: 'A:\n  allOf: [{ $ref: "#/components/schemas/A" }]',
  },
  KT2002: {
    title: "two equal operationIds",
    explanation:
      "The id names the handler. Two operations with one id would share a handler, and one of them would be lost.",
    help: "Give each operation an id of its own.",
    example:
      "/books: { get: { operationId: list } }\n/authors: { get: { operationId: list } }",
  },
  KT2003: {
    title: "an operation without operationId",
    explanation:
      "The name of the handler is derived from method and path. It is stable, but changes with the path.",
    help: "Add an `operationId`.",
    example: "/books:\n  get:\n    responses: …",
  },
  KT2004: {
    title: "two operations with the same route",
    explanation:
      "Two path keys differ in the names of their variables only. To a server they are one path, and only one of the operations could ever be called.",
    help: "Merge the two, or give one of them another path.",
    example: "/books/{id}: { get: … }\n/books/{isbn}: { get: … }",
  },
  KT2005: {
    title: "a path that cannot be routed",
    explanation:
      "Paths begin with `/`, their braces are balanced, each variable has a name of its own, and two variables have text between them. Control characters cannot be sent.",
    help: "Correct the path.",
    example: "/books/{id}{format}: …",
  },
  KT2006: {
    title: "a path that clients change",
    explanation:
      "Clients resolve `.` and `..` segments before they send a request, and many drop empty ones. The operation may never be reached.",
    help: "Write the path as clients send it.",
    example: "/books/../authors: …",
  },
  KT2007: {
    title: "a query or fragment in a path",
    explanation:
      "A path key has neither. The part from `?` or `#` on is dropped; if another operation then has the same route, the first one is routed and the others are typed only.",
    help: "Describe query values as parameters.",
    example: "/books?sort=title: …",
  },
  KT2008: {
    title: "a path variable without parameter",
    explanation:
      "The path has a variable that no parameter describes. It is read as a string.",
    help: "Add a path parameter with its schema.",
    example: "/books/{id}:\n  get: { responses: … }",
  },
  KT2009: {
    title: "a path parameter that is not in the path",
    explanation: "No request can carry it, so it is ignored.",
    help: "Add the variable to the path or remove the parameter.",
    example: "/books:\n  get:\n    parameters: [{ name: id, in: path, … }]",
  },
  KT2010: {
    title: "a value of the wrong type",
    explanation:
      "A field does not hold what the specification says, and what was meant cannot be told.",
    help: "Correct the value or remove the field.",
    example: "parameters: { name: limit, in: query }",
  },
  KT2011: {
    title: "a required field is missing",
    explanation:
      "The specification asks for it; nothing that is generated depends on it.",
    help: "Add the field.",
    example: "info: { title: Books }",
  },
  KT2012: {
    title: "documentation of the wrong type",
    explanation:
      "A field that only documents does not hold what it should. It may be missing in what is generated.",
    help: "Correct the value or remove the field.",
    example: "description: null",
  },
  KT2013: {
    title: "nothing to serve",
    explanation:
      "OpenAPI 3.0 requires `paths`; later versions require one of `paths`, `webhooks` and `components`.",
    help: "Add `paths: {}`.",
    example: "openapi: 3.0.3\ninfo: …",
  },
  KT2014: {
    title: "no operations",
    explanation: "The generated router is empty.",
    help: "Add operations below `paths`.",
    example: "paths: {}",
  },
  KT2015: {
    title: "a path parameter that is not required",
    explanation:
      "A path parameter is there or the path is another one: it is required in any case.",
    help: "Add `required: true`.",
    example: "{ name: id, in: path, schema: { type: string } }",
  },
  KT2016: {
    title: "a component name with other characters",
    explanation:
      "Names of components are made of letters, digits, `.`, `-` and `_`. This one gets a safe name in the code.",
    help: "Rename the component.",
    example: "components:\n  schemas:\n    a/b: …",
  },
  KT2017: {
    title: "a method with a field of its own among `additionalOperations`",
    explanation:
      "`additionalOperations` holds the methods that a path item has no field for. The operation is routed all the same; where the field exists too, the field wins.",
    help: "Write the operation into the field.",
    example: "additionalOperations: { POST: … }",
  },
  KT2018: {
    title: "a tag whose parent cannot be",
    explanation:
      "The `parent` of a tag is the name of another tag of the document, and no tag is its own ancestor. Tags are documentation: nothing else depends on their tree.",
    help: "Declare the parent in `tags`, or leave `parent` out.",
    example: "tags: [{ name: books, parent: shop }]",
  },
  KT2020: {
    title: "a parameter that is declared twice",
    explanation:
      "Two parameters of one list have the same name and place; which one counts is undefined.",
    help: "Remove one of them. A parameter of an operation may replace one of its path.",
    example:
      "parameters:\n  - { name: q, in: query, schema: { type: string } }\n  - { name: q, in: query, schema: { type: integer } }",
  },
  KT2021: {
    title: "a parameter with no single meaning",
    explanation:
      "A parameter has a `schema`, or `content` with one media type, and not both.",
    help: "Keep one of them.",
    example: "{ name: q, in: query }",
  },
  KT2022: {
    title: "a parameter without place or name",
    explanation:
      "A parameter needs a name and stands in path, query, header or cookie (3.2: or querystring).",
    help: "Correct `in` and `name`.",
    example: "{ name: q, in: body }",
  },
  KT2023: {
    title: "no name for a header",
    explanation:
      "Names of headers are tokens (RFC 9110): no spaces, colons or other letters. No request can carry this one.",
    help: "Use letters, digits and `-`.",
    example: '{ name: "X Request", in: header, … }',
  },
  KT2024: {
    title: "a header parameter that is ignored",
    explanation:
      "`Accept`, `Content-Type` and `Authorization` are described by media types and security schemes; the specification says to ignore them as parameters.",
    help: "Remove the parameter; describe `Authorization` as a security scheme.",
    example: "{ name: Authorization, in: header, … }",
  },
  KT2025: {
    title: "a parameter that is referred to twice",
    explanation: "The same parameter stands in the list twice. Once is enough.",
    help: "Remove one of the references.",
  },
  KT2026: {
    title: "a query string beside other query parameters",
    explanation:
      "A parameter in `querystring` is the whole query of its operation: there can be one only, and none in `query`.",
    help: "Describe all of the query in one way.",
    example:
      "parameters: [{ name: q, in: querystring, … }, { name: page, in: query, … }]",
  },
  KT2030: {
    title: "no status of a response",
    explanation:
      "Keys of `responses` are 100 to 599, `1XX` to `5XX` and `default`.",
    help: "Correct the key.",
    example: "responses:\n  2xx: …",
  },
  KT2031: {
    title: "an operation without responses",
    explanation:
      "Nothing says what the operation answers, so any answer is let through.",
    help: "Describe at least the response of success.",
    example: "get: { responses: {} }",
  },
  KT2040: {
    title: "an undefined security scheme",
    explanation:
      "A requirement names a scheme that is not defined. Without it the operation would be open, so generation stops.",
    help: "Define it in `components/securitySchemes`, or correct the name.",
    example: "security: [{ apiKye: [] }]",
  },
  KT2041: {
    title: "a security scheme that cannot be enforced",
    explanation:
      "The scheme has an unknown type, or lacks what its type needs.",
    help: "Use apiKey (with `name` and `in`), http (with `scheme`), oauth2, openIdConnect or mutualTLS.",
    example: "token: { type: apiKey }",
  },
  KT2042: {
    title: "a scope that is not declared",
    explanation:
      "The requirement asks for a scope that no flow of the scheme lists. It is asked for all the same.",
    help: "Declare the scope in `flows`.",
    example: "security: [{ auth: [admin] }]",
  },
};
