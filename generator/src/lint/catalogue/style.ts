/** Room `lint`: the codes KT6 (style: only `kontract lint` speaks of it). */
import type { CatalogueEntry } from "./entry.js";

export const STYLE: Readonly<Record<string, CatalogueEntry>> = {
  KT6001: {
    title: "a verb in a path (`verb-in-path`)",
    explanation:
      "Paths name things; what is done with them is said by the method.",
    help: "Name the thing.",
    example: "/getBooks: { get: … }",
  },
  KT6002: {
    title: "a collection in the singular (`singular-collection`)",
    explanation:
      "A segment with a variable after it is a collection. Readers expect the plural.",
    help: "Write the plural.",
    example: "/book/{id}: …",
  },
  KT6003: {
    title: "a path through many collections (`deep-path`)",
    explanation:
      "More than three collections within each other make URLs that clients have to build out of too many ids.",
    help: "Give what lies deeper a path of its own.",
    example: "/shops/{s}/aisles/{a}/shelves/{h}/books/{b}: …",
  },
  KT6004: {
    title: "paths in several casings (`mixed-casing`)",
    explanation:
      "The first word of several parts sets the casing of the document; this one is written in another.",
    help: "Write all paths in one way.",
    example: "/order-items: …\n/orderNotes: …",
  },
  KT6005: {
    title: "something is created without a trace (`created-without-location`)",
    explanation:
      "A POST that creates answers 201, and says with `Location` where the new thing is (RFC 9110, section 9.3.3).",
    help: "Declare 201 with the header `Location`.",
    example: 'post: { responses: { "201": { description: created } } }',
  },
  KT6006: {
    title: "an empty 200 of a DELETE (`delete-without-204`)",
    explanation:
      "An answer without content has the status 204 (RFC 9110, section 9.3.5).",
    help: "Answer 204.",
    example: 'delete: { responses: { "200": { description: gone } } }',
  },
  KT6007: {
    title: "202 without a way to the result (`accepted-without-status`)",
    explanation:
      "The work is not done yet. Without a header or link the client cannot learn when it is.",
    help: "Declare `Location`, or a link to the status.",
    example: 'post: { responses: { "202": { description: later } } }',
  },
  KT6008: {
    title: "a stack in an error (`trace-in-error`)",
    explanation:
      "A 5xx answer declares a member for the trace of the code, which helps attackers first.",
    help: "Log the trace and send an id.",
    example: "properties: { stack: { type: string } }",
  },
  KT6009: {
    title: "a key in the query (`key-in-query`)",
    explanation:
      "URLs are written to logs, histories and `Referer`; what stands in them is no secret.",
    help: "Send the key in a header.",
    example: "{ type: apiKey, in: query, name: key }",
  },
  KT6010: {
    title: "a server without TLS (`plain-http`)",
    explanation: "Credentials and data of clients travel in the open.",
    help: "Use https.",
    example: "servers: [{ url: http://api.example.com }]",
  },
  KT6011: {
    title: "a component that is not used (`unused-component`)",
    explanation:
      "No path or webhook leads to it. Schemas are not looked at when the document has discriminators, which may name them.",
    help: "Remove it, or refer to it.",
  },
  KT6012: {
    title: "input without a bound (`unbounded-input`)",
    explanation:
      'A text or list of a request may be as long as the body. Off until the config asks for it: `lint: { rules: { "unbounded-input": "warning" } }`.',
    help: "Add `maxLength` or `maxItems`.",
    example: "{ type: string }",
  },
  KT6013: {
    title: "an extension that looks like a slip (`unknown-extension`)",
    explanation:
      "The name is close to one of the vocabulary, and is none of it.",
    help: "Write the name that the message suggests.",
    example: 'x-rate-limits: "120/min"',
  },
  KT6014: {
    title: "nothing to ignore (`unused-suppression`)",
    explanation:
      "`x-lint-ignore` names a code that no finding here has. It would hide the next one unseen.",
    help: "Remove it.",
    example: "x-lint-ignore: [KT6001]",
  },
  KT6015: {
    title: "a field that the object does not have (`unknown-field`)",
    explanation:
      "The specification, or its version that the document names, has no such field there, so nothing follows from it. Often it is a slip, and what was meant is not enforced. A name is told once, at its first place.",
    help: "Write the name that the message suggests, or give your own fields names that begin with `x-`.",
    example: "{ type: string, maxLenght: 20 }",
  },
  KT6016: {
    title: "an example that its schema does not allow (`invalid-example`)",
    explanation:
      "Readers copy examples, and `kontract mock` answers with them. Examples of schemas, parameters, headers and bodies are held against their schemas; what only the other side sends may be left out of them, and in parameters and bodies that are not JSON an example may be the text on the wire. It is checked when the document has no errors.",
    help: "Correct the example or the schema: the message says where they part.",
    example: "{ type: string, format: uuid, example: 17 }",
  },
  KT6017: {
    title: "a default that its schema does not allow (`invalid-default`)",
    explanation:
      "A default is filled in where a client sends nothing, and it is not checked then: the handler would get a value that no client may send. A default of the wrong type is KT2082, for `kontract generate` as well.",
    help: "Correct the default or the schema.",
    example: "{ type: integer, maximum: 100, default: 500 }",
  },
};
