/** Room `commands`: the facts of an operation as text for people, in the order in which a request meets them. */
import type {
  FilePlace,
  MediaFacts,
  OperationFacts,
} from "./explain-operation.js";

const MEBIBYTE = 2 ** 20;

/** `values`: what the path of a request gave its variables. */
export function explainText(
  facts: OperationFacts,
  values: Readonly<Record<string, string>>,
): string {
  const parts = [
    head(facts, values),
    section("Who may", security(facts)),
    section("Parameters", parameters(facts)),
    section("Body", body(facts)),
    section("Policies, outermost first", policies(facts)),
    section("Answers", answers(facts)),
  ];
  return `${clean(parts.filter((part) => part !== "").join("\n"))}`;
}

function head(
  facts: OperationFacts,
  values: Readonly<Record<string, string>>,
): string {
  const { method, path, summary, handler, handlerPlace, code, spec } = facts;
  const title = `${method} ${path}${facts.deprecated ? "   (deprecated)" : ""}`;
  const rows = [
    [
      "operation",
      `${facts.id}${facts.tags.length > 0 ? `   tags ${facts.tags.join(", ")}` : ""}`,
    ],
    ...Object.entries(values).map(([name, value]) => [
      `{${name}}`,
      JSON.stringify(value),
    ]),
    ["document", place(spec)],
    ["code", place(code)],
    [
      "handler",
      handlerPlace === undefined
        ? `${handler}   not written yet: \`kontract generate\` adds a stub`
        : `${handler}   ${place(handlerPlace)}`,
    ],
    ...(facts.routed
      ? []
      : [["route", "not routed: another operation holds it"]]),
  ];
  const told = summary === undefined ? "" : `  ${summary}\n`;
  return `${title}\n${told}${table(rows)}`;
}

function security({ security: alternatives }: OperationFacts): string {
  if (alternatives.length === 0) return table([["anybody"]]);
  const rows = alternatives.map((schemes, index) => [
    index === 0 ? "" : "or",
    schemes.length === 0
      ? "anybody"
      : schemes
          .map(
            ({ scheme, kind, scopes }) =>
              `${scheme} (${kind})${scopes.length > 0 ? ` with ${scopes.join(", ")}` : ""}`,
          )
          .join(" and "),
  ]);
  const isOpen = alternatives.some((schemes) => schemes.length === 0);
  const otherwise = isOpen
    ? "a wrong credential is 401, one that is not enough 403"
    : "none or a wrong one is 401, one that is not enough 403";
  return table(
    [...rows, ["", otherwise]].map((row) =>
      row.filter(
        (cell, index) => index > 0 || alternatives.length > 1 || cell !== "",
      ),
    ),
  );
}

function parameters({
  parameters: list,
  unknownQuery,
}: OperationFacts): string {
  const rows = list.map((each) => [
    each.in,
    each.name,
    each.required
      ? "required"
      : each.default === undefined
        ? "optional"
        : `else ${each.default}`,
    each.schema,
    each.written,
    place(each),
  ]);
  if (rows.length === 0) return "";
  const others =
    unknownQuery === "refuse"
      ? "  others of the query are refused (400)\n"
      : "";
  return table(rows) + others;
}

function body({ body: facts }: OperationFacts): string {
  if (facts === undefined) return "";
  const limit =
    facts.limit === undefined
      ? "1 MiB at most, unless the router says otherwise"
      : `${sizeText(facts.limit)} at most`;
  const need = facts.required ? "required" : "optional";
  return (
    table([[need, limit, place(facts)]]) + table(facts.media.map(mediaRow))
  );
}

function policies({ policies: lines }: OperationFacts): string {
  return table(lines.map(({ name, text }) => [name, text]));
}

function answers({ answers: list }: OperationFacts): string {
  const rows = list.flatMap((answer) => {
    const headers =
      answer.headers.length > 0 ? `headers ${answer.headers.join(", ")}` : "";
    const [first, ...others] = answer.media.map(
      (each) => `${each.type}  ${each.schema}${codecText(each)}`,
    );
    return [
      [String(answer.status), first ?? "no body", headers, place(answer)],
      ...others.map((each) => ["", each]),
    ];
  });
  return table(rows);
}

function mediaRow(media: MediaFacts): string[] {
  return [media.type, `${media.schema}${codecText(media)}`];
}

/** What is not said by the media type already. */
function codecText({ codec }: MediaFacts): string {
  return codec === "typed only" ? " (typed only: passed on as it is)" : "";
}

function sizeText(bytes: number): string {
  if (bytes % MEBIBYTE === 0) return `${bytes / MEBIBYTE} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}

function place({ file, line }: FilePlace): string {
  return line === undefined ? file : `${file}:${line}`;
}

function section(title: string, text: string): string {
  return text === "" ? "" : `${title}\n${text}`;
}

/** Columns as wide as their widest cell, but for the last of each row. */
function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    }
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, index) =>
        index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0),
      );
      return `  ${cells.join("  ")}`.trimEnd() + "\n";
    })
    .join("");
}

/** Text of a document must not steer the terminal. */
function clean(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "�");
}
