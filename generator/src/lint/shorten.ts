/** Room `lint`: text of the document in messages: one line, not too long. */

export function shorten(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
