/** Room `model`: the name that stands for a schema in the values of a discriminator. */
import { tokensOf } from "./below.js";
import type { Model } from "./schema.js";

/** The component's name; elsewhere the last part of the pointer, or the file's name. */
export function schemaName({ component, title, schema }: Model): string {
  if (component) return title;
  return tokensOf(schema.origin.pointer).at(-1) ?? title;
}
