/** Room `lint`: a test for patterns that a backtracking engine may need exponential time for. */

/** What is known of an open group. */
interface Group {
  /** Holds a repetition without upper bound. */
  repeats: boolean;
  /** The first character of each alternative; "": anything. */
  starts: string[];
  /** Nothing of the current alternative was read yet. */
  atStart: boolean;
  /** Its atoms as written, for a group of one alternative without groups in it; else undefined. */
  atoms: { text: string; repeat: number }[] | undefined;
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
      top.atoms = undefined;
      groups.push(newGroup());
      at +=
        /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(
          pattern.slice(at, at + 80),
        )?.[0].length ?? 1;
      continue;
    }
    if (char === "|") {
      if (top.atStart) note(top, "");
      top.atoms = undefined;
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
      const isOpen = closed.repeats && !isSeparated(closed);
      if (repeat.most >= MANY && (isOpen || mayOverlap(closed))) return true;
      outer.repeats ||= closed.repeats || repeat.most === Infinity;
      continue;
    }
    const length = atomLength(pattern, at);
    if (top.atStart && !/[\^$]/.test(char)) {
      note(top, length === 1 && char !== "." ? char : "");
    }
    const text = pattern.slice(at, at + length);
    at += length;
    const repeat = repeatAt(pattern, at);
    at += repeat.length;
    const isOnce = repeat.length === 0;
    top.atoms?.push({ text, repeat: isOnce ? 1 : repeat.most });
    if (!isOnce && repeat.most !== Infinity) top.atoms = undefined;
    if (repeat.most === Infinity) top.repeats = true;
  }
  return false;
}

function newGroup(): Group {
  return { repeats: false, starts: [], atStart: true, atoms: [] };
}

function note(group: Group, start: string): void {
  group.starts.push(start);
  group.atStart = false;
}

function mayOverlap({ starts }: Group): boolean {
  if (starts.length < 2) return false;
  return starts.includes("") || new Set(starts).size < starts.length;
}

/**
 * `-[a-z]+` and `[a-z]+,`: one repetition, and a letter at an end of the group that it cannot match, so that there is one way only
 * to tell the rounds apart.
 */
function isSeparated({ atoms }: Group): boolean {
  if (atoms === undefined || atoms.length < 2) return false;
  const loops = atoms.filter(({ repeat }) => repeat !== 1);
  const [loop] = loops;
  if (loop === undefined || loops.length > 1) return false;
  return [atoms[0], atoms.at(-1)].some((end) => {
    if (end === undefined || end.repeat !== 1) return false;
    const letter = letterOf(end.text);
    return letter !== undefined && !mayMatch(loop.text, letter);
  });
}

function letterOf(atom: string): string | undefined {
  if (/^[^\\.[\]^$]$/.test(atom)) return atom;
  return /^\\[^\w\s]$/.test(atom) ? atom.slice(1) : undefined;
}

function mayMatch(atom: string, letter: string): boolean {
  try {
    return new RegExp(`^${atom}$`, "i").test(letter);
  } catch {
    return true;
  }
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
