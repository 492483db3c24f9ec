/** Room `commands`: changes as text for people, grouped by operation. */
import type { DiffReport, Place, PlacedChange } from "./diff-report.js";

const MOST_OPERATIONS = 6;

export interface ChangeGroup {
  title: string;
  changes: PlacedChange[];
}

/** By operation; what touches several stands once, at the end, with all of them. */
export function groupChanges(changes: readonly PlacedChange[]): ChangeGroup[] {
  const groups = new Map<string, PlacedChange[]>();
  const shared: PlacedChange[] = [];
  const whole: PlacedChange[] = [];
  for (const change of changes) {
    const [only] = change.operations;
    if (!only) whole.push(change);
    else if (change.operations.length > 1) shared.push(change);
    else groups.set(only.route, [...(groups.get(only.route) ?? []), change]);
  }
  const list = [...groups].map(([title, each]) => ({ title, changes: each }));
  if (shared.length > 0)
    list.push({ title: "several operations", changes: shared });
  if (whole.length > 0) list.push({ title: "the whole API", changes: whole });
  return list;
}

export function diffText({ changes, names }: DiffReport): string {
  let text = "";
  for (const group of groupChanges(changes)) {
    text += `${clean(group.title)}${handlerOf(group)}\n`;
    for (const change of group.changes) text += changeText(change, names);
    text += "\n";
  }
  return text;
}

function handlerOf({ title, changes }: ChangeGroup): string {
  const [first] = changes;
  const [operation] = first?.operations ?? [];
  return operation?.handler !== undefined && operation.route === title
    ? `   ${operation.handler}`
    : "";
}

function changeText(change: PlacedChange, names: DiffReport["names"]): string {
  const { severity, id, operations } = change;
  const lines = [`  ${severity} ${id}: ${clean(sentence(change))}`];
  if (operations.length > 1) {
    const shown = operations
      .slice(0, MOST_OPERATIONS)
      .map(
        ({ route, handler }) =>
          `${route}${handler === undefined ? "" : ` (${handler})`}`,
      );
    const more = operations.length - shown.length;
    lines.push(
      `    touches ${clean(shown.join(", "))}${more > 0 ? ` and ${more} more` : ""}`,
    );
  }
  const places = [
    change.before && `${placeText(change.before, names.before)}`,
    change.after && `${placeText(change.after, names.after)}`,
  ].filter((each) => each !== undefined);
  if (places.length > 0) lines.push(`    ${clean(places.join(" → "))}`);
  return `${lines.join("\n")}\n`;
}

export function sentence({
  place,
  message,
}: Pick<PlacedChange, "place" | "message">): string {
  return place === undefined ? message : `${place} ${message}`;
}

/** The revision where there is one: `main:openapi.yaml:12:3`. */
export function placeText({ file, line, column }: Place, name: string): string {
  const colon = name.indexOf(":");
  const revision =
    colon > 1 && !/[/\\]/.test(name.slice(0, colon))
      ? `${name.slice(0, colon)}:`
      : "";
  return `${revision}${file}${line === undefined ? "" : `:${line}:${column}`}`;
}

/** Text of a document must not steer the terminal. */
function clean(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "�");
}
