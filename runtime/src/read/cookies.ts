/** Room `read`: the `Cookie` field (RFC 6265 5.4) as pairs. */
import type { CookieStyle } from "../contract/raw-request.js";

type Pair = [name: string, value: string];

/** Cookie pairs in the order sent, undecoded; nameless parts are dropped. */
export function cookiePairs(field: string): Pair[] {
  const pairs: Pair[] = [];
  for (const part of field.split(";")) {
    const equals = part.indexOf("=");
    if (equals === -1) continue;
    const name = part.slice(0, equals).trim();
    if (name !== "") pairs.push([name, part.slice(equals + 1).trim()]);
  }
  return pairs;
}

/** `color=blue&color=black` in one cookie: how an exploded value of the style `form` comes out where it is not made for cookies. */
export function splitJoined(pair: Pair, style: CookieStyle): Pair[] {
  const [name, value] = pair;
  if (style === "cookie" || !value.includes("&")) return [pair];
  const pairs: Pair[] = [];
  for (const part of `${name}=${value}`.split("&")) {
    const equals = part.indexOf("=");
    // No pair: the `&` was part of the value.
    if (equals === -1) return [pair];
    pairs.push([part.slice(0, equals), part.slice(equals + 1)]);
  }
  return pairs;
}
