/** Room `emit/param`: in which of its forms a styled parameter is read, by the types that its schema allows. */
import type { JsonType } from "../../model/schema.js";

/** `either`: one text is a scalar, several are a list. */
export type Reading = "text" | "list" | "either" | "object";

const SCALARS: readonly JsonType[] = ["string", "number", "integer", "boolean"];
/** `integer` stands beside `number` only where no other number can be. */
const EVERY_TYPE = 6;

export function readingOf(types: ReadonlySet<JsonType>): Reading {
  // A parameter of any type is text: nothing says that a comma in it separates.
  if (types.size >= EVERY_TYPE) return "text";
  if (types.has("array")) {
    return SCALARS.some((type) => types.has(type)) ? "either" : "list";
  }
  // Objects are read as objects only where no text could be meant.
  return types.has("object") && !types.has("string") ? "object" : "text";
}
