/** Room `commands`: a changelog of the API, one entry a release; what people write around the entries stays. */
import { readFileSync, writeFileSync } from "node:fs";
import type { FileStatus } from "../output/compare.js";
import type { DiffReport, PlacedChange } from "./diff-report.js";
import { code, escapeMarkdown, inlineMarkdown } from "./diff-markdown.js";
import { sentence } from "./diff-text.js";

/** Between these marks the entry is ours, and is written anew by the next run for the same version. */
const END = "<!-- /kontract -->";

export function addToChangelog(path: string, report: DiffReport): FileStatus {
  const before = readText(path);
  const after = withEntry(before ?? "# API changelog\n", report);
  if (before === after) return "unchanged";
  writeFileSync(path, after);
  return before === undefined ? "created" : "updated";
}

export function withEntry(text: string, report: DiffReport): string {
  const version = report.versions.after.api.version;
  const start = `<!-- kontract:${version.replace(/[^\w.+-]/g, "_")} -->`;
  const entry = `${start}\n\n${entryText(version, report.changes)}\n\n${END}`;
  const from = text.indexOf(start);
  const to = from === -1 ? -1 : text.indexOf(END, from);
  if (to !== -1)
    return text.slice(0, from) + entry + text.slice(to + END.length);
  const [heading = ""] = /^(?:\uFEFF)?# .*\n/.exec(text) ?? [];
  const rest = text.slice(heading.length).replace(/^\n+/, "");
  const below = rest === "" ? "" : `\n${rest}`;
  return `${heading}${heading === "" ? "" : "\n"}${entry}\n${below}`;
}

function entryText(version: string, changes: readonly PlacedChange[]): string {
  const parts = [`## ${escapeMarkdown(version)}`];
  const sections = [
    ["Breaking", "breaking"],
    ["Mind", "warning"],
    ["Changed", "info"],
  ] as const;
  for (const [title, severity] of sections) {
    const lines = changes
      .filter((each) => each.severity === severity)
      .map(line);
    if (lines.length > 0) parts.push(`### ${title}\n\n${lines.join("\n")}`);
  }
  if (changes.length === 0) parts.push("Nothing has changed for clients.");
  return parts.join("\n\n");
}

function line(change: PlacedChange): string {
  const routes = change.operations.map(({ route }) => code(route)).join(", ");
  const where = routes === "" ? "" : `${routes}: `;
  return `- ${where}${inlineMarkdown(sentence(change))}`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
