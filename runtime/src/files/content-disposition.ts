/** Room `files`: `Content-Disposition` with names in any script (RFC 6266, RFC 8187). */

export type Disposition = "inline" | "attachment";

const TOKEN = /^[!#$&+.^_`|~0-9A-Za-z-]+$/;

/** The last part of `name`, made safe; clients that do not know `filename*` get a plain likeness. */
export function contentDisposition(kind: Disposition, name?: string): string {
  const clean = cleaned(name ?? "");
  if (clean === "") return kind;
  if (TOKEN.test(clean)) return `${kind}; filename=${clean}`;
  // Quotes and backslashes are read in different ways; `%` may be taken for an encoding.
  const plain = clean.replace(/[^ -~]|["\\%]/g, "_");
  const quoted = `${kind}; filename="${plain}"`;
  return plain === clean
    ? quoted
    : `${quoted}; filename*=UTF-8''${extended(clean)}`;
}

/** No folder, no control character, no half of a surrogate pair. */
function cleaned(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  return base
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "")
    .replace(/[\ud800-\udfff]/gu, "_")
    .trim();
}

/** RFC 8187 section 3.2.1: `attr-char` stays, everything else is percent-encoded UTF-8. */
function extended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
