/** Room `emit`: the type of a body. */
import type { Media } from "../model/api.js";
import { soleReference } from "./check/scope.js";
import { type Code, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { rtType } from "./runtime-symbols.js";
import { index } from "./syntax.js";
import { fileSymbol } from "./unit.js";

/** The type of one body: a model by its name, anything else by its place in the contract. */
export function mediaType(
  context: EmitContext,
  media: Media,
  content: Code,
  direction: "input" | "output",
): Code {
  if (
    media.codec === "bytes" ||
    media.codec === "events" ||
    media.codec === "lines"
  ) {
    return direction === "input" ? rtType.ByteStream : rtType.ByteSource;
  }
  if (media.codec === "text" && direction === "input") return ts`string`;
  const reference = soleReference(media.schema);
  if (reference !== undefined) {
    const names = context.layout.model(reference);
    return fileSymbol(
      names.file,
      direction === "input" ? names.input : names.type,
      true,
    );
  }
  return index(content, media.type);
}
