/** Room `check`: tests patterns in time proportional to the text, whatever the pattern; the engine's own matching backtracks. */
import {
  compilePattern,
  type Instruction,
  type PatternProgram,
} from "./pattern-program.js";
import {
  parsePattern,
  type PatternNode,
  type PositionTest,
} from "./pattern-syntax.js";

/** Instructions times characters: some tenths of a second. What would take longer counts as no match. */
const MOST_WORK = 50_000_000;
/** Ways of matching that a backtracking engine may well try one by one. */
const FEW_WAYS = 20_000;
/** Longest text for a pattern with back references, which only backtracking can match. */
const SHORT = 64;

interface Matcher {
  test(text: string): boolean;
}

const matchers = new WeakMap<RegExp, Matcher>();

/** `pattern.test(text)` for a pattern without flags but `u`, in bounded time. */
export function safeTest(pattern: RegExp, text: string): boolean {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = matcherOf(pattern);
    matchers.set(pattern, matcher);
  }
  return matcher.test(text);
}

function matcherOf(pattern: RegExp): Matcher {
  const tree = parsePattern(pattern);
  const program = tree && compilePattern(tree);
  if (tree === undefined || program === undefined) {
    return { test: (text) => text.length <= SHORT && pattern.test(text) };
  }
  const size = [program, ...program.looks].reduce(
    (sum, each) => sum + each.instructions.length,
    0,
  );
  const anchored = pattern.source.startsWith("^") && tree.kind === "sequence";
  return {
    test(text) {
      const { length } = text;
      const starts = anchored ? 1 : length + 1;
      if (waysOf(tree, length) * starts <= FEW_WAYS) return pattern.test(text);
      if (size * length > MOST_WORK) return false;
      return matches(program, text, pattern.unicode);
    },
  };
}

/** At most how many ways a backtracking engine may try a node in, at one place of a text of this length. */
function waysOf(node: PatternNode, length: number): number {
  switch (node.kind) {
    case "char":
    case "assert":
      return 1;
    case "look":
      return waysOf(node.body, length);
    case "sequence":
      return node.parts.reduce(
        (product, part) => product * waysOf(part, length),
        1,
      );
    case "choice":
      return node.options.reduce(
        (sum, option) => sum + waysOf(option, length),
        0,
      );
    case "repeat": {
      const once = waysOf(node.body, length);
      if (once > 1 && node.max > 1) return Infinity;
      return once * (Math.min(node.max - node.min, length) + 1);
    }
  }
}

function matches(
  { instructions, looks }: PatternProgram,
  text: string,
  unicode: boolean,
): boolean {
  const tables: Uint8Array[] = [];
  for (const look of looks) {
    const table = new Uint8Array(text.length + 1);
    const note = (at: number): boolean => {
      table[at] = 1;
      return false;
    };
    run(look.instructions, text, unicode, !look.behind, tables, note);
    tables.push(table);
  }
  return run(instructions, text, unicode, false, tables, () => true);
}

/** Starts at every place and follows all ways at once. `found` is told where a match ends, and says whether that is enough. */
function run(
  instructions: readonly Instruction[],
  text: string,
  unicode: boolean,
  backward: boolean,
  tables: readonly Uint8Array[],
  found: (at: number) => boolean,
): boolean {
  // The place where each instruction was last reached, so that it is followed once a place.
  const reached = new Int32Array(instructions.length).fill(-1);
  let waiting: number[] = [];
  let next: number[] = [];
  const end = backward ? 0 : text.length;
  for (let at = backward ? text.length : 0; ;) {
    let matched = false;
    const code = codeAt(text, at, unicode, backward);
    const follow = waiting;
    follow.push(0);
    next = [];
    while (follow.length > 0) {
      let pc = follow.pop() ?? 0;
      for (;;) {
        if (reached[pc] === at) break;
        reached[pc] = at;
        const instruction = instructions[pc];
        if (instruction === undefined) break;
        if (instruction.op === "char") {
          if (code >= 0 && instruction.matches(code)) next.push(pc + 1);
          break;
        }
        if (instruction.op === "match") {
          matched = true;
          break;
        }
        if (instruction.op === "jump") {
          pc = instruction.to;
          continue;
        }
        if (instruction.op === "split") {
          follow.push(instruction.to);
        } else if (instruction.op === "assert") {
          if (!holds(instruction.test, text, at)) break;
        } else if (
          (tables[instruction.look]?.[at] === 1) ===
          instruction.negative
        ) {
          break;
        }
        pc++;
      }
    }
    if (matched && found(at)) return true;
    if (at === end) return false;
    at += (code > 0xffff ? 2 : 1) * (backward ? -1 : 1);
    waiting = next;
  }
}

/** The character that is read next; -1 past the end. */
function codeAt(
  text: string,
  at: number,
  unicode: boolean,
  backward: boolean,
): number {
  if (at === (backward ? 0 : text.length)) return -1;
  if (!backward) {
    return unicode ? (text.codePointAt(at) ?? -1) : text.charCodeAt(at);
  }
  const pair = unicode && at > 1 ? (text.codePointAt(at - 2) ?? 0) : 0;
  return pair > 0xffff ? pair : text.charCodeAt(at - 1);
}

function holds(test: PositionTest, text: string, at: number): boolean {
  switch (test) {
    case "start":
      return at === 0;
    case "end":
      return at === text.length;
    case "word":
      return isWord(text, at - 1) !== isWord(text, at);
    case "not-word":
      return isWord(text, at - 1) === isWord(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code >= 0x30 && code <= 0x39) ||
    ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
    code === 0x5f
  );
}
