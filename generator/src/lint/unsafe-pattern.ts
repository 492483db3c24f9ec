/** Room `lint`: a conservative test for patterns whose matching may take more than linear time. */

const longestTested = 2_000;

/**
 * True unless matching is plainly linear: at most one unbounded repetition, none inside a repeated group, the pattern
 * anchored when something follows the repetition, no back reference. Cautious: a safe pattern may be called unsafe,
 * which only caps the length of its input.
 */
export function isUnsafePattern(source: string): boolean {
  if (source.length > longestTested) return true;
  // For each open group: whether it holds a repetition or a choice.
  const groups: boolean[] = [false];
  let unbounded = 0;
  let tail = false;
  let chooses = false;
  for (let at = 0; at < source.length;) {
    const char = source.charAt(at);
    let closedComplex = false;
    if (char === "\\") {
      if (/[1-9k]/.test(source.charAt(at + 1))) return true;
      at += 2;
    } else if (char === "[") {
      at = endOfClass(source, at);
    } else if (char === "(") {
      groups.push(false);
      at += groupPrefix(source, at);
      continue;
    } else if (char === ")") {
      closedComplex = groups.pop() ?? false;
      at++;
    } else if (char === "|") {
      groups[groups.length - 1] = true;
      chooses ||= groups.length === 1;
      at++;
      continue;
    } else {
      at++;
    }
    if (closedComplex) groups[groups.length - 1] = true;

    const quantifier = quantifierAt(source, at);
    if (quantifier === undefined) {
      tail ||= unbounded > 0 && char !== ")";
      continue;
    }
    at += quantifier.length;
    if (!quantifier.many) continue;
    if (closedComplex) return true;
    // `{4}` can be met in one way only.
    if (!quantifier.exact) groups[groups.length - 1] = true;
    if (quantifier.unbounded) unbounded++;
    if (unbounded > 1) return true;
  }
  return tail && (!source.startsWith("^") || chooses);
}

function endOfClass(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source.charAt(at) === "\\") at++;
    else if (source.charAt(at) === "]") return at + 1;
  }
  return source.length;
}

/** Length of `(`, `(?:`, `(?=`, `(?<name>` and the like. */
function groupPrefix(source: string, at: number): number {
  const prefix = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(
    source.slice(at, at + 100),
  );
  return prefix?.[0].length ?? 1;
}

interface Quantifier {
  length: number;
  many: boolean;
  exact: boolean;
  unbounded: boolean;
}

function quantifierAt(source: string, at: number): Quantifier | undefined {
  const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(
    source.slice(at, at + 40),
  );
  if (!found) return undefined;
  const [text, low, comma, high] = found;
  const length = text.length;
  if (low === undefined) {
    const many = !text.startsWith("?");
    return { length, many, exact: false, unbounded: many };
  }
  const exact = comma === "" || low === high;
  const most = exact ? Number(low) : high === "" ? Infinity : Number(high);
  return { length, many: most > 1, exact, unbounded: most > 1_000 };
}
