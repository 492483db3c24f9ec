/** Room `model`: texts with values of a request in them: `book:{params.bookId}`, `$request.path.bookId`. */
import type { Operation } from "../api.js";

/** Where a value comes from. */
export type ValueSource =
  | "params"
  | "query"
  | "headers"
  | "cookies"
  | "body"
  | "principal"
  | "response";

export type TextTemplate = (string | { in: ValueSource; at: string[] })[];

const SOURCES: Readonly<Record<string, ValueSource>> = {
  params: "params",
  path: "params",
  query: "query",
  headers: "headers",
  header: "headers",
  cookies: "cookies",
  cookie: "cookies",
  body: "body",
  principal: "principal",
  response: "response",
};

/** The template, or what is wrong with it. Braces hold `params.name` or a runtime expression; a bare expression is one value. */
export function parseTemplate(
  text: string,
  operation: Operation,
): TextTemplate | { fault: string } {
  const whole = text.startsWith("$") ? `{${text}}` : text;
  const template: TextTemplate = [];
  for (const piece of whole.split(/(\{[^{}]*\})/)) {
    if (piece === "") continue;
    if (!piece.startsWith("{") || !piece.endsWith("}")) {
      template.push(piece);
      continue;
    }
    const expression = piece.slice(1, -1);
    const value = valueOf(expression);
    if (value === undefined)
      return { fault: `\`${expression}\` names no value` };
    const missing = undeclared(value, operation);
    if (missing !== undefined) return { fault: missing };
    template.push(value);
  }
  return template;
}

function valueOf(
  expression: string,
): Exclude<TextTemplate[number], string> | undefined {
  const pointer = /^\$(request|response)\.body(?:#(\/.*)?)?$/.exec(expression);
  if (pointer) {
    const [, of = "", path = ""] = pointer;
    const at = path
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    return { in: of === "request" ? "body" : "response", at };
  }
  const [first = "", ...rest] = expression
    .replace(/^\$request\./, "")
    .split(".");
  const source = Object.hasOwn(SOURCES, first) ? SOURCES[first] : undefined;
  if (source === undefined) return undefined;
  if (rest.length === 0)
    return source === "principal" ? { in: source, at: [] } : undefined;
  // Names of parameters may have dots in them; members of bodies are reached through dots.
  const inside =
    source === "body" || source === "response" || source === "principal";
  const at = inside ? rest : [rest.join(".")];
  if (source === "headers")
    return { in: source, at: at.map((name) => name.toLowerCase()) };
  return { in: source, at };
}

const PLACES = {
  params: "path",
  query: "query",
  headers: "header",
  cookies: "cookie",
} as const;

function undeclared(
  value: Exclude<TextTemplate[number], string>,
  { params, id }: Operation,
): string | undefined {
  if (
    value.in === "body" ||
    value.in === "response" ||
    value.in === "principal"
  ) {
    return undefined;
  }
  const place = PLACES[value.in];
  const [name = ""] = value.at;
  const isThere = params.some(
    (param) =>
      param.in === place &&
      (place === "header" ? param.name.toLowerCase() : param.name) === name,
  );
  return isThere
    ? undefined
    : `\`${id}\` has no ${place} parameter \`${name}\``;
}
