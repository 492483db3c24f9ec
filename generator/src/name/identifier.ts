/** Room `name`: text of the document becomes identifiers: casing, legal characters, length. */
import { reservedNames } from "./reserved-names.js";
import { hashSuffix } from "./hash-suffix.js";
import type { Identifier } from "./layout.js";

/** Longer names are cut and marked: they serve nobody, and file systems end at 255 bytes. */
const longest = 100;
const cut = 40;

/** `get_book`, `get book` and `GetBook` are `getBook`; a reserved word gets a trailing `_`. */
export function camelCase(
  text: string,
  fallback: string,
  reserved: ReadonlySet<string> = reservedNames,
): Identifier {
  const [first = "", ...rest] = pieces(text);
  const name = [lowerHead(first), ...rest.map(capitalise)].reduce(join, "");
  return legal(name, text, fallback, reserved);
}

/** `get_book`, `get book` and `getBook` are `GetBook`. */
export function pascalCase(text: string, fallback: string): Identifier {
  const name = pieces(text).map(capitalise).reduce(join, "");
  return legal(name, text, fallback, reservedNames);
}

/** An identifier with something behind it is still one. */
export function extend(name: Identifier, more: string): Identifier {
  return `${name}${more}` as Identifier;
}

/** The name with a mark that tells it from its like. */
export function markName(name: Identifier, mark: string): Identifier {
  return `${name.replace(/_$/, "")}_${mark}` as Identifier;
}

/** The parts of a name between characters that no identifier has. `SHOUTED_WORDS` are read as words, not as acronyms. */
function pieces(text: string): string[] {
  // Joiners may stand in identifiers and cannot be seen there.
  const visible = text.normalize("NFC").replaceAll(/[\u200c\u200d]/g, " ");
  const found = visible.match(/\p{ID_Continue}+/gu) ?? [];
  const parts = found
    .flatMap((piece) => piece.split("_"))
    .filter((piece) => piece !== "");
  const shouted = parts.length > 1 && !/\p{Ll}/u.test(text);
  return shouted ? parts.map((part) => part.toLowerCase()) : parts;
}

/** `APIKey` starts `apiKey`, `URL` is `url`. */
function lowerHead(piece: string): string {
  return piece.replace(
    /^\p{Lu}+(?=\p{Lu}\p{Ll}|[^\p{Ll}]*$)|^\p{Lu}/u,
    (head) => head.toLowerCase(),
  );
}

function capitalise(piece: string): string {
  const [first = "", ...rest] = piece;
  return first.toUpperCase() + rest.join("");
}

/** Digits that would run into each other keep a sign between them: `v1.10` and `v11.0` are two names. */
function join(left: string, right: string): string {
  return /\d$/.test(left) && /^\d/.test(right)
    ? `${left}_${right}`
    : left + right;
}

function legal(
  name: string,
  original: string,
  fallback: string,
  reserved: ReadonlySet<string>,
): Identifier {
  let safe = name === "" ? fallback : name;
  if (!/^[\p{ID_Start}_]/u.test(safe)) safe = `_${safe}`;
  const points = [...safe];
  if (points.length > longest) {
    safe = `${points.slice(0, cut).join("")}_${hashSuffix(original, 8)}`;
  }
  return (reserved.has(safe) ? `${safe}_` : safe) as Identifier;
}
