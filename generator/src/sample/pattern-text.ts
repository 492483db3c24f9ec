/** Room `sample`: texts that a regular expression is likely to match; whoever asks has to test them. */

type Node =
  | { kind: "char"; text: string }
  /** One character of a class, by its source. */
  | { kind: "class"; source: string }
  | { kind: "group"; of: Node[][]; number: number | undefined; name: string }
  | { kind: "back"; to: string }
  | { kind: "repeat"; of: Node; min: number; max: number };

/** Tried in this order for a class. */
const ALPHABET = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@#+=,;!$%&*~ ",
  ...Array.from({ length: 96 }, (_, at) => String.fromCharCode(at + 32)),
  ..."\t\n\r\0éßΩжאあ漢👍\u{10ffff}",
];
/** Characters that one text may have, whatever the pattern asks for. */
const LONGEST = 20_000;
/** Nesting of groups. */
const DEEPEST = 50;

/** By how many rounds more than necessary each repetition is written. */
const STRETCHES = [0, 1, 2, 3, 5, 7, 11, 15, 23, 31, 63, 127, 255];

export function* patternTexts(
  source: string,
  flags: string,
): Generator<string> {
  const parsed = parse(source);
  if (parsed === undefined) return;
  for (const turn of [0, 1, 2, 3]) {
    for (const stretch of STRETCHES) {
      const groups = new Map<string, string>();
      const text = write(parsed, { stretch, turn, flags, groups });
      if (text !== undefined) yield text;
    }
  }
}

interface Writing {
  stretch: number;
  /** Which of several alternatives and characters. */
  turn: number;
  flags: string;
  groups: Map<string, string>;
}

function write(of: Node[][], writing: Writing): string | undefined {
  const nodes = of[writing.turn % of.length] ?? [];
  let text = "";
  for (const node of nodes) {
    const next = writeNode(node, writing);
    if (next === undefined || text.length + next.length > LONGEST) {
      return undefined;
    }
    text += next;
  }
  return text;
}

function writeNode(node: Node, writing: Writing): string | undefined {
  switch (node.kind) {
    case "char":
      return node.text;
    case "class":
      return characterOf(node.source, writing);
    case "back":
      return writing.groups.get(node.to) ?? "";
    case "group": {
      const text = write(node.of, writing);
      if (text !== undefined) {
        if (node.number !== undefined)
          writing.groups.set(String(node.number), text);
        if (node.name !== "") writing.groups.set(node.name, text);
      }
      return text;
    }
    case "repeat": {
      const rounds = Math.min(node.max, node.min + writing.stretch);
      let text = "";
      for (let round = 0; round < rounds; round++) {
        const next = writeNode(node.of, writing);
        if (next === undefined || text.length > LONGEST) return undefined;
        if (next === "" && round >= node.min) break;
        text += next;
      }
      return text;
    }
  }
}

const characters = new Map<string, string[]>();

function characterOf(
  source: string,
  { turn, flags }: Writing,
): string | undefined {
  const key = `${flags} ${source}`;
  let known = characters.get(key);
  if (known === undefined) {
    known = [];
    try {
      const test = new RegExp(`^(?:${source})$`, flags);
      for (const char of ALPHABET) {
        if (test.test(char)) known.push(char);
        if (known.length >= 8) break;
      }
    } catch {
      known = [];
    }
    if (characters.size > 5_000) characters.clear();
    characters.set(key, known);
  }
  return known.length === 0 ? undefined : known[turn % known.length];
}

/** Undefined: something that is not understood. */
function parse(source: string): Node[][] | undefined {
  let at = 0;
  let numbers = 0;
  let failed = false;

  function alternatives(depth: number): Node[][] {
    const of: Node[][] = [[]];
    while (at < source.length && source[at] !== ")" && !failed) {
      if (source[at] === "|") {
        at += 1;
        of.push([]);
        continue;
      }
      const node = quantified(depth);
      if (node !== undefined) of.at(-1)?.push(node);
    }
    return of;
  }

  function quantified(depth: number): Node | undefined {
    const node = atom(depth);
    const found = /^(?:[*+?]|\{(\d+)(,)?(\d*)\})\??/.exec(
      source.slice(at, at + 40),
    );
    if (found === null) return node;
    at += found[0].length;
    if (node === undefined) return undefined;
    const [text, low, comma, high] = found;
    if (low !== undefined) {
      const min = Number(low);
      const max = comma === undefined ? min : high ? Number(high) : Infinity;
      return { kind: "repeat", of: node, min, max };
    }
    const min = text.startsWith("+") ? 1 : 0;
    const max = text.startsWith("?") ? 1 : Infinity;
    return { kind: "repeat", of: node, min, max };
  }

  function atom(depth: number): Node | undefined {
    const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
    if (char === "(") return group(depth);
    if (char === "[") {
      const found = /^\[(?:\\[^]|[^\]\\])*\]/.exec(source.slice(at));
      if (found === null) {
        failed = true;
        return undefined;
      }
      at += found[0].length;
      return { kind: "class", source: found[0] };
    }
    if (char === "\\") return escape();
    at += char.length;
    if (char === "^" || char === "$") return undefined;
    if (char === ".") return { kind: "class", source: "." };
    return { kind: "char", text: char };
  }

  function group(depth: number): Node | undefined {
    const opening =
      /^\((?:\?(?:<([A-Za-z_$][\w$]*)>|[:=!]|<[=!]))?/.exec(
        source.slice(at, at + 100),
      ) ?? [];
    const [head = "(", name = ""] = opening;
    at += head.length;
    const captures = head === "(" || name !== "";
    const number = captures ? ++numbers : undefined;
    if (depth > DEEPEST) {
      failed = true;
      return undefined;
    }
    const of = alternatives(depth + 1);
    if (source[at] !== ")") {
      failed = true;
      return undefined;
    }
    at += 1;
    // What must lie ahead or behind is left to chance.
    if (/[=!]$/.test(head)) return undefined;
    return { kind: "group", of, number, name };
  }

  function escape(): Node | undefined {
    const found =
      /^\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|p\{[^}]*\}|k<([^>]*)>|([1-9]\d*)|[^])/iu.exec(
        source.slice(at, at + 100),
      );
    if (found === null) {
      failed = true;
      return undefined;
    }
    const [text, name, number] = found;
    at += text.length;
    if (text === "\\b" || text === "\\B") return undefined;
    if (name !== undefined && text.startsWith("\\k")) {
      return { kind: "back", to: name };
    }
    if (number !== undefined) return { kind: "back", to: number };
    return { kind: "class", source: text };
  }

  const of = alternatives(0);
  return failed || at < source.length ? undefined : of;
}
