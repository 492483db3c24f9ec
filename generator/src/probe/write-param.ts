/** Room `probe`: the text of a parameter, by its style (OpenAPI 3.2, section 4.12.6). */
import type { Json } from "../load/document.js";
import type { Param } from "../model/api.js";

/** Undefined where the value has no text in that place. */
export function writeParam(param: Param, value: Json): string | undefined {
  const text = write(param, value);
  if (text === undefined) return undefined;
  if (param.in === "header") {
    return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
      ? text
      : undefined;
  }
  // what is empty, or dots alone, is no segment
  const isSegment = !/^(?:\.|%2e){0,2}$/i.test(text);
  return param.in === "path" && !isSegment ? undefined : text;
}

function write(param: Param, value: Json): string | undefined {
  const { name, in: place, style, explode, content } = param;
  const encode = place === "header" ? String : encodeURIComponent;
  const key = encode(name);
  const pair = place === "query" || place === "cookie";
  if (place === "querystring") return undefined;
  if (content !== undefined) {
    const text = encode(JSON.stringify(value));
    return pair ? `${key}=${text}` : text;
  }
  if (Array.isArray(value)) {
    const items = texts(value);
    if (items === undefined || items.length === 0) return undefined;
    const encoded = items.map(encode);
    if (pair && explode) {
      return encoded.map((item) => `${key}=${item}`).join("&");
    }
    const between =
      style === "spaceDelimited"
        ? "%20"
        : style === "pipeDelimited"
          ? "%7C"
          : ",";
    if (pair) return `${key}=${encoded.join(between)}`;
    if (style === "label") return `.${encoded.join(explode ? "." : ",")}`;
    if (style === "matrix") {
      return explode
        ? encoded.map((item) => `;${key}=${item}`).join("")
        : `;${key}=${encoded.join(",")}`;
    }
    return encoded.join(",");
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    const members = texts(entries.map(([, member]) => member));
    if (members === undefined || entries.length === 0) return undefined;
    if (place !== "query" || style !== "deepObject") return undefined;
    return entries
      .map(
        ([member], at) =>
          `${key}[${encode(member)}]=${encode(members[at] ?? "")}`,
      )
      .join("&");
  }
  const text = encode(value === null ? "" : String(value));
  if (pair) return `${key}=${text}`;
  if (style === "label") return `.${text}`;
  return style === "matrix" ? `;${key}=${text}` : text;
}

function texts(values: readonly Json[]): string[] | undefined {
  const list = values.map((value) =>
    typeof value === "object" ? undefined : String(value),
  );
  // a separator inside of an item could not be told from one between two
  return list.every((text) => text !== undefined && !/[,|. ;]/.test(text))
    ? list.flatMap((text) => text ?? [])
    : undefined;
}
