/** Room `check`: IP addresses in their textual forms. */

/** RFC 2673 section 3.2, `dotted-quad`; leading zeros are refused, since readers disagree on what they mean. */
export function isIpv4(text: string): boolean {
  return text.length <= 15 && isIpv4From(text, 0);
}

/** RFC 4291 section 2.2, without the zone of RFC 4007. */
export function isIpv6(text: string): boolean {
  if (text.length < 2 || text.length > 45) return false;
  let groups = 0;
  let compressed = false;
  let at = 0;
  if (text.charCodeAt(0) === 0x3a) {
    if (text.charCodeAt(1) !== 0x3a) return false;
    compressed = true;
    at = 2;
  }
  while (at < text.length) {
    const start = at;
    while (isHexDigit(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) === 0x2e) {
      groups += 2;
      return (
        isIpv4From(text, start) && (compressed ? groups < 8 : groups === 8)
      );
    }
    if (at === start || at - start > 4) return false;
    groups++;
    if (at === text.length) break;
    if (text.charCodeAt(at) !== 0x3a) return false;
    at++;
    if (text.charCodeAt(at) === 0x3a) {
      if (compressed) return false;
      compressed = true;
      at++;
    } else if (at === text.length) {
      return false;
    }
  }
  return compressed ? groups < 8 : groups === 8;
}

function isIpv4From(text: string, start: number): boolean {
  let at = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== 0x2e) return false;
    const first = at;
    let octet = 0;
    while (at < text.length && at - first < 4) {
      const digit = text.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) break;
      octet = octet * 10 + digit;
      at++;
    }
    if (at === first || octet > 255) return false;
    if (at - first > 1 && text.charCodeAt(first) === 0x30) return false;
  }
  return at === text.length;
}

function isHexDigit(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)
  );
}
