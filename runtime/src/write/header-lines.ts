/** Room `write`: declared response headers as text, refused when they could split the response (RFC 9110 5.5). */

/** Name and value in turn, as `writeHead` takes them; `Set-Cookie` may come several times. */
export type HeaderLines = readonly string[];

const none: HeaderLines = [];

/** The runtime writes these itself, from what it knows of the body. */
const OWN = new Set(["content-length", "content-type", "transfer-encoding"]);
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Headers that middleware and policies may have set beside the answer's own: theirs stay. */
export function comesInSeveral(name: string): boolean {
  if (name.length === 10) return name.toLowerCase() === "set-cookie";
  return name.length === 4 && name.toLowerCase() === "link";
}

/** Numbers, booleans, lists (comma-joined) and objects (`key,value`) become text; `undefined` and `null` are left out. */
export function headerLines(headers: object | undefined): HeaderLines {
  if (headers === undefined) return none;
  const lines: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue;
    const lower = name.toLowerCase();
    if (OWN.has(lower)) continue;
    if (!NAME.test(name)) {
      throw new TypeError("a response header has a name that is no token");
    }
    if (lower === "set-cookie" && Array.isArray(value)) {
      for (const cookie of value) lines.push(name, fieldValue(name, cookie));
    } else lines.push(name, fieldValue(name, value));
  }
  return lines;
}

function fieldValue(name: string, value: unknown): string {
  const text = plain(value);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Visible octets, obs-text, space and tab; CR, LF and NUL above all are none of these.
    if ((code < 32 && code !== 9) || code === 127 || code > 255) {
      throw new TypeError(
        `the response header ${name} has a character that no field may have`,
      );
    }
  }
  return text;
}

function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, member]) => `${key},${plain(member)}`)
      .join(",");
  }
  return String(value);
}
