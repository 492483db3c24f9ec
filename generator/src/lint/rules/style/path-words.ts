/** Room `lint`: paths are made of nouns, collections in the plural, at most three of them, in one casing. */
import { below } from "../../below.js";
import type { Rule } from "../../rule.js";
import { shorten } from "../../shorten.js";

const VERBS =
  /^(?:get|list|fetch|find|create|add|new|make|update|edit|modify|set|change|delete|remove|destroy)(?:[-_A-Z]|$)/;

const DEEPEST = 3;

type Casing = "kebab-case" | "snake_case" | "camelCase";

export const pathWords: Rule = {
  whole({ document, operations, diagnostics }) {
    const keys = new Set(
      operations.flatMap(({ path }) => (path === undefined ? [] : [path])),
    );
    let first: { casing: Casing; word: string } | undefined;
    for (const key of keys) {
      const origin = below(document.origin, "paths", key);
      const segments = key.split("/").filter((each) => each !== "");
      const words = segments.filter((each) => !each.includes("{"));
      const verb = words.find((each) => VERBS.test(each));
      if (verb !== undefined) {
        diagnostics.warning(
          "KT6001",
          origin,
          `the path \`${shorten(key)}\` has a verb, \`${shorten(verb)}\``,
          { help: "name the thing; the method says what is done with it" },
        );
      }
      segments.forEach((segment, at) => {
        const next = segments[at + 1];
        if (segment.includes("{") || !/^\{[^{}]*\}$/.test(next ?? "")) return;
        if (!isSingular(segment)) return;
        diagnostics.warning(
          "KT6002",
          origin,
          `the collection \`${shorten(segment)}\` of \`${shorten(key)}\` is in the singular`,
          { help: "name collections in the plural" },
        );
      });
      const collections = segments.filter(
        (each, at) =>
          !each.includes("{") && (segments[at + 1] ?? "").includes("{"),
      );
      if (collections.length > DEEPEST) {
        diagnostics.warning(
          "KT6003",
          origin,
          `\`${shorten(key)}\` goes through ${collections.length} collections`,
          {
            help: `give things that are ${DEEPEST} levels down a path of their own`,
          },
        );
      }
      for (const word of words) {
        const casing = casingOf(word);
        if (casing === undefined) continue;
        first ??= { casing, word };
        if (casing === first.casing) continue;
        diagnostics.warning(
          "KT6004",
          origin,
          `\`${shorten(word)}\` is in ${casing}, \`${shorten(first.word)}\` in ${first.casing}`,
          { help: "write all paths in one way" },
        );
        break;
      }
    }
  },
};

/** Words that are the same in both, or have no plural. */
const EITHER =
  /(?:s|data|media|metadata|content|information|info|people|children|men|series|news|staff|equipment|feedback|history|search|health|status|me|self|api|v\d+(?:\.\d+)*|\d+)$/i;

function isSingular(segment: string): boolean {
  return /^[a-z]/i.test(segment) && !EITHER.test(segment);
}

/** `undefined`: one word, which fits all. */
function casingOf(word: string): Casing | undefined {
  if (/^[a-z\d]+(?:-[a-z\d]+)+$/.test(word)) return "kebab-case";
  if (/^[a-z\d]+(?:_[a-z\d]+)+$/.test(word)) return "snake_case";
  return /^[a-z]+\d*[A-Z][A-Za-z\d]*$/.test(word) ? "camelCase" : undefined;
}
