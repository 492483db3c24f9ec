/** Room `check`: host names, plain and internationalized. */
import { decodePunycode, encodePunycode } from "./punycode.js";
import { isRightToLeft, isULabel, satisfiesBidiRule } from "./u-label.js";

/** RFC 1035 section 2.3.4 less the length byte and the root label of the wire form. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** RFC 3490 section 3.1: what separates labels in Unicode text. */
const SEPARATOR = /[.\u3002\uff0e\uff61]/u;

/** RFC 1123 section 2.1; labels that begin with `xn--` must be A-labels (RFC 5890 section 2.3.2.1). */
export function isHostname(text: string): boolean {
  if (!isLdhName(text, 0)) return false;
  if (!/xn--/i.test(text)) return true;
  return text.split(".").every((label) => asciiToUnicode(label) !== undefined);
}

/** RFC 5890 section 2.3.2.3: every label an LDH label, an A-label or a U-label, and the name fit for the DNS. */
export function isIdnHostname(text: string): boolean {
  // A character takes at least one octet of the A-label and at most two code units here.
  if (text.length === 0 || text.length > 2 * MAX_NAME) return false;
  const labels: string[] = [];
  let length = -1;
  for (const label of text.split(SEPARATOR)) {
    const ascii = isAscii(label);
    const unicode = ascii ? asciiToUnicode(label) : label;
    if (unicode === undefined) return false;
    if (ascii ? !isLdhName(label, 0) : !isULabel(label)) return false;
    // RFC 5890 section 2.3.1: other labels with hyphens in these places are reserved.
    if (unicode.startsWith("--", 2)) return false;
    const octets = ascii ? label.length : asciiLength(label);
    if (octets > MAX_LABEL) return false;
    length += octets + 1;
    labels.push(unicode.toLowerCase());
  }
  if (length > MAX_NAME) return false;
  return !labels.some(isRightToLeft) || labels.every(satisfiesBidiRule);
}

/** Letters, digits and inner hyphens in labels of 1 to 63, from `start` to the end. */
export function isLdhName(text: string, start: number): boolean {
  const length = text.length - start;
  if (length < 1 || length > MAX_NAME) return false;
  let labelStart = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (!fitsLabel(text, labelStart, at)) return false;
      labelStart = at + 1;
    } else if (!isLdh(code)) {
      return false;
    }
  }
  return fitsLabel(text, labelStart, text.length);
}

function fitsLabel(text: string, start: number, end: number): boolean {
  const length = end - start;
  return (
    length > 0 &&
    length <= MAX_LABEL &&
    text.charCodeAt(start) !== 0x2d &&
    text.charCodeAt(end - 1) !== 0x2d
  );
}

function isLdh(code: number): boolean {
  return (
    ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d
  );
}

/** The U-label that an A-label stands for, other labels unchanged; `undefined` for a false A-label. */
function asciiToUnicode(label: string): string | undefined {
  const lower = label.toLowerCase();
  if (!lower.startsWith("xn--")) return label;
  if (lower.length > MAX_LABEL) return undefined;
  const encoded = lower.slice(4);
  const points = decodePunycode(encoded);
  if (points === undefined || points.every((point) => point < 0x80)) {
    return undefined;
  }
  if (encodePunycode(points) !== encoded) return undefined;
  const unicode = String.fromCodePoint(...points);
  return isULabel(unicode) ? unicode : undefined;
}

function asciiLength(label: string): number {
  const points = Array.from(label, (char) => char.codePointAt(0) ?? 0);
  // `xn--` and one octet a character are the least: no need to encode what cannot fit.
  if (points.length + 4 > MAX_LABEL) return Infinity;
  return 4 + encodePunycode(points).length;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}
