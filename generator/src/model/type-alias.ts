/** Room `model`: names of other type systems that documents write for `type`, and what they can only mean. */
import type { Json } from "../load/document.js";
import type { JsonType } from "./schema.js";

const aliases: ReadonlyMap<Json, JsonType | "any"> = new Map<
  Json,
  JsonType | "any"
>([
  ["any", "any"],
  ["mixed", "any"],
  ["unknown", "any"],
  ["bool", "boolean"],
  ["date", "string"],
  ["date-time", "string"],
  ["datetime", "string"],
  ["dict", "object"],
  ["double", "number"],
  ["enum", "string"],
  ["file", "string"],
  ["float", "number"],
  ["int", "integer"],
  ["int32", "integer"],
  ["int64", "integer"],
  ["list", "array"],
  ["long", "integer"],
  ["map", "object"],
  ["str", "string"],
  ["text", "string"],
  ["uuid", "string"],
]);

export function typeAlias(written: Json): JsonType | "any" | undefined {
  return aliases.get(
    typeof written === "string" ? written.toLowerCase() : null,
  );
}
