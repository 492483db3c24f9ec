/** Room `read`: names that a JSON object has twice (RFC 8259 4), which a parsed value no longer shows. */

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Whether any object of the text has a name twice, escapes undone. The text is known to be JSON. */
export function hasDuplicate(text: string): boolean {
  /** The names of each object around; lists have none. */
  const around: (Set<string> | undefined)[] = [];
  let last: string | undefined;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        last = text.slice(at, end + 1);
        at = end;
        break;
      }
      case COLON: {
        const names = around.at(-1);
        if (names === undefined || last === undefined) break;
        const key = last.includes("\\") ? unescape(last) : last.slice(1, -1);
        if (names.has(key)) return true;
        names.add(key);
        break;
      }
      case COMMA:
        last = undefined;
        break;
      case OPEN_OBJECT:
        around.push(new Set());
        break;
      case OPEN_LIST:
        around.push(undefined);
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        around.pop();
        break;
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

function unescape(literal: string): string {
  return String(JSON.parse(literal));
}
