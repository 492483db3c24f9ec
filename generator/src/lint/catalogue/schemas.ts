/** Room `lint`: the codes KT205 to KT22 (schemas, and what the model is built from). */
import type { CatalogueEntry } from "./entry.js";

export const SCHEMAS: Readonly<Record<string, CatalogueEntry>> = {
  KT2051: {
    title: "a pattern that can take very long",
    explanation:
      "Parts of the pattern can match the same text in many ways, so some texts take exponential time. The length of the input is limited before the pattern runs.",
    help: "Rewrite the pattern so that no repetition stands within another, or set `maxLength`.",
    example: "pattern: ^(a+)+$",
  },
  KT2052: {
    title: "a pattern of another language",
    explanation:
      "The pattern is valid, but a part of it means something else elsewhere: in ECMA-262 `\\A` is the letter A, and `[[:alpha:]]` a set of characters.",
    help: "Write the pattern for ECMA-262.",
    example: "pattern: \\A\\d+\\z",
  },
  KT2060: {
    title: "a discriminator that leads nowhere",
    explanation:
      "A value of `mapping` names no schema of the document. Other files are not read for a mapping.",
    help: "Name a schema of `components/schemas`, or a `$ref` that a branch has.",
    example: "mapping: { cat: '#/components/schemas/Kat' }",
  },
  KT2061: {
    title: "a branch without the discriminator's property",
    explanation:
      "The branch does not declare the property, or not as a string, so it cannot be told by its tag.",
    help: "Declare the property as a required string in every branch.",
  },
  KT2062: {
    title: "an inline branch beside a discriminator",
    explanation:
      "Tags are names of schemas. A branch that is written in place has no name.",
    help: "Move the branch to `components/schemas` and refer to it.",
  },
  KT2070: {
    title: "an undefined server variable",
    explanation:
      "The URL of a server has a variable that `variables` does not define.",
    help: "Define it, with a default.",
    example: "url: https://{region}.example.com",
  },
  KT2071: {
    title: "a default that is not allowed",
    explanation: "The default of a server variable is not in its `enum`.",
    help: "Add it to `enum`, or choose another default.",
    example: "port: { enum: ['443'], default: '80' }",
  },
  KT2081: {
    title: "an enum member of the wrong type",
    explanation:
      "The member is not of the type that the schema has, so it is never valid.",
    help: "Quote the member or change the type.",
    example: "type: string\nenum: [1, 2]",
  },
  KT2082: {
    title: "a default of the wrong type",
    explanation: "The default would not be valid if a client sent it.",
    help: "Correct the default or the type.",
    example: "type: integer\ndefault: none",
  },
  KT2083: {
    title: "limits that exclude each other",
    explanation:
      "The lower limit is greater than the upper one: no value is valid.",
    help: "Correct one of them.",
    example: "minLength: 5\nmaxLength: 2",
  },
  KT2084: {
    title: "a number that loses digits",
    explanation:
      "JavaScript numbers are doubles: whole numbers are exact up to 2^53 only, and nothing is larger than 1.8e308.",
    help: "Use a string for larger numbers.",
    example: "maximum: 9223372036854775807",
  },
  KT2086: {
    title: "`nullable` without a type",
    explanation:
      "In OpenAPI 3.0 `nullable` adds null to the `type` beside it; without a type, or with an `enum` that does not list null, it changes nothing. Beside `allOf`, `oneOf` or `anyOf` it is read as what documents mean by it: the composition, or null.",
    help: "Add `type`, or `null` to the `enum`.",
    example: "nullable: true\nallOf: [{ $ref: '#/components/schemas/Book' }]",
  },
  KT2092: {
    title: "a link to no operation",
    explanation:
      "The `operationId` of the link belongs to no operation. The link is left out.",
    help: "Use the id of an operation of the document.",
  },
  KT2101: {
    title: "a style that its place does not have",
    explanation:
      "Each place of a parameter has its own styles. This one is read in the default style of its place.",
    help: "Use one of the styles that the message lists.",
    example: "{ name: q, in: query, style: matrix, … }",
  },
  KT2102: {
    title: "content of an answer without body",
    explanation:
      "Answers with the status 1XX, 204, 205 and 304 have no body. The content is ignored.",
    help: "Remove `content`, or use another status.",
  },
  KT2103: {
    title: "an operation that is not routed",
    explanation:
      "Without the dropped part of its path another operation has the same route. The operation is typed and listed, and never called.",
    help: "Give it a path or method of its own.",
    example: "/books?sort=title: { get: … }\n/books: { get: … }",
  },
  KT2104: {
    title: "a style that is not defined for its type",
    explanation:
      "The specification has no text for this combination of `style`, `explode` and type, so that clients may write it in different ways. The message says how it is read.",
    help: "Use a combination that the specification defines.",
    example:
      "{ name: q, in: query, style: deepObject, schema: { type: string } }",
  },
  KT2105: {
    title: "a size that is none",
    explanation:
      "`x-max-body` is how many bytes a request body may have. What is written is no size, so the router's own limit holds.",
    help: "Write a number of bytes, or a size such as `512kb` or `1mb`.",
    example: "x-max-body: 1mb",
  },
  KT2201: {
    title: "a schema keyword with the wrong value",
    explanation:
      "The value is none that the keyword can have, so what it should check cannot be told.",
    help: "Correct the value or remove the keyword.",
    example: "minLength: '3'",
  },
  KT2202: {
    title: "a pattern that is no regular expression",
    explanation:
      "Patterns are regular expressions of ECMA-262, tried with the `u` flag first and then without. Constructs of other languages such as `(?i)`, `\\A` or `a++` do not exist there.",
    help: "Correct the pattern or remove it.",
    example: "pattern: (?i)abc",
  },
  KT2203: {
    title: "an empty list of schemas",
    explanation: "A composition of no schemas says nothing.",
    help: "List at least one schema or remove the keyword.",
    example: "allOf: []",
  },
  KT2204: {
    title: "read-only and write-only at once",
    explanation:
      "Such a value could be in no request and in no response. Neither is applied.",
    help: "Keep the one that is meant.",
    example: "readOnly: true\nwriteOnly: true",
  },
  KT2205: {
    title: "a schema that is no object",
    explanation:
      "A schema is an object, or true or false where its dialect allows it.",
    help: "Write `{}` for a schema that allows anything.",
    example: "properties:\n  title: null",
  },
  KT2206: {
    title: "schemas nested too deeply",
    explanation:
      "Schemas within schemas, without a reference between them, go deeper than code could be read.",
    help: "Move inner schemas to `components/schemas` and refer to them.",
  },
  KT2207: {
    title: "a type of another language",
    explanation:
      "JSON Schema has seven types. This one is read as the nearest of them.",
    help: "Write the type that the message names.",
    example: "type: int",
  },
  KT2208: {
    title: "a keyword of OpenAPI 3.0",
    explanation:
      "`nullable` and limits that are true or false are no keywords of OpenAPI 3.1. They are read as in 3.0, which is what is meant.",
    help: 'Write `type: [string, "null"]`, and `exclusiveMinimum: 0`.',
    example: "type: string\nnullable: true",
  },
  KT2211: {
    title: "a tag for a schema that is no branch",
    explanation:
      "The mapping of a discriminator leads to a schema that the union does not list. A value with that tag is refused.",
    help: "List the schema as a branch, or remove the mapping.",
  },
  KT2212: {
    title: "a tag that its branch does not allow",
    explanation:
      "The branch that a value is mapped to limits the property to other values, so the tag cannot choose it. Every branch is tried instead.",
    help: "Map the values that the branch allows.",
  },
  KT2213: {
    title: "a tag that is not required",
    explanation:
      "The property that tells the branches apart is optional in one of them. A value without it is refused.",
    help: "Add the property to `required`.",
  },
};
