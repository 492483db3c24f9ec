/** Room `errors`: what is said of a fault, by schema keyword. Limits come from the document; values of the request are never repeated. */

type Sentence = (limit: string) => string;

const sentences: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ["type", (limit) => `must be of type ${limit}`],
  ["enum", (limit) => `must be one of ${limit}`],
  ["const", (limit) => `must be ${limit}`],
  ["required", () => "is required"],
  ["minimum", (limit) => `must be at least ${limit}`],
  ["maximum", (limit) => `must be at most ${limit}`],
  ["exclusiveMinimum", (limit) => `must be greater than ${limit}`],
  ["exclusiveMaximum", (limit) => `must be less than ${limit}`],
  ["multipleOf", (limit) => `must be a multiple of ${limit}`],
  ["minLength", (limit) => `must have at least ${limit} characters`],
  ["maxLength", (limit) => `must have at most ${limit} characters`],
  ["pattern", (limit) => `must match the pattern ${limit}`],
  ["format", (limit) => `must have the format ${limit}`],
  ["minItems", (limit) => `must have at least ${limit} items`],
  ["maxItems", (limit) => `must have at most ${limit} items`],
  ["uniqueItems", () => "must not have equal items"],
  ["contains", () => "must have an item that is not there"],
  ["minContains", (limit) => `must have at least ${limit} such items`],
  ["maxContains", (limit) => `must have at most ${limit} such items`],
  ["minProperties", (limit) => `must have at least ${limit} members`],
  ["maxProperties", (limit) => `must have at most ${limit} members`],
  ["additionalProperties", () => "is not a member that is allowed"],
  ["unevaluatedProperties", () => "is not a member that is allowed"],
  ["unevaluatedItems", () => "is not an item that is allowed"],
  ["items", () => "is not an item that is allowed"],
  ["propertyNames", () => "has a member with a name that is not allowed"],
  ["dependentRequired", (limit) => `requires the member ${limit}`],
  ["dependentSchemas", () => "does not go with the other members"],
  ["oneOf", () => "must match exactly one of the alternatives"],
  ["anyOf", () => "must match one of the alternatives"],
  ["allOf", () => "must match all of the parts"],
  ["not", () => "must not match what is excluded"],
  ["if", () => "must match the condition that applies"],
  ["discriminator", (limit) => `must name one of the alternatives: ${limit}`],
  ["readOnly", () => "must not be sent, it is read-only"],
  ["false", () => "is not allowed"],
  ["repeated", () => "must be given once"],
  ["unknown", () => "is not a parameter of this operation"],
  ["encoding", () => "must be percent-encoded UTF-8"],
  ["json", () => "must be JSON"],
  ["cursor", () => "is no cursor of this list, or too old"],
  ["field", (limit) => `must name one of the fields ${limit}`],
  ["operator", (limit) => `must compare by one of ${limit}`],
  ["rsql", (limit) => `must be an RSQL expression, also at character ${limit}`],
  ["maxConditions", (limit) => `must have at most ${limit} conditions`],
  ["maxDepth", (limit) => `must have at most ${limit} levels`],
  ["style", () => "is not written in the style that is declared"],
  ["content", (limit) => `must be ${limit}`],
  ["maxParameters", (limit) => `must have at most ${limit} parameters`],
]);

/** One sentence without a subject: `must be at most 10`. */
export function sentenceFor(code: string, limit: unknown): string {
  const sentence = sentences.get(code);
  return sentence === undefined
    ? `breaks the rule ${code}`
    : sentence(inWords(limit));
}

function inWords(limit: unknown): string {
  if (Array.isArray(limit)) return limit.map(inWords).join(", ");
  if (typeof limit === "string") return limit;
  if (limit instanceof RegExp) return limit.source;
  return JSON.stringify(limit) ?? "";
}
