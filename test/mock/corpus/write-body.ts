/** A value as the body of a request, by the codec of its media type. */
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import type { Media } from "../../../generator/src/model/api.js";
import { isObject } from "../../differential/any-value.js";

const BOUNDARY = "kontract-boundary";

/** Undefined where the value has no text in that media type. */
export function writeBody(
  media: Media,
  value: Json,
): { type: string; bytes: Buffer } | undefined {
  const { codec } = media;
  const type = media.type
    .replace(/^image\/\*/, "image/png")
    .replace(/^[^;]*\*[^;]*/, "application/octet-stream");
  if (codec === "json")
    return { type, bytes: Buffer.from(JSON.stringify(value)) };
  if (codec === "lines") {
    const items = Array.isArray(value) ? value : [value];
    const text = items.map((item) => `${JSON.stringify(item)}\n`).join("");
    return { type, bytes: Buffer.from(text) };
  }
  if (/^(?:form|multipart)$/.test(codec) && isObject(value)) {
    const deep = media.encoding.filter(({ style }) => style === "deepObject");
    const isLost = ({ property }: { property: string }) =>
      hasEmpty(value[property] ?? null);
    if (deep.some(isLost)) return undefined;
  }
  if (codec === "form" && isObject(value)) {
    return { type, bytes: Buffer.from(formText(media, value)) };
  }
  if (codec === "multipart" && isObject(value)) {
    return {
      type: `${type.replace(/;.*/, "")}; boundary=${BOUNDARY}`,
      bytes: Buffer.from(multipartText(media, value)),
    };
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { type, bytes: Buffer.from(text) };
}

/** RFC 1866 pairs; members by `encoding`, or as OpenAPI has it where there is none. */
function formText({ encoding }: Media, value: JsonObject): string {
  return Object.entries(value)
    .flatMap(([name, member]) => {
      const own = encoding.find(({ property }) => property === name);
      const pair = (text: string, key = encodeURIComponent(name)) =>
        `${key}=${encodeURIComponent(text)}`;
      if (own?.contentType?.includes("json"))
        return [pair(JSON.stringify(member))];
      if (own?.style === "deepObject" && typeof member === "object") {
        return deepPairs(name, member).map(
          ([key, text]) =>
            `${encodeURIComponent(key)}=${encodeURIComponent(text)}`,
        );
      }
      if (Array.isArray(member)) {
        return own?.explode === false
          ? [
              `${encodeURIComponent(name)}=${member.map((each) => encodeURIComponent(plain(each))).join(",")}`,
            ]
          : member.map((item) => pair(plain(item)));
      }
      return [pair(plain(member))];
    })
    .join("&");
}

/** `a[b][0]` for each scalar. */
function deepPairs(prefix: string, value: Json): [string, string][] {
  if (typeof value !== "object" || value === null) {
    return [[prefix, plain(value)]];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    deepPairs(`${prefix}[${name}]`, member),
  );
}

/** What has no scalar in it has no pair. */
function hasEmpty(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  const members = Object.values(value);
  return members.length === 0 || members.some(hasEmpty);
}

function multipartText({ encoding, schema }: Media, value: JsonObject): string {
  const parts = Object.entries(value).flatMap(([name, member]) => {
    const own = encoding.find(({ property }) => property === name);
    if (own?.style === "deepObject" && isObject(member)) {
      return deepPairs(name, member).map(([key, text]) =>
        [
          `--${BOUNDARY}`,
          `Content-Disposition: form-data; name="${key}"`,
          "",
          text,
        ].join("\r\n"),
      );
    }
    const items = Array.isArray(member) ? member : [member];
    const field = schema.object?.fields.find((each) => each.name === name);
    const shape = Array.isArray(member)
      ? field?.schema.array?.items
      : field?.schema;
    const isFile =
      shape?.format === "binary" ||
      (typeof member === "string" &&
        own?.contentType !== undefined &&
        !/^text\/|json/.test(own.contentType));
    return items.map((item) => {
      const quoted = name.replaceAll('"', "%22");
      const isText = typeof item !== "object";
      const type =
        own?.contentType?.split(",")[0]?.trim().replace(/\*/, "png") ??
        (isFile
          ? "application/octet-stream"
          : isText
            ? undefined
            : "application/json");
      return [
        `--${BOUNDARY}`,
        `Content-Disposition: form-data; name="${quoted}"${isFile ? '; filename="a.bin"' : ""}`,
        ...(type === undefined ? [] : [`Content-Type: ${type}`]),
        "",
        plain(item),
      ].join("\r\n");
    });
  });
  return `${[...parts, `--${BOUNDARY}--`].join("\r\n")}\r\n`;
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
