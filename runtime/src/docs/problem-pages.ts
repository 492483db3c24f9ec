/** Room `docs`: a page for each problem of the document's catalogue (`x-problems`), where its `type` leads, and a list of all (RFC 9457, section 3.1.1). */
import { createHash } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Sent } from "./answer.js";
import { encode } from "./html.js";
import { isObject, type Json } from "./json.js";

interface CataloguedProblem {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly members: readonly [name: string, kind: string, optional: boolean][];
  /** `POST /orders` */
  readonly operations: readonly string[];
}

const STYLE = "body{font-family:sans-serif;max-width:44em;margin:2em auto}";

/** One style, by its hash, and nothing else. */
export const PROBLEM_POLICY: string = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Pages by path: `base` + `/problems` and one for each; empty without a catalogue. */
export function problemPages(document: Json, base: string): Map<string, Sent> {
  const problems = catalogueOf(document);
  const pages = new Map<string, Sent>();
  if (problems.length === 0) return pages;
  const list = problems.map((problem) => {
    const path = pathOf(problem, base);
    pages.set(path, page(problem.title, describe(problem)));
    return `<li><a href="${encode(path)}">${encode(problem.title)}</a> (${problem.status})</li>`;
  });
  const index = `${base}/problems`;
  if (!pages.has(index)) {
    pages.set(index, page("Problems", `<ul>${list.join("\n")}</ul>`));
  }
  return pages;
}

/** A `type` that is a path is where its page is; others are named by what they are called. */
function pathOf({ type, name }: CataloguedProblem, base: string): string {
  const isPath = /^\/(?![/\\])[^?#\\]*$/.test(type);
  return isPath ? type : `${base}/problems/${encodeURIComponent(name)}`;
}

function catalogueOf(document: Json): CataloguedProblem[] {
  const { components } = document;
  const stated =
    (isObject(components) ? extension(components, "x-problems") : undefined) ??
    extension(document, "x-problems");
  const entries: [string, unknown][] = Array.isArray(stated)
    ? stated.map((each) => ["", each])
    : Object.entries(isObject(stated) ? stated : {});
  return entries.flatMap(([key, value]) => {
    if (!isObject(value)) return [];
    const { type, title, status, detail, extensions } = value;
    if (typeof type !== "string" || typeof title !== "string") return [];
    const named = value["name"];
    const name =
      key ||
      (typeof named === "string" ? named : undefined) ||
      (type.split(/[/#:]/).findLast(Boolean) ?? type);
    const code = Number(status);
    return {
      name,
      type,
      title,
      status: code,
      detail: typeof detail === "string" ? detail : undefined,
      members: membersOf(extensions),
      operations: operationsWith(document, name, String(code)),
    };
  });
}

function extension(holder: Json, name: string): unknown {
  return holder[name] ?? holder[name.replace(/^x-/, "x-kontract-")];
}

function membersOf(extensions: unknown): CataloguedProblem["members"] {
  if (!isObject(extensions)) return [];
  return Object.entries(extensions).map(([name, value]) => {
    if (!isObject(value)) return [name, String(value), false];
    const { type, items, enum: values, optional } = value;
    const kind = Array.isArray(values)
      ? values.map(String).join(", ")
      : isObject(items) || typeof items === "string"
        ? `${String(type)} of ${String(isObject(items) ? items["type"] : items)}`
        : String(type);
    return [name, kind, optional === true];
  });
}

/** Those with a response that names the problem by `x-problem`. */
function operationsWith(
  document: Json,
  name: string,
  status: string,
): readonly string[] {
  const found: string[] = [];
  for (const [path, item] of Object.entries(Object(document["paths"]))) {
    for (const [method, operation] of Object.entries(Object(item))) {
      if (!isObject(operation)) continue;
      const { responses } = operation;
      if (!isObject(responses)) continue;
      const answers = Object.entries(responses).some(([code, response]) => {
        if (!isObject(response)) return false;
        const named = extension(response, "x-problem");
        return named === true ? code === status : [named].flat().includes(name);
      });
      if (answers) found.push(`${method.toUpperCase()} ${path}`);
    }
  }
  return found;
}

function describe(problem: CataloguedProblem): string {
  const { type, status, detail, members, operations } = problem;
  const phrase = STATUS_CODES[status] ?? "";
  const rows = members.map(
    ([name, kind, optional]) =>
      `<li><code>${encode(name)}</code>: ${encode(kind)}${optional ? ", may be absent" : ""}</li>`,
  );
  const asked = operations.map(
    (each) => `<li><code>${encode(each)}</code></li>`,
  );
  return [
    `<p>${encode(detail ?? "The answer's `detail` says what has happened.")}</p>`,
    `<p>Status ${status} ${encode(phrase)}, type <code>${encode(type)}</code></p>`,
    ...(rows.length > 0
      ? [
          `<h2>Members beside those of every problem</h2><ul>${rows.join("")}</ul>`,
        ]
      : []),
    ...(asked.length > 0
      ? [`<h2>Answered by</h2><ul>${asked.join("")}</ul>`]
      : []),
  ].join("\n");
}

function page(title: string, content: string): Sent {
  return {
    type: "text/html; charset=utf-8",
    caching: "no-cache",
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${encode(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${encode(title)}</h1>
${content}
</body>
</html>
`,
  };
}
