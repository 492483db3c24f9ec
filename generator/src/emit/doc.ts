/** Room `emit`: documentation of the source as JSDoc that cannot end its comment. */
import type { Doc } from "../model/schema.js";

const WIDTH = 100;

/** Text that is safe inside a comment: one line, no line terminator of any kind, no end of comment. */
export function commentLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, " ")
    .replace(/\*\//g, "*\\/")
    .trim();
}

/** A JSDoc block from a first line and what the node says of itself; empty when there is nothing to say. */
export function docBlock(first: string, doc: Doc): string {
  const rows: string[] = [];
  if (first !== "") rows.push(first);
  if (doc.summary) {
    if (rows.length > 0) rows.push("");
    rows.push(commentLine(doc.summary));
  }
  if (doc.description && doc.description !== doc.summary) {
    if (rows.length > 0) rows.push("");
    rows.push(...paragraphs(doc.description));
  }
  if (doc.deprecated) {
    const tag = `@deprecated ${commentLine(doc.deprecationReason ?? "")}`;
    rows.push(...(rows.length > 0 ? [""] : []), ...wrap(tag.trimEnd()));
  }
  const [only] = rows;
  if (only === undefined) return "";
  if (rows.length === 1) return `/** ${only} */`;
  return ["/**", ...rows.map((row) => ` * ${row}`.trimEnd()), " */"].join("\n");
}

/** Description text, line by line, long lines wrapped, runs of blank lines folded, cut after 40 lines. */
function paragraphs(text: string): string[] {
  const rows: string[] = [];
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const clean = commentLine(raw);
    if (clean === "" && (rows.length === 0 || rows.at(-1) === "")) continue;
    // A line that begins with `@` would read as a JSDoc tag.
    rows.push(...wrap(clean.startsWith("@") ? `\\${clean}` : clean));
    if (rows.length > 40) return [...rows.slice(0, 40), "…"];
  }
  while (rows.at(-1) === "") rows.pop();
  return rows;
}

function wrap(text: string): string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of text.split(" ")) {
    if (row !== "" && row.length + word.length + 1 > WIDTH) {
      rows.push(row);
      row = word;
    } else {
      row = row === "" ? word : `${row} ${word}`;
    }
  }
  rows.push(row);
  return rows;
}
