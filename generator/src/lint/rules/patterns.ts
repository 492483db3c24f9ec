/** Room `lint`: patterns are regular expressions of ECMA-262, and none of them is slow on purpose. */
import type { JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import { backtracks } from "../backtracking.js";
import type { Rule, RuleContext } from "../rule.js";
import { shorten } from "../shorten.js";

export const patterns: Rule = {
  nodes: {
    schema(node, origin, context) {
      const pattern = textMember(node, "pattern");
      if (pattern !== undefined) {
        checkPattern(pattern, below(origin, "pattern"), context);
      }
      checkKeys(node, origin, context);
    },
  },
};

function checkKeys(
  node: JsonObject,
  origin: Origin,
  context: RuleContext,
): void {
  const map = member(node, "patternProperties");
  if (!isObject(map)) return;
  for (const key of Object.keys(map)) {
    checkPattern(key, below(origin, "patternProperties", key), context);
  }
}

function checkPattern(
  pattern: string,
  origin: Origin,
  { diagnostics }: RuleContext,
): void {
  // The `u` flag first, as JSON Schema wants; `\-` and the like are valid only without.
  if (!isValid(pattern, "u") && !isValid(pattern, "")) {
    diagnostics.error(
      "KT2202",
      origin,
      "the pattern is not a regular expression of ECMA-262",
      { help: "correct the pattern or remove it" },
    );
  } else if (backtracks(pattern)) {
    diagnostics.warning(
      "KT2051",
      origin,
      `the pattern \`${shorten(pattern)}\` can take very long on some texts; the length of the input is limited before it runs`,
      {
        help: "let no part of a repetition match the same text in two ways, or set `maxLength`",
      },
    );
  }
}

function isValid(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
