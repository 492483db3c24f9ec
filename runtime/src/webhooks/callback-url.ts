/** Room `webhooks`: runtime expressions (OpenAPI 3.2, section "Runtime Expressions") in the keys of callbacks. */
import type { Exchange } from "../contract/webhooks.js";

/** The URL with every `{expression}` replaced by its value; `undefined` when one of them has none. */
export function callbackUrl(
  template: string,
  exchange: Exchange,
): string | undefined {
  if (template.startsWith("$")) return textOf(evaluate(template, exchange));
  let whole = true;
  const url = template.replaceAll(
    /\{(\$[^{}]*)\}/g,
    (_written, expression: string) => {
      const text = textOf(evaluate(expression, exchange));
      if (text === undefined) whole = false;
      return text ?? "";
    },
  );
  return whole ? url : undefined;
}

function evaluate(expression: string, exchange: Exchange): unknown {
  const { ctx, response } = exchange;
  if (expression === "$url") return ctx?.url;
  if (expression === "$method") return ctx?.method;
  if (expression === "$statusCode") return response?.status;
  const [, side, place = ""] =
    /^\$(request|response)\.(.+)$/s.exec(expression) ?? [];
  if (side === "request") return source(place, exchange, true);
  return side === "response" && response !== undefined
    ? source(place, response, false)
    : undefined;
}

function source(
  place: string,
  message: Pick<Exchange, "params" | "query" | "headers" | "body">,
  isRequest: boolean,
): unknown {
  const dot = place.indexOf(".");
  const kind = dot === -1 ? place : place.slice(0, dot);
  const name = place.slice(dot + 1);
  // Names of header fields compare without case.
  if (kind === "header") return memberOf(message.headers, name, true);
  if (kind === "query" && isRequest) return memberOf(message.query, name);
  if (kind === "path" && isRequest) return memberOf(message.params, name);
  if (!place.startsWith("body")) return undefined;
  const body = isTagged(message.body) ? message.body.value : message.body;
  if (place === "body") return body;
  return place.startsWith("body#") ? pointed(body, place.slice(5)) : undefined;
}

/** Where an operation takes several media types, its body says which one came. */
function isTagged(body: unknown): body is { value: unknown } {
  return (
    typeof body === "object" &&
    body !== null &&
    "contentType" in body &&
    "value" in body &&
    Object.keys(body).length === 2
  );
}

function memberOf(
  record: object | undefined,
  name: string,
  lower = false,
): unknown {
  const wanted = lower ? name.toLowerCase() : name;
  return Object.entries(record ?? {}).find(
    ([key]) => (lower ? key.toLowerCase() : key) === wanted,
  )?.[1];
}

/** RFC 6901; own members only. */
function pointed(value: unknown, pointer: string): unknown {
  if (pointer === "") return value;
  if (!pointer.startsWith("/")) return undefined;
  let at = value;
  for (const token of pointer.slice(1).split("/")) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null) return undefined;
    const own: PropertyDescriptor | undefined = Object.getOwnPropertyDescriptor(
      at,
      key,
    );
    at = own?.value;
  }
  return at;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
