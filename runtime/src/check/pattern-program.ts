/** Room `check`: a pattern as a list of instructions that are followed in all ways at once (Thompson's construction). */
import type { PatternNode, PositionTest } from "./pattern-syntax.js";

export type Instruction =
  | { op: "char"; matches: (code: number) => boolean }
  /** Goes on in two places. */
  | { op: "split"; to: number }
  | { op: "jump"; to: number }
  | { op: "assert"; test: PositionTest }
  /** Goes on where the table of this look-around says so. */
  | { op: "look"; look: number; negative: boolean }
  | { op: "match" };

export interface PatternProgram {
  instructions: Instruction[];
  /** Look-arounds, inner ones first; each is a program that tells where it holds. */
  looks: { behind: boolean; instructions: Instruction[] }[];
}

/** Counted repetitions are written out; beyond this size a pattern is hostile. */
const LARGEST = 10_000;

/** `undefined`: the pattern is too large. */
export function compilePattern(root: PatternNode): PatternProgram | undefined {
  const looks: PatternProgram["looks"] = [];
  let size = 0;

  /** Appends a node's instructions. `backward`: for reading the text from its end. */
  function emit(
    node: PatternNode,
    out: Instruction[],
    backward: boolean,
  ): boolean {
    if (++size > LARGEST) return false;
    switch (node.kind) {
      case "char":
        out.push({ op: "char", matches: node.matches });
        return true;
      case "assert":
        out.push({ op: "assert", test: node.test });
        return true;
      case "sequence": {
        const parts = backward ? node.parts.toReversed() : node.parts;
        return parts.every((part) => emit(part, out, backward));
      }
      case "choice":
        return emitChoice(node.options, out, backward);
      case "repeat":
        return emitRepeat(node, out, backward);
      case "look": {
        // Where a text that follows begins is known only when it is read from its end.
        const instructions = program(node.body, !node.behind);
        if (instructions === undefined) return false;
        looks.push({ behind: node.behind, instructions });
        out.push({
          op: "look",
          look: looks.length - 1,
          negative: node.negative,
        });
        return true;
      }
    }
  }

  function emitChoice(
    options: readonly PatternNode[],
    out: Instruction[],
    backward: boolean,
  ): boolean {
    const ends: { op: "jump"; to: number }[] = [];
    for (const [at, option] of options.entries()) {
      if (at === options.length - 1) {
        if (!emit(option, out, backward)) return false;
        break;
      }
      const split: Instruction = { op: "split", to: 0 };
      out.push(split);
      if (!emit(option, out, backward)) return false;
      const end: Instruction = { op: "jump", to: 0 };
      ends.push(end);
      out.push(end);
      split.to = out.length;
    }
    for (const end of ends) end.to = out.length;
    return true;
  }

  function emitRepeat(
    { body, min, max }: { body: PatternNode; min: number; max: number },
    out: Instruction[],
    backward: boolean,
  ): boolean {
    for (let count = 0; count < min; count++) {
      if (!emit(body, out, backward)) return false;
    }
    const splits: { op: "split"; to: number }[] = [];
    for (let count = min; count < max; count++) {
      const start = out.length;
      const split: Instruction = { op: "split", to: 0 };
      splits.push(split);
      out.push(split);
      if (!emit(body, out, backward)) return false;
      if (max !== Infinity) continue;
      out.push({ op: "jump", to: start });
      break;
    }
    for (const split of splits) split.to = out.length;
    return true;
  }

  function program(
    node: PatternNode,
    backward: boolean,
  ): Instruction[] | undefined {
    const out: Instruction[] = [];
    if (!emit(node, out, backward)) return undefined;
    out.push({ op: "match" });
    return out;
  }

  const instructions = program(root, false);
  return instructions && { instructions, looks };
}
