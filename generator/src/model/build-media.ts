/** Room `model`: the media types of a body or an answer. */
import type { Json } from "../load/document.js";
import type { Media, Style } from "./api.js";
import { below } from "./below.js";
import { buildHeaders } from "./build-headers.js";
import { codecOf } from "./codec.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { member, objectMember, textMember } from "./member.js";

const encodingStyles: readonly Style[] = [
  "form",
  "spaceDelimited",
  "pipeDelimited",
  "deepObject",
];

export function buildMedia(holder: Place, context: HttpContext): Media[] {
  const content = objectMember(holder.node, "content");
  const media = new Map<string, Media>();
  for (const [written, value] of Object.entries(content ?? {})) {
    const type = written.trim().toLowerCase();
    if (media.has(type)) continue;
    const place = dereference(
      context.document,
      value,
      below(holder.origin, "content", written),
    );
    if (place) media.set(type, buildMediaType(type, place, context));
  }
  return [...media.values()];
}

function buildMediaType(
  type: string,
  place: Place,
  context: HttpContext,
): Media {
  const { node, origin } = place;
  const codec = codecOf(type);
  const media: Media = {
    type,
    ...codec,
    schema: context.schemas.build(
      member(node, "schema") ?? true,
      below(origin, "schema"),
    ),
    encoding: buildEncoding(place, context),
    examples: buildExamples(place, codec.codec === "json", context),
    origin,
  };
  for (const name of ["itemSchema", "x-item-schema"]) {
    const item = member(node, name);
    if (item === undefined) continue;
    media.item = context.schemas.build(item, below(origin, name));
    break;
  }
  reportPositional(place, context);
  return media;
}

function buildEncoding(
  { node, origin }: Place,
  context: HttpContext,
): Media["encoding"] {
  const list: Media["encoding"] = [];
  for (const [property, value] of Object.entries(
    objectMember(node, "encoding") ?? {},
  )) {
    const place = dereference(
      context.document,
      value,
      below(origin, "encoding", property),
    );
    if (!place) continue;
    const encoding: Media["encoding"][number] = {
      property,
      headers: buildHeaders(place, context),
    };
    const contentType = textMember(place.node, "contentType");
    const style = encodingStyles.find(
      (each) => each === member(place.node, "style"),
    );
    const explode = member(place.node, "explode");
    const allowReserved = member(place.node, "allowReserved");
    if (contentType !== undefined) {
      encoding.contentType = contentType.toLowerCase();
    }
    if (style !== undefined) encoding.style = style;
    if (typeof explode === "boolean") encoding.explode = explode;
    if (typeof allowReserved === "boolean") {
      encoding.allowReserved = allowReserved;
    }
    list.push(encoding);
  }
  return list;
}

/**
 * `example` first, then `examples` in order; an `externalValue` is never fetched. OpenAPI 3.2 gives data as `dataValue`, or
 * only the text on the wire as `serializedValue`.
 */
function buildExamples(
  { node, origin }: Place,
  isJson: boolean,
  context: HttpContext,
): Media["examples"] {
  const list: Media["examples"] = [];
  const single = member(node, "example");
  if (single !== undefined) list.push({ name: "example", value: single });
  for (const [name, value] of Object.entries(
    objectMember(node, "examples") ?? {},
  )) {
    const place = dereference(
      context.document,
      value,
      below(origin, "examples", name),
    );
    const example = place && exampleValue(place, isJson);
    if (example !== undefined) list.push({ name, value: example });
  }
  return list;
}

function exampleValue({ node }: Place, isJson: boolean): Json | undefined {
  const value = member(node, "dataValue") ?? member(node, "value");
  const text = textMember(node, "serializedValue");
  if (value !== undefined || text === undefined || !isJson) {
    return value ?? text;
  }
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
}

/** 3.2 can describe the parts of a multipart body by position. */
function reportPositional(
  { node, origin }: Place,
  { diagnostics }: HttpContext,
): void {
  for (const name of ["prefixEncoding", "itemEncoding"]) {
    if (member(node, name) === undefined) continue;
    diagnostics.warning(
      "KT3103",
      below(origin, name),
      `\`${name}\` is typed only: parts are not checked by position`,
      { help: "describe the parts by name in `multipart/form-data`" },
    );
  }
}
