/** Room `emit/check`: names of local variables that shadow nothing that generated code uses. */
import { type Code, name } from "../code.js";
import { RUNTIME_VALUES } from "../runtime-symbols.js";

const RESERVED = new Set(
  `${RUNTIME_VALUES.join(" ")} value at issues seen raw out response body query
params headers cookies Array Object Number String Boolean Set Map WeakMap RegExp
JSON Math undefined NaN Infinity eval arguments await async break case catch class
const continue debugger default delete do else enum export extends false finally
for function if implements import in instanceof interface let new null package
private protected public return static super switch this throw true try typeof
var void while with yield of get set type tagged query headers`.split(/\s+/),
);

/** Functions of generated modules begin so. */
const FUNCTION_LIKE = /^(?:check|is|project|mark|read|write)(?=[A-Z0-9_]|$)/;

/** The local variables of one function. */
export class Locals {
  readonly #taken: Set<string>;

  constructor(taken: ReadonlySet<string> = new Set()) {
    this.#taken = new Set(taken);
  }

  /** The variables of an inner block: none that is visible there already, but free to reuse those of its siblings. */
  nested(): Locals {
    return new Locals(this.#taken);
  }

  /** A fresh variable, named after `wanted` as closely as an identifier can be. */
  claim(wanted: string): Code {
    const base = localName(wanted);
    let free = base;
    for (let at = 2; this.#taken.has(free); at++) free = `${base}${at}`;
    this.#taken.add(free);
    return name(free);
  }
}

function localName(wanted: string): string {
  const words = wanted
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9_$]+/g, " ")
    .trim()
    .split(" ");
  const camel = words
    .map((word, at) =>
      at === 0
        ? lowerFirst(word)
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join("")
    .slice(0, 40);
  const start = /^[A-Za-z_$]/.test(camel) ? camel : `item${camel}`;
  return RESERVED.has(start) || FUNCTION_LIKE.test(start) ? `${start}_` : start;
}

/** `ID` → `id`, `URLPath` → `urlPath`, `Name` → `name`; names in lower case stay. */
function lowerFirst(word: string): string {
  const run = /^[A-Z]+/.exec(word)?.[0] ?? "";
  if (run.length === word.length) return word.toLowerCase();
  if (run.length <= 1) return word.charAt(0).toLowerCase() + word.slice(1);
  return run.slice(0, -1).toLowerCase() + word.slice(run.length - 1);
}
