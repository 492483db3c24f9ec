/** The name of one state of a book: the same on reading it as on judging whether it may be written. */
import { createHash } from "node:crypto";
import type { Book } from "../../generated/index.js";

export function entityTag(book: Book): string {
  const hash = createHash("sha256").update(JSON.stringify(book));
  return `"${hash.digest("base64url").slice(0, 22)}"`;
}
