/** Room `emit`: the type of the body of an answer. */
import type { Media } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import { soleReference } from "./check/scope.js";
import { type Code, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { isItemStream, sendsEvents } from "./item-stream.js";
import { rtType } from "./runtime-symbols.js";
import { index } from "./syntax.js";
import { fileSymbol } from "./unit.js";

/** The type of one answer's body: a model by its name, anything else by its place in the contract. */
export function mediaType(
  context: EmitContext,
  media: Media,
  content: Code,
): Code {
  if (isItemStream(media)) {
    const item = itemType(context, media, media.item, content);
    return sendsEvents(context, media)
      ? ts`${rtType.ItemSource}<${item}>`
      : ts`${rtType.ItemSource}<${item} | ${rtType.ServerEvent}<${item}>>`;
  }
  if (
    media.codec === "bytes" ||
    media.codec === "events" ||
    media.codec === "lines"
  ) {
    return rtType.ByteSource;
  }
  const reference = soleReference(media.schema);
  if (reference !== undefined) {
    const names = context.layout.model(reference);
    return fileSymbol(names.file, names.type, true);
  }
  return index(content, media.type);
}

function itemType(
  context: EmitContext,
  media: Media,
  item: Schema,
  content: Code,
): Code {
  const reference = soleReference(item);
  if (reference === undefined) return index(content, media.type);
  const names = context.layout.model(reference);
  return fileSymbol(names.file, names.type, true);
}
