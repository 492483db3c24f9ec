/** Room `webhooks`: values into query, header fields and cookies, by style (OpenAPI 3.2, style values; RFC 6570). */
import type { SentParameter } from "../contract/webhooks.js";

type Scalar = string | number | boolean | bigint;

export function addQuery(
  url: URL,
  params: readonly SentParameter[],
  values: object | undefined,
): void {
  for (const [param, value] of given(params, "query", values)) {
    for (const [name, text] of queryPairs(param, value)) {
      url.searchParams.append(name, text);
    }
  }
}

export function addHeaders(
  headers: Record<string, string>,
  params: readonly SentParameter[],
  values: object | undefined,
): void {
  for (const [param, value] of given(params, "header", values)) {
    headers[param.name.toLowerCase()] = simple(value, param.explode);
  }
}

export function addCookies(
  headers: Record<string, string>,
  params: readonly SentParameter[],
  values: object | undefined,
): void {
  const pairs = [...given(params, "cookie", values)].flatMap(([param, value]) =>
    queryPairs(param, value).map(
      ([name, text]) => `${name}=${encodeURIComponent(text)}`,
    ),
  );
  if (pairs.length > 0) headers["cookie"] = pairs.join("; ");
}

function* given(
  params: readonly SentParameter[],
  place: string,
  values: object | undefined,
): Generator<[SentParameter, unknown]> {
  const known = new Map<string, unknown>(Object.entries(values ?? {}));
  for (const param of params) {
    if (param.in !== place) continue;
    const name = place === "header" ? param.name.toLowerCase() : param.name;
    const value = known.get(name);
    if (value !== undefined) yield [param, value];
  }
}

function queryPairs(
  { name, style, explode }: SentParameter,
  value: unknown,
): [string, string][] {
  if (Array.isArray(value)) {
    const items = value.map(text);
    if (explode) return items.map((item) => [name, item]);
    return [[name, items.join(separator(style))]];
  }
  if (typeof value === "object" && value !== null) {
    const members = membersOf(value);
    if (style === "deepObject") {
      return members.map(([key, item]) => [`${name}[${key}]`, item]);
    }
    if (explode) return members;
    return [[name, members.flat().join(separator(style))]];
  }
  return [[name, text(value)]];
}

function simple(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) return value.map(text).join(",");
  if (typeof value !== "object" || value === null) return text(value);
  const members = membersOf(value);
  if (!explode) return members.flat().join(",");
  return members.map(([key, item]) => `${key}=${item}`).join(",");
}

function membersOf(value: object): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] =>
    item === undefined ? [] : [[key, text(item)]],
  );
}

function separator(style: string): string {
  if (style === "spaceDelimited") return " ";
  return style === "pipeDelimited" ? "|" : ",";
}

function text(value: unknown): string {
  return isScalar(value) ? String(value) : JSON.stringify(value);
}

function isScalar(value: unknown): value is Scalar {
  return ["string", "number", "boolean", "bigint"].includes(typeof value);
}
