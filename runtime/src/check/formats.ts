/** Room `check`: the formats that a schema can ask a string to have, one predicate each. */

export { isIpv4, isIpv6 } from "./formats-address.js";
export { isHostname, isIdnHostname } from "./formats-host.js";
export { isEmail, isIdnEmail } from "./formats-mail.js";
export { isUriTemplate } from "./formats-template.js";
export { isDate, isDateTime, isDuration, isTime } from "./formats-time.js";
export { isIri, isIriReference, isUri, isUriReference } from "./formats-uri.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** RFC 9562 section 4, any version and variant. */
export function isUuid(text: string): boolean {
  return text.length === 36 && UUID.test(text);
}

/** RFC 6901 section 3. */
export function isJsonPointer(text: string): boolean {
  if (text.length === 0) return true;
  return text.charCodeAt(0) === 0x2f && isEscaped(text, 1);
}

/** The relative JSON pointer that JSON Schema refers to: levels up, then a pointer or `#`. */
export function isRelativeJsonPointer(text: string): boolean {
  let at = 0;
  while (isDigit(text.charCodeAt(at))) at++;
  if (at === 0 || (at > 1 && text.charCodeAt(0) === 0x30)) return false;
  if (at === text.length) return true;
  if (text.charCodeAt(at) === 0x23) return at + 1 === text.length;
  return text.charCodeAt(at) === 0x2f && isEscaped(text, at + 1);
}

/** A pattern of ECMA-262 with its `u` flag: what JSON Schema asks patterns to be. */
export function isRegex(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

/** RFC 4648 section 4, padded; bits beyond the last octet are not looked at (section 3.5 leaves it open). */
export function isByte(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  let end = text.length;
  if (text.charCodeAt(end - 1) === 0x3d) end--;
  if (text.charCodeAt(end - 1) === 0x3d) end--;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (
      !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) &&
      !(code >= 0x2f && code <= 0x39) &&
      code !== 0x2b
    ) {
      return false;
    }
  }
  return true;
}

/** RFC 6901 section 3: each `~` begins `~0` or `~1`. */
function isEscaped(text: string, start: number): boolean {
  let at = text.indexOf("~", start);
  while (at !== -1) {
    const next = text.charCodeAt(at + 1);
    if (next !== 0x30 && next !== 0x31) return false;
    at = text.indexOf("~", at + 2);
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
