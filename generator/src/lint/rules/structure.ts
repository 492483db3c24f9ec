/** Room `lint`: every field holds what the grammar says (schemas excepted: their builder checks each keyword). */
import type { Json, JsonObject, NodeKind } from "../../load/document.js";
import { GRAMMAR, type KindRule, type Notation } from "../../load/grammar.js";
import { isObject, member, typeName } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import { shorten } from "../shorten.js";
import type { Rule, RuleContext } from "../rule.js";

/** Objects and fields that only document: nothing that is generated depends on them. */
const DOCUMENTING_KINDS: ReadonlySet<NodeKind> = new Set([
  "contact",
  "license",
  "externalDocs",
  "xml",
  "example",
  "server",
  "serverVariable",
]);
const DOCUMENTING_FIELDS = new Set([
  "description",
  "summary",
  "termsOfService",
  "title",
  "version",
  "contact",
  "license",
  "externalDocs",
  "examples",
  "deprecated",
  "tags",
  "bearerFormat",
  "operationRef",
  "servers",
  "links",
]);

export const structure: Rule = {
  anyNode(node, kind, origin, context) {
    const rule = GRAMMAR.get(kind);
    if (rule === undefined || kind === "schema") return;
    for (const key of Object.keys(node)) {
      const field = rule.fields.get(key);
      const value = node[key];
      if (field === undefined) {
        if (rule.others !== undefined && !key.startsWith("x-")) {
          check(value, rule.others, key, kind, below(origin, key), context);
        }
      } else if ((field.since ?? "") <= context.document.version) {
        check(value, field.notation, key, kind, below(origin, key), context);
      }
    }
    checkRequired(node, rule, kind, origin, context);
  },
};

function check(
  value: Json | undefined,
  notation: Notation,
  key: string,
  kind: NodeKind,
  origin: Origin,
  context: RuleContext,
): void {
  for (const { at, expected, found } of faultsOf(
    value,
    notation,
    () => origin,
  )) {
    const isDocumentation =
      DOCUMENTING_KINDS.has(kind) || DOCUMENTING_FIELDS.has(key);
    const message = `\`${shorten(key)}\` of ${titleOf(kind)} must be ${expected}, not ${found}`;
    if (isDocumentation) {
      context.diagnostics.warning("KT2012", at, message, {
        help: "correct the value or remove the field",
      });
    } else {
      context.diagnostics.error("KT2010", at, message, {
        help: "correct the value or remove the field",
      });
    }
  }
}

interface Fault {
  at: Origin;
  expected: string;
  found: string;
}

/** The place is worked out for faults only: there are a million values in a large document. */
function faultsOf(
  value: Json | undefined,
  notation: Notation,
  place: () => Origin,
): Fault[] {
  const fault = (expected: string): Fault[] => [
    { at: { ...place(), on: "value" }, expected, found: typeName(value) },
  ];
  if (notation.startsWith("[")) {
    if (!Array.isArray(value)) return fault("a list");
    const inner = innerOf(notation);
    return value.flatMap((item, index) =>
      faultsOf(item, inner, () => below(place(), index)).map((each) => ({
        ...each,
        expected: `a list in which each item is ${each.expected}`,
        found: `${each.found} at index ${index}`,
      })),
    );
  }
  if (notation.startsWith("{")) {
    if (!isObject(value)) return fault("a map");
    const inner = innerOf(notation);
    return Object.keys(value).flatMap((key) =>
      faultsOf(value[key], inner, () => below(place(), key)).map((each) => ({
        ...each,
        expected: `a map in which each value is ${each.expected}`,
        found: `${each.found} at \`${shorten(key)}\``,
      })),
    );
  }
  const expected = expectation(value, notation);
  return expected === undefined ? [] : fault(expected);
}

function innerOf(notation: Notation): Notation {
  return notation.slice(1, -1) as Notation;
}

/** `undefined`: it fits. */
function expectation(
  value: Json | undefined,
  notation: Notation,
): string | undefined {
  switch (notation) {
    case "any":
      return undefined;
    case "string":
      return typeof value === "string" ? undefined : "a text";
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "number":
    case "integer":
      return typeof value === "number" ? undefined : "a number";
    case "schema":
      return isObject(value) || typeof value === "boolean"
        ? undefined
        : "a schema";
    default:
      return isObject(value) ? undefined : titleOf(notation as NodeKind);
  }
}

function checkRequired(
  node: JsonObject,
  rule: KindRule,
  kind: NodeKind,
  origin: Origin,
  context: RuleContext,
): void {
  const { document, diagnostics } = context;
  for (const key of rule.required) {
    if (member(node, key) !== undefined) continue;
    diagnostics.warning(
      "KT2011",
      origin,
      `\`${key}\` of ${rule.title} is missing`,
      { help: `add \`${key}\`` },
    );
  }
  if (document.version !== "3.0") {
    if (kind === "document") checkContent(node, origin, context);
    return;
  }
  for (const key of rule.required30 ?? []) {
    if (member(node, key) !== undefined) continue;
    diagnostics.error(
      "KT2013",
      origin,
      `\`${key}\` is missing, which OpenAPI 3.0 requires`,
      { help: `add \`${key}: {}\`` },
    );
  }
}

/** OpenAPI 3.1 section 4.1: at least one of them. */
function checkContent(
  root: JsonObject,
  origin: Origin,
  { diagnostics }: RuleContext,
): void {
  const has = ["paths", "webhooks", "components"].some(
    (key) => member(root, key) !== undefined,
  );
  if (has) return;
  diagnostics.error(
    "KT2013",
    origin,
    "the document has none of `paths`, `webhooks` and `components`",
    { help: "add `paths: {}`" },
  );
}

function titleOf(kind: NodeKind): string {
  return GRAMMAR.get(kind)?.title ?? kind;
}
