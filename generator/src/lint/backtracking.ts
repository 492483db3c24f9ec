/** Room `lint`: a test for patterns that a backtracking engine may need exponential time for. */

/** What is known of an open group. */
interface Group {
  /** Holds a repetition without upper bound. */
  repeats: boolean;
  /** The first character of each alternative; "": anything. */
  starts: string[];
  /** Nothing of the current alternative was read yet. */
  atStart: boolean;
}

/** Fewer rounds of a group end soon, whatever stands in it. */
const MANY = 10;

/**
 * True for a repeated group that holds an unbounded repetition, or alternatives that may begin alike. Stays quiet about
 * patterns that are slow by a power only: their input length is limited anyway.
 */
export function backtracks(pattern: string): boolean {
  const groups: Group[] = [newGroup()];
  for (let at = 0; at < pattern.length;) {
    const top = groups[groups.length - 1] ?? newGroup();
    const char = pattern.charAt(at);
    if (char === "(") {
      if (top.atStart) note(top, "");
      groups.push(newGroup());
      at +=
        /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(
          pattern.slice(at, at + 80),
        )?.[0].length ?? 1;
      continue;
    }
    if (char === "|") {
      if (top.atStart) note(top, "");
      top.atStart = true;
      at++;
      continue;
    }
    if (char === ")") {
      const closed = groups.length > 1 ? groups.pop() : undefined;
      at++;
      const repeat = repeatAt(pattern, at);
      at += repeat.length;
      const outer = groups[groups.length - 1];
      if (closed === undefined || outer === undefined) continue;
      if (repeat.most >= MANY && (closed.repeats || mayOverlap(closed))) {
        return true;
      }
      outer.repeats ||= closed.repeats || repeat.most === Infinity;
      continue;
    }
    const length = atomLength(pattern, at);
    if (top.atStart && !/[\^$]/.test(char)) {
      note(top, length === 1 && char !== "." ? char : "");
    }
    at += length;
    const repeat = repeatAt(pattern, at);
    at += repeat.length;
    if (repeat.most === Infinity) top.repeats = true;
  }
  return false;
}

function newGroup(): Group {
  return { repeats: false, starts: [], atStart: true };
}

function note(group: Group, start: string): void {
  group.starts.push(start);
  group.atStart = false;
}

function mayOverlap({ starts }: Group): boolean {
  if (starts.length < 2) return false;
  return starts.includes("") || new Set(starts).size < starts.length;
}

function atomLength(pattern: string, at: number): number {
  const char = pattern.charAt(at);
  if (char === "\\") {
    const long =
      /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|.)/s;
    return long.exec(pattern.slice(at, at + 80))?.[0].length ?? 2;
  }
  if (char !== "[") return 1;
  for (let end = at + 1; end < pattern.length; end++) {
    if (pattern[end] === "\\") end++;
    else if (pattern[end] === "]") return end + 1 - at;
  }
  return pattern.length - at;
}

function repeatAt(
  pattern: string,
  at: number,
): { length: number; most: number } {
  const found = /^(?:[*+?]|\{\d+(,?)(\d*)\})\??/.exec(
    pattern.slice(at, at + 40),
  );
  if (found === null) return { length: 0, most: 1 };
  const [text, comma, high] = found;
  const { length } = text;
  if (text.startsWith("?")) return { length, most: 1 };
  if (comma === undefined) return { length, most: Infinity };
  if (comma === ",")
    return { length, most: high === "" ? Infinity : Number(high) };
  return { length, most: Number.parseInt(text.slice(1), 10) };
}
