/** Room `check`: URIs, IRIs and references to them. */
import { isIpv6 } from "./formats-address.js";

const UNRESERVED =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
const SUB_DELIMS = "!$&'()*+,;=";

/** Where an ASCII character may stand, as bits by code. */
const ALLOWED = new Uint8Array(128);
const SCHEME = 1;
const HEX = 2;
const REG_NAME = 4;
const USER_INFO = 8;
const PATH = 16;
const QUERY = 32;

allow(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.",
  SCHEME,
);
allow("0123456789ABCDEFabcdef", HEX);
allow(UNRESERVED + SUB_DELIMS, REG_NAME | USER_INFO | PATH | QUERY);
allow(":", USER_INFO | PATH | QUERY);
allow("@/", PATH | QUERY);
allow("?", QUERY);

function allow(chars: string, bits: number): void {
  for (const char of chars) {
    const code = char.charCodeAt(0);
    ALLOWED[code] = (ALLOWED[code] ?? 0) | bits;
  }
}

/** RFC 3986 section 3, `URI`: with a scheme. */
export function isUri(text: string): boolean {
  const colon = endOfScheme(text);
  return colon > 0 && isHierarchy(text, colon + 1, false);
}

/** RFC 3986 section 4.1, `URI-reference`. */
export function isUriReference(text: string): boolean {
  return isReference(text, false);
}

/** RFC 3987 section 2.2, `IRI`. */
export function isIri(text: string): boolean {
  const colon = endOfScheme(text);
  return colon > 0 && isHierarchy(text, colon + 1, true);
}

/** RFC 3987 section 2.2, `IRI-reference`. */
export function isIriReference(text: string): boolean {
  return isReference(text, true);
}

/** RFC 3987 section 2.2: characters beyond ASCII that stand for themselves. */
export function isUcsChar(point: number): boolean {
  if (point < 0xa0) return false;
  if (point < 0x10000) {
    return (
      point <= 0xd7ff ||
      (point >= 0xf900 && point <= 0xfdcf) ||
      (point >= 0xfdf0 && point <= 0xffef)
    );
  }
  return (
    (point & 0xffff) <= 0xfffd &&
    (point < 0xe0000 || point >= 0xe1000) &&
    point < 0xf0000
  );
}

/** RFC 3987 section 2.2: private characters, which only a query may have. */
export function isPrivateChar(point: number): boolean {
  if (point < 0xe000) return false;
  if (point <= 0xf8ff) return true;
  return point >= 0xf0000 && (point & 0xffff) <= 0xfffd;
}

/** Whether `%` at this place begins a percent-encoded octet. */
export function isPercentTriplet(text: string, at: number): boolean {
  return (
    ((ALLOWED[text.charCodeAt(at + 1)] ?? 0) & HEX) !== 0 &&
    ((ALLOWED[text.charCodeAt(at + 2)] ?? 0) & HEX) !== 0
  );
}

function isReference(text: string, iri: boolean): boolean {
  const colon = endOfScheme(text);
  if (colon > 0) return isHierarchy(text, colon + 1, iri);
  // RFC 3986 section 4.2: without a scheme the first segment may not have a colon.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) return false;
    if (code === 0x2f || code === 0x3f || code === 0x23) break;
  }
  return isHierarchy(text, 0, iri);
}

/** The place of the colon after a scheme, or -1. */
function endOfScheme(text: string): number {
  const first = text.charCodeAt(0) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return -1;
  let at = 1;
  while (((ALLOWED[text.charCodeAt(at)] ?? 0) & SCHEME) !== 0) at++;
  return text.charCodeAt(at) === 0x3a ? at : -1;
}

/** What follows the scheme: authority, path, query and fragment. */
function isHierarchy(text: string, start: number, iri: boolean): boolean {
  let at = start;
  if (text.startsWith("//", at)) {
    const authority = at + 2;
    at = authority;
    let lastAt = -1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x2f || code === 0x3f || code === 0x23) break;
      if (code === 0x40) lastAt = at;
    }
    if (!isAuthority(text, authority, lastAt, at, iri)) return false;
  }
  at = scan(text, at, text.length, PATH, iri);
  if (text.charCodeAt(at) === 0x3f) {
    at = scan(text, at + 1, text.length, QUERY, iri, true);
  }
  if (text.charCodeAt(at) === 0x23) {
    at = scan(text, at + 1, text.length, QUERY, iri);
  }
  return at === text.length;
}

function isAuthority(
  text: string,
  start: number,
  lastAt: number,
  end: number,
  iri: boolean,
): boolean {
  if (lastAt !== -1 && scan(text, start, lastAt, USER_INFO, iri) !== lastAt) {
    return false;
  }
  const host = lastAt === -1 ? start : lastAt + 1;
  let at: number;
  if (text.charCodeAt(host) === 0x5b) {
    const close = text.indexOf("]", host);
    if (close === -1 || close > end) return false;
    if (!isIpLiteral(text.slice(host + 1, close))) return false;
    at = close + 1;
  } else {
    at = scan(text, host, end, REG_NAME, iri);
  }
  if (at < end && text.charCodeAt(at) === 0x3a) {
    at++;
    while (at < end && isDigit(text.charCodeAt(at))) at++;
  }
  return at === end;
}

/** RFC 3986 section 3.2.2, inside the brackets. */
function isIpLiteral(text: string): boolean {
  if ((text.charCodeAt(0) | 0x20) !== 0x76) return isIpv6(text);
  let at = 1;
  while (((ALLOWED[text.charCodeAt(at)] ?? 0) & HEX) !== 0) at++;
  if (at === 1 || text.charCodeAt(at) !== 0x2e) return false;
  const address = ++at;
  while (((ALLOWED[text.charCodeAt(at)] ?? 0) & USER_INFO) !== 0) at++;
  return at > address && at === text.length;
}

/** The first place from `start` whose character is not allowed there, at most `end`. */
function scan(
  text: string,
  start: number,
  end: number,
  bit: number,
  iri: boolean,
  privateToo = false,
): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 0x25) {
      if (!isPercentTriplet(text, at) || at + 3 > end) return at;
      at += 3;
    } else if (code < 0x80) {
      if (((ALLOWED[code] ?? 0) & bit) === 0) return at;
      at++;
    } else {
      if (!iri) return at;
      const point = text.codePointAt(at) ?? 0;
      if (!isUcsChar(point) && !(privateToo && isPrivateChar(point))) return at;
      at += point > 0xffff ? 2 : 1;
    }
  }
  return at;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
