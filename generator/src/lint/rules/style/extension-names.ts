/** Room `lint`: `x-` names that look like a slip of one of the vocabulary. */
import { distance } from "fastest-levenshtein";
import { below } from "../../below.js";
import type { Rule } from "../../rule.js";
import { shorten } from "../../shorten.js";
import { NO_SLIPS, PREFIX, shortName, VOCABULARY } from "../../vocabulary.js";

export const extensionNames: Rule = {
  anyNode(node, _kind, origin, { diagnostics }) {
    for (const key of Object.keys(node)) {
      if (!key.startsWith("x-")) continue;
      const near = meant(key);
      if (near === undefined) continue;
      diagnostics.warning(
        "KT6013",
        below(origin, key),
        `\`${shorten(key)}\` is no name of the vocabulary`,
        { help: `did you mean \`${near}\`?` },
      );
    }
  },
};

/** `undefined`: it is known, or somebody else's. */
function meant(key: string): string | undefined {
  const isOurs = key.startsWith(PREFIX);
  const name = shortName(key);
  if (VOCABULARY.has(name) || NO_SLIPS.has(name)) return undefined;
  // Longer keys are no slips of the finger, and would take long to compare.
  if (name.length > 40) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const each of VOCABULARY.keys()) {
    const apart = distance(letters(name), letters(each));
    if (apart < least) [best, least] = [each, apart];
  }
  const most = letters(name).length < 6 ? 0 : letters(name).length < 9 ? 1 : 2;
  return least <= most || isOurs ? best : undefined;
}

/** `x-rateLimit` and `x-rate_limit` are the same word. */
function letters(name: string): string {
  return name
    .slice(2)
    .toLowerCase()
    .replace(/[^a-z\d]/g, "");
}
