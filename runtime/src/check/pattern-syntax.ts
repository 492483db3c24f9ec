/** Room `check`: what a regular expression is made of, as far as matching without backtracking needs to know. */

export type PatternNode =
  | { kind: "char"; matches: (code: number) => boolean }
  | { kind: "sequence"; parts: PatternNode[] }
  | { kind: "choice"; options: PatternNode[] }
  | { kind: "repeat"; body: PatternNode; min: number; max: number }
  | { kind: "assert"; test: PositionTest }
  | { kind: "look"; behind: boolean; negative: boolean; body: PatternNode };

export type PositionTest = "start" | "end" | "word" | "not-word";

/** Groups within groups. Deeper ones are hostile. */
const DEEPEST = 200;

const QUANTIFIER = /([*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y;
const GROUP = /\((?:\?(?::|<?[=!]|<[^>=!]+>))?/y;
const ESCAPE =
  /\\(?:x[\da-fA-F]{2}|u\{[\da-fA-F]+\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|c[a-zA-Z]|[pP]\{[^}]*\}|[^])/uy;
const ESCAPE_WITHOUT_U = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|c[a-zA-Z]|[^])/y;
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y;

/** The tree of a pattern that is known to compile; `undefined` when it has what needs backtracking (back references). */
export function parsePattern({
  source,
  unicode,
}: Pick<RegExp, "source" | "unicode">): PatternNode | undefined {
  let at = 0;

  /** The text that matches here, which is then behind us. */
  function take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = at;
    const match = expression.exec(source);
    if (match === null) return undefined;
    at += match[0].length;
    return match;
  }

  function choice(depth: number): PatternNode | undefined {
    const options: PatternNode[] = [];
    do {
      const option = sequence(depth);
      if (option === undefined) return undefined;
      options.push(option);
    } while (source.charAt(at) === "|" && ++at > 0);
    const [only] = options;
    return options.length === 1 ? only : { kind: "choice", options };
  }

  function sequence(depth: number): PatternNode | undefined {
    const parts: PatternNode[] = [];
    while (at < source.length && !"|)".includes(source.charAt(at))) {
      const part = term(depth);
      if (part === undefined) return undefined;
      const quantifier = take(QUANTIFIER);
      parts.push(quantifier ? repeated(part, quantifier) : part);
    }
    return { kind: "sequence", parts };
  }

  function term(depth: number): PatternNode | undefined {
    const char = source.charAt(at);
    switch (char) {
      case "^":
        at++;
        return { kind: "assert", test: "start" };
      case "$":
        at++;
        return { kind: "assert", test: "end" };
      case "(":
        return group(depth);
      case "\\":
        return escape();
      case "[":
        return native(take(CLASS)?.[0], unicode);
      case ".":
        at++;
        return native(".", unicode);
      default: {
        const literal = unicode
          ? (source.codePointAt(at) ?? 0)
          : source.charCodeAt(at);
        at += literal > 0xffff ? 2 : 1;
        return { kind: "char", matches: (code) => code === literal };
      }
    }
  }

  function group(depth: number): PatternNode | undefined {
    const opening = take(GROUP)?.[0] ?? "(";
    // Flags for a part of the pattern, and whatever may come.
    if (depth > DEEPEST || source.charAt(at) === "?") return undefined;
    const body = choice(depth + 1);
    at++;
    if (body === undefined || !/[=!]$/.test(opening)) return body;
    return {
      kind: "look",
      behind: opening.startsWith("(?<"),
      negative: opening.endsWith("!"),
      body,
    };
  }

  function escape(): PatternNode | undefined {
    const text = take(unicode ? ESCAPE : ESCAPE_WITHOUT_U)?.[0] ?? "";
    switch (text) {
      case "\\b":
        return { kind: "assert", test: "word" };
      case "\\B":
        return { kind: "assert", test: "not-word" };
      case "\\0":
        // With a digit behind it, it is an octal escape of old.
        if (/\d/.test(source.charAt(at))) return undefined;
        break;
    }
    return /^\\(?:[1-9k]|c$)/.test(text) ? undefined : native(text, unicode);
  }

  return choice(0);
}

function repeated(body: PatternNode, quantifier: RegExpExecArray): PatternNode {
  const [, mark, least, comma, most] = quantifier;
  if (least !== undefined) {
    const min = Number(least);
    const max =
      comma === undefined ? min : most === "" ? Infinity : Number(most);
    return { kind: "repeat", body, min, max };
  }
  return {
    kind: "repeat",
    body,
    min: mark === "+" ? 1 : 0,
    max: mark === "?" ? 1 : Infinity,
  };
}

/** Asks the engine itself about one character; answers for ASCII are kept. */
function native(
  atom: string | undefined,
  unicode: boolean,
): PatternNode | undefined {
  if (atom === undefined) return undefined;
  const expression = new RegExp(`^${atom}$`, unicode ? "u" : "");
  const known: (boolean | undefined)[] = [];
  return {
    kind: "char",
    matches(code) {
      if (code < 128) {
        return (known[code] ??= expression.test(String.fromCharCode(code)));
      }
      return expression.test(String.fromCodePoint(code));
    },
  };
}
