/** Room `lint`: the origin of a member. */
import { childPointer } from "../load/pointer.js";
import type { Origin } from "./diagnostic.js";

export function below(
  origin: Origin,
  ...keys: readonly (string | number)[]
): Origin {
  let { pointer } = origin;
  for (const key of keys) pointer = childPointer(pointer, key);
  return { file: origin.file, pointer };
}
