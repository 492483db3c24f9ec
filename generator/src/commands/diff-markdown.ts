/** Room `commands`: changes as Markdown, for a pull request. */
import type { DiffReport, PlacedChange } from "./diff-report.js";
import { groupChanges, placeText, sentence } from "./diff-text.js";

const MOST_OPERATIONS = 20;

export function diffMarkdown({ changes, names, versions }: DiffReport): string {
  const title = `# API changes: ${escapeMarkdown(versions.before.api.version)} → ${escapeMarkdown(versions.after.api.version)}`;
  if (changes.length === 0)
    return `${title}\n\nNothing has changed for clients.\n`;
  const count = (severity: string) =>
    changes.filter((each) => each.severity === severity).length;
  const parts = [
    title,
    `${count("breaking")} breaking, ${count("warning")} warnings, ${count("info")} other changes.`,
  ];
  for (const group of groupChanges(changes)) {
    parts.push(`## ${code(group.title)}`);
    parts.push(group.changes.map((each) => item(each, names)).join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

const MARKS = { breaking: "**breaking**", warning: "*warning*", info: "info" };

function item(change: PlacedChange, names: DiffReport["names"]): string {
  const { before, after, operations } = change;
  const lines = [
    `- ${MARKS[change.severity]} ${inlineMarkdown(sentence(change))} (${code(change.id)})`,
  ];
  if (operations.length > 1) {
    const shown = operations
      .slice(0, MOST_OPERATIONS)
      .map(({ route }) => code(route));
    const more = operations.length - shown.length;
    lines.push(
      `  touches ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    );
  }
  const handlers = [
    ...new Set(operations.flatMap(({ handler }) => handler ?? [])),
  ];
  if (handlers.length > 0 && handlers.length <= MOST_OPERATIONS) {
    lines.push(
      `  ${handlers.length === 1 ? "handler" : "handlers"} ${handlers.map(code).join(", ")}`,
    );
  }
  const places = [
    before && code(placeText(before, names.before)),
    after && code(placeText(after, names.after)),
  ].filter((each) => each !== undefined);
  if (places.length > 0) lines.push(`  ${places.join(" → ")}`);
  return lines.join("<br>\n");
}

/** Text of a document in backticks, which nothing in it can end. */
export function code(text: string): string {
  const plain = oneLine(text);
  const longest = Math.max(
    0,
    ...[...plain.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = "`".repeat(longest + 1);
  return longest > 0
    ? `${fence} ${plain} ${fence}`
    : `${fence}${plain}${fence}`;
}

/** Our sentences with their pieces in backticks: what is outside of them is plain text. */
export function inlineMarkdown(text: string): string {
  const pieces = oneLine(text).split("`");
  // An odd number of marks: one is of the document, and nothing can be told apart.
  if (pieces.length % 2 === 0) return escapeMarkdown(text);
  return pieces
    .map((piece, index) =>
      index % 2 === 1 ? `\`${piece}\`` : escapeMarkdown(piece),
    )
    .join("");
}

export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~&@]/g, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
}
