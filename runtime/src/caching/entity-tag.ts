/** Room `caching`: entity tags (RFC 9110 8.8.3). */
import { createHash } from "node:crypto";

const TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/** A tag as it stands in a header: `"3"` and `W/"3"` stay, any other text is quoted. Throws for what no tag can hold. */
export function entityTag(text: string): string {
  if (TAG.test(text)) return text;
  const quoted = `"${text}"`;
  if (TAG.test(quoted)) return quoted;
  throw new TypeError("an entity tag has a character that none may have");
}

/** A tag for these bytes in this representation: equal for equal ones only. */
export function tagOf(
  body: string | Uint8Array,
  type: string | undefined,
  isWeak: boolean,
): string {
  const digest = createHash("sha1")
    .update(type ?? "")
    .update("\0")
    .update(body)
    .digest("base64url")
    .slice(0, 22);
  return isWeak ? `W/"${digest}"` : `"${digest}"`;
}

/** `"a", W/"b"`; `*` for any; `undefined` for what is no list of tags, which is read as no match at all. */
export function tagsOf(field: string): readonly string[] | "*" {
  if (field.trim() === "*") return "*";
  return field.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

/** RFC 9110 8.8.3.2: equal, and neither is weak. */
export function matchesStrongly(
  tags: readonly string[] | "*",
  current: string | undefined,
): boolean {
  if (tags === "*") return true;
  return (
    current !== undefined && !current.startsWith("W/") && tags.includes(current)
  );
}

/** RFC 9110 8.8.3.2: equal but for weakness. */
export function matchesWeakly(
  tags: readonly string[] | "*",
  current: string | undefined,
): boolean {
  if (tags === "*") return true;
  if (current === undefined) return false;
  const opaque = current.replace(/^W\//, "");
  return tags.some((tag) => tag.replace(/^W\//, "") === opaque);
}
