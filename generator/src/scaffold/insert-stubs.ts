/** Room `scaffold`: adds methods to a file of the user's as inserted text; what stood there stays, byte for byte. */
import type { SourceFile } from "ts-morph";
import type { Holder } from "./container.js";
import type { HandlerMethod } from "./handler-group.js";
import { isUntyped } from "./is-untyped.js";
import { bindProblem } from "./problem-import.js";
import { stubMethods } from "./stub.js";
import { morph } from "./syntax.js";
import { formatForUser } from "./user-style.js";

/** A method that only throws is `Promise<void>` to the compiler where nothing else is expected of it. */
const NEVER = ": Promise<never>";

export interface Insertion {
  at: number;
  text: string;
}

/** `text` is the file's own text; the tree's positions are positions in it. */
export async function insertStubs(
  file: SourceFile,
  text: string,
  holder: Holder,
  methods: readonly HandlerMethod[],
): Promise<Insertion[]> {
  const { Node } = morph();
  const isObject = Node.isObjectLiteralExpression(holder);
  const members = isObject ? holder.getProperties() : holder.getMembers();
  const last = members.at(-1);
  const brace = holder.getEnd() - 1;
  const lineStart = text.lastIndexOf("\n", brace - 1) + 1;
  const ownLine = text.slice(lineStart, brace).trim() === "";
  const outer = ownLine
    ? text.slice(lineStart, brace)
    : indentAt(text, holder.getStart());
  const inner = last && indentOf(text, last.getStart());
  const unit = inner?.startsWith(outer) && inner.slice(outer.length);
  const indent = unit ? inner : `${outer}  `;

  const { name, insertion } = bindProblem(file, text);
  const path = file.getFilePath();
  const returns = isUntyped(holder) && /\.[cm]?tsx?$/.test(path) ? NEVER : "";
  const lines = await styled(path, methods, name, isObject, returns);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const block = lines
    .map(({ depth, line }) =>
      line === "" ? "" : indent + (unit || "  ").repeat(depth) + line,
    )
    .join(eol);
  const gap = last === undefined ? "" : eol;

  const insertions: Insertion[] = insertion ? [insertion] : [];
  if (isObject && last && !holder.compilerNode.properties.hasTrailingComma) {
    insertions.push({ at: last.getEnd(), text: "," });
  }
  insertions.push(
    ownLine
      ? { at: lineStart, text: gap + block + eol }
      : { at: brace, text: eol + gap + block + eol + outer },
  );
  return insertions;
}

export function applyInsertions(
  text: string,
  insertions: readonly Insertion[],
): string {
  let result = "";
  let from = 0;
  for (const { at, text: added } of insertions.toSorted(
    (one, two) => one.at - two.at,
  )) {
    result += text.slice(from, at) + added;
    from = at;
  }
  return result + text.slice(from);
}

/** The methods as the user's prettier prints them, without their outer indentation. */
async function styled(
  path: string,
  methods: readonly HandlerMethod[],
  problem: string,
  isObject: boolean,
  returns: string,
): Promise<{ depth: number; line: string }[]> {
  const open = isObject ? "export const stub = {" : "export class Stub {";
  const close = isObject ? "};" : "}";
  const body = stubMethods(methods, problem, isObject ? "," : "", returns);
  const whole = await formatForUser(
    [open, ...body, close, ""].join("\n"),
    path,
  );
  const lines = whole.trimEnd().split(/\r?\n/).slice(1, -1);
  const step = /^\s*/.exec(lines[0] ?? "")?.[0] ?? "";
  return lines.map((text) => {
    let rest = text;
    let depth = -1;
    while (step !== "" && rest.startsWith(step)) {
      rest = rest.slice(step.length);
      depth++;
    }
    return { depth: Math.max(depth, 0), line: rest };
  });
}

/** The whitespace before this position when nothing else stands before it on its line. */
function indentOf(text: string, position: number): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", position - 1) + 1, position);
  return before.trim() === "" ? before : undefined;
}

/** The whitespace that the line of this position begins with. */
function indentAt(text: string, position: number): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  return /^[\t ]*/.exec(text.slice(start, position))?.[0] ?? "";
}
