/** Room `read`: text of parameters to typed scalars, by the strict lexical forms of JSON. */

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * `-?(0|[1-9][0-9]*)` within ±(2^53 − 1); other text comes back unchanged, for the check to refuse. A larger integer would
 * reach the handler as another one (RFC 8259 6).
 */
export function integer(text: string): number | string;
export function integer(text: string | undefined): number | string | undefined;
export function integer(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const length = text.length;
  let at = length > 0 && text.charCodeAt(0) === 45 ? 1 : 0;
  const negative = at === 1;
  if (at === length) return text;
  if (text.charCodeAt(at) === 48 && length > at + 1) return text;
  // Fifteen digits stay exact in a double, whatever the order of additions.
  const exact = length - at <= 15;
  let value = 0;
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return text;
    value = value * 10 + digit;
  }
  if (!exact) {
    const wide = Number(text);
    return Number.isSafeInteger(wide) ? wide : text;
  }
  return negative && value !== 0 ? -value : value;
}

/** A JSON number that is finite as a double; other text comes back unchanged. */
export function number(text: string): number | string;
export function number(text: string | undefined): number | string | undefined;
export function number(text: string | undefined): number | string | undefined {
  if (text === undefined || !NUMBER.test(text)) return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

/** `true` or `false`; other text comes back unchanged. */
export function boolean(text: string): boolean | string;
export function boolean(text: string | undefined): boolean | string | undefined;
export function boolean(
  text: string | undefined,
): boolean | string | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  return text;
}
