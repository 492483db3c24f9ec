/** Room `lint`: patterns are regular expressions of ECMA-262, and none of them is slow on purpose. */
import type { JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../../load/member.js";
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
    return;
  }
  const foreign = foreignConstruct(pattern);
  if (foreign !== undefined) {
    diagnostics.warning(
      "KT2052",
      origin,
      `\`${shorten(foreign)}\` of the pattern has no special meaning in ECMA-262`,
      {
        help: "write the pattern for ECMA-262: `^` and `$` for the ends of the text, `[A-Za-z]` or `\\p{L}` for letters",
      },
    );
  }
  if (backtracks(pattern)) {
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

/** Constructs of other languages that ECMA-262 reads as plain letters (its Annex B, without the `u` flag). */
function foreignConstruct(pattern: string): string | undefined {
  const posix = /\[\[?:[a-z]+:\]/.exec(pattern);
  if (posix !== null) return posix[0];
  if (isValid(pattern, "u")) return undefined;
  for (const [escape, letter = ""] of pattern.matchAll(/\\(.)/gs)) {
    if (/[A-Za-z]/.test(letter) && !/[bBcdDfknrsStuvwWx]/.test(letter)) {
      return escape;
    }
  }
  return undefined;
}

function isValid(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
