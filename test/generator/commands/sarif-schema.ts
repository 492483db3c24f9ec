/** What SARIF 2.1.0 demands of the objects that we write: members, which of them must be there, and their values. */

const text = { type: "string", minLength: 1 };
const object = (
  properties: Record<string, object>,
  required: readonly string[] = [],
) => ({ type: "object", properties, required, additionalProperties: false });
const list = (items: object) => ({ type: "array", items });
const count = (minimum: number) => ({ type: "integer", minimum });

/** Section 3.11: a message is its text, or names one; ours are texts. */
const message = object({ text, markdown: text }, ["text"]);
/** Section 3.12. */
const multiformatMessage = object({ text, markdown: text }, ["text"]);
/** Section 3.4: a URI reference (RFC 3986), perhaps relative to a base. */
const artifactLocation = object(
  {
    uri: { type: "string", format: "uri-reference", minLength: 1 },
    uriBaseId: text,
    index: count(-1),
  },
  ["uri"],
);
/** Section 3.30: lines and columns count from 1; the end is after the last character. */
const region = object(
  {
    startLine: count(1),
    startColumn: count(1),
    endLine: count(1),
    endColumn: count(1),
  },
  ["startLine"],
);
/** Section 3.28. */
const location = object({
  id: count(-1),
  physicalLocation: object({ artifactLocation, region }, ["artifactLocation"]),
  logicalLocations: list(
    object({ name: text, fullyQualifiedName: text, kind: text }),
  ),
  message,
});
/** Section 3.49. */
const rule = object(
  {
    id: text,
    name: text,
    shortDescription: multiformatMessage,
    fullDescription: multiformatMessage,
    help: multiformatMessage,
    helpUri: { type: "string", format: "uri" },
  },
  ["id"],
);
/** Section 3.27. */
const result = object(
  {
    ruleId: text,
    ruleIndex: count(-1),
    level: { enum: ["none", "note", "warning", "error"] },
    message,
    locations: list(location),
    relatedLocations: list(location),
    partialFingerprints: {
      type: "object",
      additionalProperties: { type: "string" },
    },
  },
  ["message"],
);
/** Section 3.14. */
const run = object(
  {
    tool: object(
      {
        driver: object(
          {
            name: text,
            version: text,
            semanticVersion: {
              type: "string",
              pattern: "^\\d+\\.\\d+\\.\\d+",
            },
            rules: { ...list(rule), uniqueItems: true },
          },
          ["name"],
        ),
      },
      ["driver"],
    ),
    automationDetails: object({ id: text }),
    invocations: list(
      object(
        {
          executionSuccessful: { type: "boolean" },
          exitCode: { type: "integer" },
        },
        ["executionSuccessful"],
      ),
    ),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    results: list(result),
  },
  ["tool"],
);

/** Section 3.13. */
export const SARIF_SCHEMA = object(
  {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: list(run),
  },
  ["version", "runs"],
);
