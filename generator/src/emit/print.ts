/** Room `emit`: lays out code at 80 columns by prettier's algorithm, so that prettier finds nothing to change. */
import type { Code } from "./code.js";
import type { ImportSymbol } from "./symbol.js";

const WIDTH = 80;

type Mode = "break" | "flat";
interface Command {
  indent: number;
  mode: Mode;
  code: Code;
}

export type NameOf = (symbol: ImportSymbol) => string;

/** Text of a piece of code; ends without a line break. */
export function print(code: Code, nameOf: NameOf): string {
  const out: string[] = [];
  let column = 0;
  const stack: Command[] = [{ indent: 0, mode: "break", code }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { indent, mode, code } = next;
    switch (code.kind) {
      case "text":
        out.push(code.text);
        column += code.text.length;
        break;
      case "symbol": {
        const text = nameOf(code.symbol);
        out.push(text);
        column += text.length;
        break;
      }
      case "concat":
        for (let at = code.parts.length - 1; at >= 0; at--) {
          const part = code.parts[at];
          if (part) stack.push({ indent, mode, code: part });
        }
        break;
      case "indent":
        stack.push({
          indent:
            code.after !== undefined && !code.after.broke ? indent : indent + 2,
          mode,
          code: code.body,
        });
        break;
      case "group": {
        const flat: Command = { indent, mode: "flat", code: code.body };
        const fit =
          mode === "flat"
            ? !code.hard
            : !code.hard && fits(flat, stack, WIDTH - column, nameOf);
        if (code.id) code.id.broke = !fit;
        stack.push(fit ? flat : { indent, mode: "break", code: code.body });
        break;
      }
      case "flat":
        stack.push({ indent, mode: "flat", code: code.body });
        break;
      case "if-break":
        stack.push({
          indent,
          mode,
          code: mode === "break" ? code.broken : code.flat,
        });
        break;
      case "choice": {
        const room = WIDTH - column;
        const flat: Command = { indent, mode: "flat", code: code.flat };
        const partly: Command = { indent, mode: "break", code: code.partly };
        if (
          mode === "flat" ||
          (!code.flat.hard && fits(flat, stack, room, nameOf))
        ) {
          stack.push(flat);
        } else if (fits(partly, stack, room, nameOf)) {
          stack.push(partly);
        } else {
          stack.push({ indent, mode: "break", code: code.broken });
        }
        break;
      }
      case "break":
        if (mode === "flat" && !code.hard) {
          out.push(code.flat);
          column += code.flat.length;
        } else {
          trimEnd(out);
          out.push("\n", " ".repeat(indent));
          column = indent;
        }
        break;
    }
  }
  trimEnd(out);
  return out.join("");
}

/** Would `next`, and what follows it up to the next possible line break, end before the right margin? */
function fits(
  next: Command,
  rest: readonly Command[],
  width: number,
  nameOf: NameOf,
): boolean {
  let left = width;
  let restAt = rest.length;
  const stack: { mode: Mode; code: Code }[] = [next];
  while (left >= 0) {
    let command = stack.pop();
    if (command === undefined) {
      restAt -= 1;
      command = rest[restAt];
      if (command === undefined) return true;
    }
    const { mode, code } = command;
    switch (code.kind) {
      case "text":
        left -= code.text.length;
        break;
      case "symbol":
        left -= nameOf(code.symbol).length;
        break;
      case "concat":
        for (let at = code.parts.length - 1; at >= 0; at--) {
          const part = code.parts[at];
          if (part) stack.push({ mode, code: part });
        }
        break;
      case "indent":
        stack.push({ mode, code: code.body });
        break;
      case "group":
        stack.push({ mode: code.hard ? "break" : mode, code: code.body });
        break;
      case "flat":
        stack.push({ mode: "flat", code: code.body });
        break;
      case "if-break":
        stack.push({
          mode,
          code: mode === "break" ? code.broken : code.flat,
        });
        break;
      case "choice":
        stack.push({ mode, code: mode === "break" ? code.broken : code.flat });
        break;
      case "break":
        if (mode === "break" || code.hard) return true;
        left -= code.flat.length;
        break;
    }
  }
  return false;
}

/** Lines never end in spaces: an indented empty line is an empty line. */
function trimEnd(out: string[]): void {
  for (let at = out.length - 1; at >= 0; at--) {
    const text = out[at] ?? "";
    const cut = text.replace(/ +$/, "");
    if (cut === text) return;
    out[at] = cut;
    if (cut !== "") return;
  }
}
