/** Seeded random texts close to given ones: one to three edits away. */

/** A reproducible sequence of numbers in [0, 1) (xorshift32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Characters that formats care about. */
const ALPHABET = Array.from(
  "0123456789abcdefgzATWPZ-+.:/#?@%~_!$&'()*,;=[]{}<>|^`\\\" \n\té٣〮😀",
);

export function nearValid(
  seeds: readonly string[],
  count: number,
  random: () => number,
): string[] {
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  };
  return Array.from({ length: count }, () => {
    const chars = Array.from(pick(seeds));
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
      const at = Math.floor(random() * (chars.length + 1));
      const kind = random();
      if (kind < 0.35) chars.splice(at, 1, pick(ALPHABET));
      else if (kind < 0.6) chars.splice(at, 1);
      else if (kind < 0.85) chars.splice(at, 0, pick(ALPHABET));
      else chars.splice(at, 0, ...chars.slice(at, at + 4));
    }
    return chars.join("");
  });
}
