/** Room `client`: parameters as text, in the styles of OpenAPI (RFC 6570). */
import type { ParameterStyle } from "./description.js";

/** `reserved`: what has a meaning in its place is encoded, and nothing else of it. */
function encode(value: unknown): string {
  return encodeURIComponent(textOf(value)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function textOf(value: unknown): string {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : String(value);
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** One parameter of a path: `simple`, `label` or `matrix`. */
export function encodePath(
  name: string,
  value: unknown,
  { style = "simple", explode = false, content }: ParameterStyle = {},
): string {
  if (content !== undefined) return encode(JSON.stringify(value));
  const key = encodeURIComponent(name);
  if (Array.isArray(value)) {
    const items = value.map(encode);
    if (style === "label") return `.${items.join(explode ? "." : ",")}`;
    if (style !== "matrix") return items.join(",");
    return explode
      ? items.map((item) => `;${key}=${item}`).join("")
      : `;${key}=${items.join(",")}`;
  }
  if (typeof value === "object" && value !== null) {
    const pairs = entriesOf(value).map(([member, each]) => [
      encode(member),
      encode(each),
    ]);
    const exploded = pairs.map((pair) => pair.join("="));
    const flat = pairs.flat().join(",");
    if (style === "label") return `.${explode ? exploded.join(".") : flat}`;
    if (style === "matrix") {
      return explode
        ? exploded.map((pair) => `;${pair}`).join("")
        : `;${key}=${flat}`;
    }
    return explode ? exploded.join(",") : flat;
  }
  const text = encode(value);
  if (style === "label") return `.${text}`;
  return style === "matrix" ? `;${key}=${text}` : text;
}

const SEPARATORS: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/** The pairs of one parameter of a query or of a form, encoded: `a=1`, `b=2`. */
export function encodePairs(
  name: string,
  value: unknown,
  { style = "form", explode = style === "form", content }: ParameterStyle = {},
): string[] {
  if (value === undefined) return [];
  const key = encode(name);
  if (content !== undefined) return [`${key}=${encode(JSON.stringify(value))}`];
  if (style === "deepObject") return deepPairs(key, value);
  const separator = SEPARATORS[style] ?? ",";
  if (Array.isArray(value)) {
    const items = value.map(encode);
    if (explode) return items.map((item) => `${key}=${item}`);
    return items.length === 0 ? [] : [`${key}=${items.join(separator)}`];
  }
  if (typeof value === "object" && value !== null) {
    const pairs = entriesOf(value);
    if (explode) {
      return pairs.flatMap(([member, each]) => encodePairs(member, each));
    }
    const flat = pairs.flat().map(encode);
    return flat.length === 0 ? [] : [`${key}=${flat.join(separator)}`];
  }
  return [`${key}=${encode(value)}`];
}

function deepPairs(key: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown) => deepPairs(key, each));
  }
  if (typeof value !== "object" || value === null) {
    return [`${key}=${encode(value)}`];
  }
  return entriesOf(value).flatMap(([member, each]) =>
    deepPairs(`${key}%5B${encode(member)}%5D`, each),
  );
}

/** One header, style `simple`; nothing in it is percent-encoded. */
export function encodeHeader(
  value: unknown,
  { explode = false, content }: ParameterStyle = {},
): string {
  if (content !== undefined) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(textOf).join(",");
  if (typeof value === "object" && value !== null) {
    return entriesOf(value)
      .map(([member, each]) => `${member}${explode ? "=" : ","}${textOf(each)}`)
      .join(",");
  }
  return String(value);
}
