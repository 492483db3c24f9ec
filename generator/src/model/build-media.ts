/** Room `model`: the media types of a body or an answer. */
import type { Origin } from "../lint/diagnostic.js";
import { spellingsOf } from "../lint/vocabulary.js";
import type { Json } from "../load/document.js";
import type { Encoding, Media, Style } from "./api.js";
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
    encoding: buildEncodings(place, context),
    examples: buildExamples(place, codec.codec === "json", context),
    origin,
  };
  for (const name of ["itemSchema", ...spellingsOf("x-item-schema")]) {
    const item = member(node, name);
    if (item === undefined) continue;
    media.item = context.schemas.build(item, below(origin, name));
    break;
  }
  const positions = buildPositions(place, context);
  if (positions) media.positions = positions;
  return media;
}

function buildEncodings(
  { node, origin }: Place,
  context: HttpContext,
): Media["encoding"] {
  const list: Media["encoding"] = [];
  for (const [property, value] of Object.entries(
    objectMember(node, "encoding") ?? {},
  )) {
    const from = below(origin, "encoding", property);
    const encoding = buildEncoding(value, from, context);
    if (encoding) list.push({ property, ...encoding });
  }
  return list;
}

function buildEncoding(
  value: Json,
  origin: Origin,
  context: HttpContext,
): Encoding | undefined {
  const place = dereference(context.document, value, origin);
  if (!place) return undefined;
  const encoding: Encoding = { headers: buildHeaders(place, context) };
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
  const stream = spellingsOf("x-stream");
  if (stream.some((name) => member(place.node, name) === true)) {
    encoding.stream = true;
  }
  return encoding;
}

/** 3.2 can describe the parts of a multipart body by position. */
function buildPositions(
  { node, origin }: Place,
  context: HttpContext,
): Media["positions"] {
  const prefix = member(node, "prefixEncoding");
  const item = member(node, "itemEncoding");
  if (prefix === undefined && item === undefined) return undefined;
  const list = Array.isArray(prefix) ? prefix : [];
  const positions: NonNullable<Media["positions"]> = {
    prefix: list.map(
      (value, at) =>
        buildEncoding(
          value,
          below(origin, "prefixEncoding", String(at)),
          context,
        ) ?? { headers: [] },
    ),
  };
  const each =
    item === undefined
      ? undefined
      : buildEncoding(item, below(origin, "itemEncoding"), context);
  if (each) positions.item = each;
  return positions;
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
