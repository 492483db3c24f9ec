/** Room `lint`: the codes KT0 (the command itself) and KT1 (reading a document). */
import type { CatalogueEntry } from "./entry.js";

export const READING: Readonly<Record<string, CatalogueEntry>> = {
  KT0001: {
    title: "wrong usage or config",
    explanation:
      "The command line or the config asks for something that does not exist. The exit code is 2.",
    help: "`kontract --help` lists commands and options.",
    example: "kontract genrate",
  },
  KT0002: {
    title: "internal error",
    explanation:
      "Kontract itself failed: a bug, whatever the document was. The exit code is 4.",
    help: "Report it, with the command line and, if you may, the document.",
  },
  KT1001: {
    title: "the document cannot be opened",
    explanation: "The entry document does not exist or cannot be read.",
    help: "Check the path. Documents on the web have to be downloaded first.",
    example: "kontract lint openapi.yml",
  },
  KT1002: {
    title: "the file is not UTF-8",
    explanation:
      "Documents are UTF-8 text. A file in another encoding would put wrong characters into names and messages.",
    help: "Save the file as UTF-8. A byte order mark is fine.",
  },
  KT1003: {
    title: "the text is neither JSON nor YAML",
    explanation:
      "The file cannot be parsed from the shown place on. Files that end in `.json` have to be JSON.",
    help: "Correct the syntax. Tabs may not indent YAML.",
    example: "info:\n\ttitle: Books",
  },
  KT1004: {
    title: "a key stands twice",
    explanation:
      "Two members of one object have the same key, and parsers keep one of them without a word. In YAML it is an error, unless both only document; JSON writers rely on the last one, so there it is a warning.",
    help: "Remove or rename one of them.",
    example: "paths:\n  /books: { get: … }\n  /books: { post: … }",
  },
  KT1005: {
    title: "more than one YAML document",
    explanation: "A line `---` begins a second document in the same file.",
    help: "Keep one document per file.",
  },
  KT1006: {
    title: "a YAML tag that is no data",
    explanation:
      "Tags such as `!!js/function` ask the reader to build something other than plain data. They are never followed.",
    help: "Remove the tag.",
    example: "title: !!js/function 'function () {}'",
  },
  KT1007: {
    title: "the document is nested too deeply",
    explanation:
      "Objects and lists may be nested 512 levels deep. No honest document comes near it.",
    help: "Move inner parts to `components` and refer to them.",
  },
  KT1008: {
    title: "YAML aliases without measure",
    explanation:
      "Aliases that are written out would fill the memory, or one contains itself.",
    help: "Use `$ref` to components. Recursive schemas need `$ref` in any case.",
    example: "Node: &node\n  properties:\n    next: *node",
  },
  KT1009: {
    title: "the document is no object",
    explanation:
      "An OpenAPI document is an object; this file is empty or holds something else.",
    help: "Check that it is the right file.",
  },
  KT1010: {
    title: "no OpenAPI document",
    explanation:
      "The field `openapi` is missing, so nothing says what the file is.",
    help: "Add `openapi: 3.1.0`, or name another file.",
    example: "info: { title: Books, version: '1' }\npaths: {}",
  },
  KT1011: {
    title: "an unsupported version",
    explanation:
      "OpenAPI 3.0, 3.1 and 3.2 are supported. Swagger 2.0 differs in how bodies, parameters and security are written, and is refused rather than half read.",
    help: 'Convert a Swagger 2.0 document with a converter such as `swagger2openapi`. Write the version in quotes: `"3.1.0"`.',
    example: 'swagger: "2.0"',
  },
  KT1012: {
    title: "surrogates in UTF-8",
    explanation:
      "A character outside the basic plane is encoded as two surrogates (CESU-8), which UTF-8 forbids. What is meant is clear, so it is read that way.",
    help: "Save the file as UTF-8.",
  },
  KT1020: {
    title: "a reference leads nowhere",
    explanation:
      "The file is there, but has nothing at the place that the reference names.",
    help: "Correct the name, or define what is missing. In JSON pointers `/` is written `~1` and `~` is written `~0`.",
    example: '$ref: "#/components/schemas/Bok"',
  },
  KT1021: {
    title: "a reference out of the root folder",
    explanation:
      "References may not leave the root folder: a document from elsewhere must not read other files of this machine. Symbolic links are followed before the check.",
    help: "`--root DIR`, or `root` in the config, names the folder that references may not leave.",
    example: '$ref: "../../shared/problem.yaml"',
  },
  KT1022: {
    title: "a reference into the network",
    explanation:
      "Nothing is ever fetched: the same input has to give the same output tomorrow.",
    help: "Keep a copy and map its URI with `resources` in the config.",
    example: '$ref: "https://example.com/schemas/problem.json"',
  },
  KT1023: {
    title: "the file of a reference cannot be read",
    explanation:
      "The reference names a file that does not exist or cannot be opened.",
    help: "Correct the path. It is relative to the file that holds the reference.",
    example: '$ref: "./schemas/bok.yaml"',
  },
  KT1024: {
    title: "a reference to the wrong kind of object",
    explanation:
      "What the reference leads to is no object of the kind that its place asks for, for example a parameter where a schema is expected.",
    help: "Refer to an object of the expected kind.",
    example: 'schema: { $ref: "#/components/parameters/Limit" }',
  },
  KT1025: {
    title: "`$ref` is no text",
    explanation: "The value of `$ref` has to be a URI reference.",
    help: "Put the reference in quotes, or remove it.",
    example: "schema: { $ref: 5 }",
  },
  KT1026: {
    title: "references in a circle",
    explanation:
      "Each of the references leads to the next and the last one to the first, so there is no object at the end.",
    help: "Let one of them be an object of its own. Recursion through `properties` or `items` is fine.",
    example:
      'A: { $ref: "#/components/schemas/B" }\nB: { $ref: "#/components/schemas/A" }',
  },
  KT1027: {
    title: "no URI reference",
    explanation:
      "The text of `$ref` cannot be resolved against the place where it stands.",
    help: "Write a relative path, a `#/…` pointer or a URI.",
    example: '$ref: "http://["',
  },
  KT1028: {
    title: "a description in a file that cannot be read",
    explanation:
      "A `$ref` stands where a description is expected. Its file is taken as the text; this one cannot be read, so the description is left out.",
    help: "Correct the path or write the text into the document.",
    example: "description: { $ref: tags/books.md }",
  },
  KT1029: {
    title: "a schema name that is taken",
    explanation:
      "Two schemas have the same `$id`, or two anchors of one resource have the same name: references to it could mean either.",
    help: "Give each its own name.",
    example:
      'A: { $id: "https://example.com/a" }\nB: { $id: "https://example.com/a" }',
  },
  KT1030: {
    title: "a pointer without its first slash",
    explanation:
      "The part after `#` is a JSON pointer, which begins with `/`. It is read as if it did.",
    help: "Add the slash.",
    example: '$ref: "#components/schemas/Book"',
  },
  KT1031: {
    title: "a parameter in the place of a header",
    explanation:
      "A header object is a parameter without `name` and `in`. The reference leads to a parameter, which is read as a header.",
    help: "Move it to `components/headers`.",
    example: 'headers:\n  etag: { $ref: "#/components/parameters/etag" }',
  },
};
