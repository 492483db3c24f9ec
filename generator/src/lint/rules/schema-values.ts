/** Room `lint`: the values in a schema fit the schema: enum members, defaults, ranges. */
import type { Json, JsonObject } from "../../load/document.js";
import { isObject, member } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import { hasType, jsonTypes } from "../json-types.js";
import type { Rule, RuleContext } from "../rule.js";
import { shorten } from "../shorten.js";

/** Lower bound, upper bound: together they leave nothing when the first is greater. */
const RANGES = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minimum", "maximum"],
  ["minContains", "maxContains"],
] as const;

export const schemaValues: Rule = {
  nodes: {
    schema(node, origin, context) {
      // Beside a `$ref` of 3.0 everything is ignored.
      if (context.document.version === "3.0" && Object.hasOwn(node, "$ref")) {
        return;
      }
      checkTypes(node, origin, context);
      checkRanges(node, origin, context);
      checkNullable(node, origin, context);
    },
  },
};

function checkTypes(
  node: JsonObject,
  origin: Origin,
  { diagnostics, document }: RuleContext,
): void {
  const types = jsonTypes(node);
  if (types === undefined) return;
  const values = member(node, "enum");
  if (Array.isArray(values)) {
    values.forEach((value, index) => {
      if (hasType(value, types)) return;
      diagnostics.warning(
        "KT2081",
        below(origin, "enum", index),
        `the enum member ${shown(value)} is not of the type ${typesText(types)}, so it is never valid`,
        { help: "quote it, or change the type" },
      );
    });
    if (
      document.version === "3.0" &&
      member(node, "nullable") === true &&
      !values.includes(null)
    ) {
      diagnostics.warning(
        "KT2086",
        below(origin, "nullable"),
        "`nullable` has no effect: the `enum` beside it does not list null",
        { help: "add `null` to `enum`" },
      );
    }
  }
  const constant = member(node, "const");
  if (constant !== undefined && !hasType(constant, types)) {
    diagnostics.warning(
      "KT2081",
      below(origin, "const"),
      `the constant ${shown(constant)} is not of the type ${typesText(types)}, so nothing is valid`,
      { help: "quote it, or change the type" },
    );
  }
  const fallback = member(node, "default");
  if (fallback !== undefined && !hasType(fallback, types)) {
    diagnostics.warning(
      "KT2082",
      below(origin, "default"),
      `the default ${shown(fallback)} is not of the type ${typesText(types)}`,
      { help: "correct the default or the type" },
    );
  }
}

function checkRanges(
  node: JsonObject,
  origin: Origin,
  { diagnostics }: RuleContext,
): void {
  for (const [low, high] of RANGES) {
    const least = member(node, low);
    const most = member(node, high);
    if (typeof least !== "number" || typeof most !== "number") continue;
    if (least <= most) continue;
    diagnostics.warning(
      "KT2083",
      below(origin, low),
      `\`${low}\` is greater than \`${high}\`: no value is valid`,
      { help: "correct one of them" },
    );
  }
}

/** OpenAPI 3.0.3: `nullable` adds null to the `type` beside it, and means nothing without one. */
function checkNullable(
  node: JsonObject,
  origin: Origin,
  { diagnostics, document }: RuleContext,
): void {
  if (document.version !== "3.0" || member(node, "nullable") !== true) return;
  if (member(node, "type") !== undefined) return;
  const values = member(node, "enum");
  const refuses = Array.isArray(values) && !values.includes(null);
  const isWrapper = ["allOf", "oneOf", "anyOf"].some((key) =>
    Array.isArray(member(node, key)),
  );
  diagnostics.warning(
    "KT2086",
    below(origin, "nullable"),
    isWrapper && !refuses
      ? "`nullable` has no `type` beside it; it is read as: the composition, or null"
      : "`nullable` has no effect without a `type` beside it",
    { help: "add `type`" },
  );
}

function shown(value: Json): string {
  if (Array.isArray(value)) return "(an array)";
  if (isObject(value)) return "(an object)";
  return `\`${shorten(String(value))}\``;
}

function typesText(types: ReadonlySet<string>): string {
  return [...types].map((type) => `\`${type}\``).join(" or ");
}
