/** Room `links`: the reference of a link, made from the request and its answer. */
import type { LinkFacts, LinkText } from "../contract/policies.js";
import type { Exchange, HandlerResponse } from "../contract/policy.js";
import { valueAt } from "./value-at.js";

/** Where the values of a link come from. */
export interface LinkSources {
  readonly exchange: Exchange;
  readonly response: HandlerResponse;
  readonly item: unknown;
}

/** A path below `mount`, with a query where the link has one; `undefined` where a value is missing. */
export function hrefOf(
  { path, params }: LinkFacts,
  mount: string,
  sources: LinkSources,
): string | undefined {
  let href = path;
  const query: string[] = [];
  for (const { name, in: place, text } of params) {
    const value = textOf(text, sources);
    if (value === undefined) return undefined;
    if (place === "query") {
      for (const each of Array.isArray(value) ? value : [value]) {
        query.push(`${encodeURIComponent(name)}=${encodeURIComponent(each)}`);
      }
      continue;
    }
    const segment = Array.isArray(value) ? value.join(",") : value;
    // An empty segment, or one of dots, would be another path.
    if (segment === "" || segment === "." || segment === "..") return undefined;
    href = href.replaceAll(`{${name}}`, () => encodeURIComponent(segment));
  }
  return `${mount}${encoded(href)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** What stands in a path key as it is, and in no reference (RFC 3986 2). */
function encoded(path: string): string {
  return path.replace(/[<>"\s\\^`{|}?#]|[^\x20-\x7e]+/g, (characters) =>
    encodeURIComponent(characters),
  );
}

function textOf(
  text: LinkText,
  sources: LinkSources,
): string | string[] | undefined {
  const [first] = text;
  if (text.length === 1 && typeof first === "object") {
    const value = valueOf(first, sources);
    if (!Array.isArray(value)) return plain(value);
    const texts = value.map(plain);
    return texts.every((each) => each !== undefined) ? texts : undefined;
  }
  let whole = "";
  for (const part of text) {
    const piece =
      typeof part === "string" ? part : plain(valueOf(part, sources));
    if (piece === undefined) return undefined;
    whole += piece;
  }
  return whole;
}

/** Objects have no place in a reference. */
function plain(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      // A lone surrogate cannot be encoded.
      return /\p{Surrogate}/u.test(value) ? undefined : value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return undefined;
  }
}

function valueOf(
  { in: place, at }: Exclude<LinkText[number], string>,
  { exchange, response, item }: LinkSources,
): unknown {
  const { ctx, request } = exchange;
  switch (place) {
    case "params":
      return valueAt(request?.params, at);
    case "query":
      return valueAt(request?.query, at);
    case "headers":
      return valueAt(request?.headers, at) ?? valueAt(ctx.req.headers, at);
    case "body":
      return valueAt(request?.body, at);
    case "response":
      return valueAt(response.body, at);
    case "item":
      return valueAt(item, at);
    case "responseHeaders":
      return headerOf(response.headers, at[0] ?? "");
    case "url":
      return ctx.href;
    case "method":
      return ctx.method;
    case "status":
      return response.status;
  }
}

function headerOf(headers: object | undefined, name: string): unknown {
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) return value;
  }
  return undefined;
}

/** What stands before the operation's own path in the request's: where the router is mounted. */
export function mountOf(originalUrl: string, path: string): string {
  const target = originalUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const [asked = ""] = target.split(/[?#]/, 1);
  let end = asked.length;
  // A slash inside of a variable's name is none of the path.
  const slashes = path.replaceAll(/\{[^{}]*\}/g, "").split("/").length - 1;
  for (let left = slashes; left > 0 && end > 0; left--) {
    end = asked.lastIndexOf("/", end - 1);
  }
  // Two slashes at the start would name a host.
  return end <= 0 ? "" : encoded(asked.slice(0, end).replace(/^\/{2,}/, "/"));
}
