/** Room `load`: reads JSON text token by token (RFC 8259), for what `JSON.parse` does not tell: places, duplicate keys, depth. */

export interface JsonEvents {
  /** `{` or `[`. */
  open?(offset: number, isObject: boolean): void;
  close?(end: number): void;
  key?(start: number, end: number): void;
  /** A string, number, `true`, `false` or `null`. */
  scalar?(start: number, end: number): void;
}

/** Where the text stops being JSON. */
export interface JsonFault {
  offset: number;
  message: string;
}

const word = /true|false|null/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Without recursion: the depth of the text is not limited yet. */
export function scanJson(
  text: string,
  events: JsonEvents,
): JsonFault | undefined {
  const isObjectAt: boolean[] = [];
  let at = 0;
  /** What may come next. */
  let expect: "value" | "first-value" | "key" | "first-key" | "after" = "value";

  const fault = (offset: number, wanted: string): JsonFault => ({
    offset: Math.min(offset, text.length),
    message:
      offset >= text.length
        ? `the text ends where ${wanted} is expected`
        : `${wanted} is expected`,
  });

  for (;;) {
    at = skipSpace(text, at);
    const char = text.charCodeAt(at);
    if (expect === "after") {
      const inObject = isObjectAt[isObjectAt.length - 1];
      if (inObject === undefined) {
        return at >= text.length ? undefined : fault(at, "the end of the text");
      }
      if (char === 44) {
        at++;
        expect = inObject ? "key" : "value";
        continue;
      }
      if (char !== (inObject ? 125 : 93)) {
        return fault(at, inObject ? "`,` or `}`" : "`,` or `]`");
      }
      at++;
      events.close?.(at);
      isObjectAt.pop();
      continue;
    }
    if (
      (char === 125 && expect === "first-key") ||
      (char === 93 && expect === "first-value")
    ) {
      at++;
      events.close?.(at);
      isObjectAt.pop();
      expect = "after";
      continue;
    }
    if (expect === "key" || expect === "first-key") {
      if (char !== 34) return fault(at, "a key in double quotes");
      const end = stringEnd(text, at);
      if (end === -1) return fault(text.length, 'the closing `"`');
      events.key?.(at, end);
      at = skipSpace(text, end);
      if (text.charCodeAt(at) !== 58) return fault(at, "`:`");
      at++;
      expect = "value";
      continue;
    }
    if (char === 123 || char === 91) {
      events.open?.(at, char === 123);
      isObjectAt.push(char === 123);
      at++;
      expect = char === 123 ? "first-key" : "first-value";
      continue;
    }
    const end = scalarEnd(text, at, char);
    if (end === -1) {
      return char === 34
        ? fault(text.length, 'the closing `"`')
        : fault(at, "a value");
    }
    events.scalar?.(at, end);
    at = end;
    expect = "after";
  }
}

function scalarEnd(text: string, at: number, char: number): number {
  if (char === 34) return stringEnd(text, at);
  const token = char === 45 || (char >= 48 && char <= 57) ? number : word;
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : -1;
}

/** The offset after the closing quote; -1: there is none. */
export function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charCodeAt(before) === 92) before--;
    if ((end - before) % 2 === 1) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const char = text.charCodeAt(at);
    if (char !== 32 && char !== 10 && char !== 13 && char !== 9) return at;
    at++;
  }
}

/** Number of keys and depth of a text that `JSON.parse` has accepted: one quick pass. */
export function measureJson(text: string): { keys: number; depth: number } {
  let keys = 0;
  let level = 0;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === 34) {
      at = skipSpace(text, stringEnd(text, at));
      if (text.charCodeAt(at) === 58) keys++;
      continue;
    }
    if (char === 123 || char === 91) depth = Math.max(depth, ++level);
    else if (char === 125 || char === 93) level--;
    at++;
  }
  return { keys, depth };
}
