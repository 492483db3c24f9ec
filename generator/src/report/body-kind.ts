/** Room `report`: what kind of body a media type stands for. */
import { codecOf } from "../model/codec.js";
import type { BodyKind } from "./table.js";

/** `written`: a key of `content`. */
export function bodyKindOf(written: string): BodyKind {
  const type = written.trim().toLowerCase();
  const { codec, typedOnly } = codecOf(type);
  if (!typedOnly) return codec;
  const essence = type.split(";", 1)[0] ?? "";
  if (essence.includes("*")) return "range";
  return essence.startsWith("multipart/") ? "parts" : "other";
}
