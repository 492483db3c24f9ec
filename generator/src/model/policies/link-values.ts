/** Room `model`: values of link parameters: constants, runtime expressions (OpenAPI 3.1 4.8.20.4), and texts with expressions in braces. */
import type { Json } from "../../load/document.js";
import type { Operation } from "../api.js";
import { tokensOf } from "../below.js";

export interface LinkSource {
  in:
    | "params"
    | "query"
    | "headers"
    | "body"
    | "response"
    | "item"
    | "responseHeaders"
    | "url"
    | "method"
    | "status";
  at: string[];
}

/** Pieces of a text; a single source is its value as it is. */
export type LinkText = (string | LinkSource)[];

export interface LinkValue {
  text: LinkText;
  /** Members that lead to the list whose items the value is taken from; a star stands for each item in the pointer. */
  list?: string[];
}

/** The value, or what is wrong with it. */
export function linkValue(
  value: Json,
  operation: Pick<Operation, "params" | "id">,
): LinkValue | { fault: string } {
  if (typeof value === "number" || typeof value === "boolean") {
    return { text: [String(value)] };
  }
  if (typeof value !== "string") return { fault: "it is no text" };
  const whole = value.startsWith("$") ? `{${value}}` : value;
  const text: LinkText = [];
  let list: string[] | undefined;
  for (const piece of whole.split(/(\{\$[^{}]*\})/)) {
    if (piece === "") continue;
    if (!piece.startsWith("{$")) {
      text.push(piece);
      continue;
    }
    const expression = piece.slice(1, -1);
    const source = sourceOf(expression);
    if (source === undefined) {
      return { fault: `\`${expression}\` is no runtime expression` };
    }
    const missing = undeclared(source, operation);
    if (missing !== undefined) return { fault: missing };
    const star = source.in === "response" ? source.at.indexOf("*") : -1;
    if (star === -1) {
      text.push(source);
      continue;
    }
    list = source.at.slice(0, star);
    text.push({ in: "item", at: source.at.slice(star + 1) });
  }
  return list === undefined ? { text } : { text, list };
}

function sourceOf(expression: string): LinkSource | undefined {
  if (expression === "$url") return { in: "url", at: [] };
  if (expression === "$method") return { in: "method", at: [] };
  if (expression === "$statusCode") return { in: "status", at: [] };
  const body = /^\$(request|response)\.body(?:#(\/.*)?)?$/.exec(expression);
  if (body) {
    const [, of, path = ""] = body;
    return { in: of === "request" ? "body" : "response", at: tokensOf(path) };
  }
  const [, of, place, name = ""] =
    /^\$(request|response)\.(path|query|header)\.(.+)$/.exec(expression) ?? [];
  if (of === "response") {
    return place === "header"
      ? { in: "responseHeaders", at: [name.toLowerCase()] }
      : undefined;
  }
  switch (place) {
    case "path":
      return { in: "params", at: [name] };
    case "query":
      return { in: "query", at: [name] };
    case "header":
      return { in: "headers", at: [name.toLowerCase()] };
    default:
      return undefined;
  }
}

const PLACES = { params: "path", query: "query" } as const;

function undeclared(
  { in: from, at }: LinkSource,
  { params, id }: Pick<Operation, "params" | "id">,
): string | undefined {
  if (from !== "params" && from !== "query") return undefined;
  const place = PLACES[from];
  const [name = ""] = at;
  return params.some((param) => param.in === place && param.name === name)
    ? undefined
    : `\`${id}\` has no ${place} parameter \`${name}\``;
}
