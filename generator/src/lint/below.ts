/** Room `lint`: the origin of a member. */
import type { Origin } from "./diagnostic.js";

export function below(
  origin: Origin,
  ...keys: readonly (string | number)[]
): Origin {
  let { pointer } = origin;
  for (const key of keys) {
    // RFC 6901 section 3.
    pointer += `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return { file: origin.file, pointer };
}
