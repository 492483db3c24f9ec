/** Room `check`: URI templates. */
import { isPercentTriplet, isPrivateChar, isUcsChar } from "./formats-uri.js";

/** RFC 6570 section 2.1 without its control characters and space; the apostrophe is in by the RFC's erratum 6937. */
const NO_LITERAL = new Set('"<>\\^`{|}');
/** RFC 6570 section 2.2, with the operators that it reserves. */
const OPERATORS = new Set("+#./;?&=,!@|");

/** RFC 6570 section 2, `URI-Template`, of any level. */
export function isUriTemplate(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x7b) {
      at = endOfExpression(text, at + 1);
      if (at === -1) return false;
    } else if (code === 0x25) {
      if (!isPercentTriplet(text, at)) return false;
      at += 3;
    } else if (code < 0x80) {
      if (code <= 0x20 || code === 0x7f) return false;
      if (NO_LITERAL.has(text.charAt(at))) return false;
      at++;
    } else {
      const point = text.codePointAt(at) ?? 0;
      if (!isUcsChar(point) && !isPrivateChar(point)) return false;
      at += point > 0xffff ? 2 : 1;
    }
  }
  return true;
}

/** The place after the closing brace of an expression that begins at `start`, or -1. */
function endOfExpression(text: string, start: number): number {
  let at = OPERATORS.has(text.charAt(start)) ? start + 1 : start;
  for (;;) {
    at = endOfVariable(text, at);
    if (at === -1) return -1;
    if (text.charCodeAt(at) === 0x7d) return at + 1;
    if (text.charCodeAt(at) !== 0x2c) return -1;
    at++;
  }
}

/** The place after a variable with its modifier, or -1. */
function endOfVariable(text: string, start: number): number {
  let at = start;
  for (;;) {
    const first = at;
    at = endOfVarChars(text, at);
    if (at === first) return -1;
    if (text.charCodeAt(at) !== 0x2e) break;
    at++;
  }
  if (text.charCodeAt(at) === 0x2a) return at + 1;
  if (text.charCodeAt(at) !== 0x3a) return at;
  // RFC 6570 section 2.4.1: `max-length` is 1 to 9999, without a leading zero.
  const digits = ++at;
  while (isDigit(text.charCodeAt(at))) at++;
  const count = at - digits;
  if (count < 1 || count > 4 || text.charCodeAt(digits) === 0x30) return -1;
  return at;
}

function endOfVarChars(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x25) {
      if (!isPercentTriplet(text, at)) return at;
      at += 3;
    } else if (
      isDigit(code) ||
      code === 0x5f ||
      ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)
    ) {
      at++;
    } else {
      return at;
    }
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
