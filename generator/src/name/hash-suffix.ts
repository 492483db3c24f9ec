/** Room `name`: a few characters that depend on one name alone. */
import { createHash } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Base-32 characters of the SHA-256 of the text: never a counter, so that an unrelated addition renames nothing. */
export function hashSuffix(original: string, length: number): string {
  const digest = createHash("sha256").update(original).digest();
  return Array.from(
    digest.subarray(0, length),
    (byte) => alphabet[byte % alphabet.length],
  ).join("");
}
