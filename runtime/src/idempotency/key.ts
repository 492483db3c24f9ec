/** Room `idempotency`: reads the key of a request. */

/** RFC 9651 3.3.3, parameters after it left aside. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"\s*(?:;.*)?$/;
const BARE = /^[\x21-\x7e]+$/;
const LONGEST = 255;

/** A structured String or the bare text: `"8e03"` and `8e03` are one key. `undefined`: it is no key. */
export function readKey(field: string): string | undefined {
  const text = field.trim();
  const [, quoted] = QUOTED.exec(text) ?? [];
  const key =
    quoted?.replaceAll(/\\(["\\])/g, "$1") ??
    (BARE.test(text) && !text.startsWith('"') ? text : "");
  return key !== "" && key.length <= LONGEST ? key : undefined;
}
