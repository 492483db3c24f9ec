/** Room `check`: mail addresses. */
import { isIpv4, isIpv6 } from "./formats-address.js";
import { isIdnHostname, isLdhName } from "./formats-host.js";

/** RFC 5321 section 4.5.3.1.1, in octets. */
const MAX_LOCAL_PART = 64;

/** RFC 5322 section 3.2.3, `atext`, by ASCII code. */
const ATEXT = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~") {
  ATEXT[char.charCodeAt(0)] = 1;
}

/** RFC 5321 section 4.1.2, `Mailbox`. */
export function isEmail(text: string): boolean {
  const at = endOfLocalPart(text, false);
  if (at < 1 || text.charCodeAt(at) !== 0x40) return false;
  if (text.charCodeAt(at + 1) === 0x5b) return isAddressLiteral(text, at + 1);
  return isLdhName(text, at + 1);
}

/** RFC 6531 section 3.3: the same with characters beyond ASCII in the local part and the domain. */
export function isIdnEmail(text: string): boolean {
  const at = endOfLocalPart(text, true);
  if (at < 1 || text.charCodeAt(at) !== 0x40) return false;
  if (text.charCodeAt(at + 1) === 0x5b) return isAddressLiteral(text, at + 1);
  // The domain is normalized on its way to the DNS (RFC 5895), so its written form need not be.
  return (
    isLdhName(text, at + 1) ||
    isIdnHostname(text.slice(at + 1).normalize("NFC"))
  );
}

/** Where the local part ends (the place of its `@`, if all is well); -1 when it is malformed or too long. */
function endOfLocalPart(text: string, international: boolean): number {
  const quoted = text.charCodeAt(0) === 0x22;
  const end = quoted
    ? endOfQuoted(text, international)
    : endOfDotString(text, international);
  if (end === -1 || end > MAX_LOCAL_PART) return -1;
  if (international && utf8Length(text, end) > MAX_LOCAL_PART) return -1;
  return end;
}

/** The first place past a `Dot-string`, at most one beyond the longest that is allowed; -1: dots in wrong places. */
function endOfDotString(text: string, international: boolean): number {
  let afterDot = true;
  let at = 0;
  for (; at <= MAX_LOCAL_PART; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (afterDot) return -1;
      afterDot = true;
    } else if (ATEXT[code] === 1 || (international && code > 0x7f)) {
      afterDot = false;
    } else {
      break;
    }
  }
  return afterDot ? -1 : at;
}

/** The place after the closing quote of a `Quoted-string`. */
function endOfQuoted(text: string, international: boolean): number {
  for (let at = 1; at < MAX_LOCAL_PART; at++) {
    let code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) {
      code = text.charCodeAt(++at);
      if (code >= 0x20 && code <= 0x7e) continue;
      return -1;
    }
    if (code >= 0x20 && code <= 0x7e) continue;
    if (!(international && code > 0x7f)) return -1;
  }
  return -1;
}

/** RFC 5321 section 4.1.3; of the general literals none is registered. */
function isAddressLiteral(text: string, start: number): boolean {
  if (text.charCodeAt(text.length - 1) !== 0x5d || text.length - start > 64) {
    return false;
  }
  const literal = text.slice(start + 1, -1);
  if (/^ipv6:/i.test(literal)) return isIpv6(literal.slice(5));
  return isIpv4(literal);
}

function utf8Length(text: string, end: number): number {
  let octets = end;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    // A surrogate pair is two code units and four octets.
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) octets += 2;
    else if (code > 0x7f) octets += 1;
  }
  return octets;
}
