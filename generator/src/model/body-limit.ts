/** Room `model`: `x-max-body`, how many bytes a request body may have. */
import { spellingsOf } from "../lint/vocabulary.js";
import type { Json } from "../load/document.js";
import { below } from "./below.js";
import type { Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { member } from "./member.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["kb", 1024],
  ["mb", 1024 ** 2],
  ["gb", 1024 ** 3],
]);

/** Of the operation, or of its request body. */
export function bodyLimit(
  places: readonly Place[],
  { diagnostics }: HttpContext,
): number | undefined {
  for (const { node, origin } of places) {
    for (const name of spellingsOf("x-max-body")) {
      const value = member(node, name);
      if (value === undefined) continue;
      const size = sizeOf(value);
      if (size !== undefined) return size;
      diagnostics.warning(
        "KT2105",
        below(origin, name),
        `\`${name}\` is no size, and is ignored`,
        { help: "write a number of bytes, or a size such as `512kb` or `1mb`" },
      );
    }
  }
  return undefined;
}

/** `1048576`, `"512kb"`, `"1 MiB"`. */
function sizeOf(value: Json): number | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }
  if (typeof value !== "string") return undefined;
  const found = /^(\d{1,9}) ?([a-z]{0,3})$/.exec(value.trim().toLowerCase());
  const unit = UNITS.get((found?.[2] ?? "").replace("ib", "b"));
  return found === null || unit === undefined
    ? undefined
    : Number(found[1]) * unit;
}
