/** Room `observe`: values for a log, without what the document calls sensitive. */

export const REDACTED = "[redacted]";

/** What is never written, whatever the document says. */
const ALWAYS = [
  "access_token",
  "api_key",
  "apikey",
  "authorization",
  "client_secret",
  "cookie",
  "id_token",
  "password",
  "proxy-authorization",
  "refresh_token",
  "secret",
  "set-cookie",
  "token",
  "x-api-key",
];

/** In lower case: properties and parameters with `x-sensitive: true` or `format: password`, and names of API keys. */
export function sensitiveNames(document: object = {}): ReadonlySet<string> {
  const found = new Set(ALWAYS);
  const add = (name: string): void => void found.add(name.toLowerCase());
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const members = new Map<string, unknown>(Object.entries(value));
    const name = members.get("name");
    if (typeof name === "string" && members.has("in")) {
      const isKey = members.get("type") === "apiKey";
      if (isKey || isSensitive(value, document)) add(name);
      else if (isSensitive(members.get("schema"), document)) add(name);
    }
    const properties = members.get("properties");
    if (typeof properties === "object" && properties !== null) {
      for (const [key, schema] of Object.entries(properties)) {
        if (isSensitive(schema, document)) add(key);
      }
    }
    for (const member of members.values()) visit(member);
  };
  visit(document);
  return found;
}

/** References are followed for a while: they may go round. */
function isSensitive(schema: unknown, document: object, left = 8): boolean {
  if (typeof schema !== "object" || schema === null || left === 0) return false;
  const members = new Map<string, unknown>(Object.entries(schema));
  if (members.get("x-sensitive") === true) return true;
  if (members.get("format") === "password") return true;
  const reference = members.get("$ref");
  if (typeof reference === "string" && reference.startsWith("#/")) {
    let target: unknown = document;
    for (const token of reference.slice(2).split("/")) {
      const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
      target = isRecord(target) ? target[key] : undefined;
    }
    if (isSensitive(target, document, left - 1)) return true;
  }
  return ["items", "allOf", "anyOf", "oneOf"].some((keyword) => {
    const below = members.get(keyword);
    const all: unknown[] = Array.isArray(below) ? below : [below];
    return all.some((each) => isSensitive(each, document, left - 1));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const DEPTH = 8;
const ITEMS = 50;
const LENGTH = 500;

/** A copy, cut where it is deep or long. */
export function redact(
  value: unknown,
  names: ReadonlySet<string>,
  left = DEPTH,
): unknown {
  if (typeof value === "string") {
    return value.length > LENGTH ? `${value.slice(0, LENGTH)}…` : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (left === 0) return "…";
  if (Array.isArray(value)) {
    return value.slice(0, ITEMS).map((each) => redact(each, names, left - 1));
  }
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  const copy: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value).slice(0, ITEMS)) {
    const hidden = names.has(name.toLowerCase());
    copy.push([name, hidden ? REDACTED : redact(member, names, left - 1)]);
  }
  return Object.fromEntries(copy);
}
