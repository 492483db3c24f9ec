/** Seeded random texts close to given ones: one to three edits away. */

import type { Random } from "../../random.js";

/** Characters that formats care about. */
const ALPHABET = Array.from(
  "0123456789abcdefgzATWPZ-+.:/#?@%~_!$&'()*,;=[]{}<>|^`\\\" \n\té٣〮😀",
);

export function nearValid(
  seeds: readonly string[],
  count: number,
  random: Random,
): string[] {
  return Array.from({ length: count }, () => {
    const chars = Array.from(random.pick(seeds));
    for (let edits = 1 + random.below(3); edits > 0; edits--) {
      const at = random.below(chars.length + 1);
      const kind = random.next();
      if (kind < 0.35) chars.splice(at, 1, random.pick(ALPHABET));
      else if (kind < 0.6) chars.splice(at, 1);
      else if (kind < 0.85) chars.splice(at, 0, random.pick(ALPHABET));
      else chars.splice(at, 0, ...chars.slice(at, at + 4));
    }
    return chars.join("");
  });
}
