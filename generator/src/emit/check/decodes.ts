/** Room `emit/check`: the note that a value is to be decoded once nothing is wrong with the request. */
import type { Schema } from "../../model/schema.js";
import { type Code, name, ts } from "../code.js";
import { convertedOf, decoderOf } from "../custom.js";
import { call } from "../syntax.js";
import { type Place, placeCode } from "./place.js";
import { plain, type Scope, type Statement } from "./scope.js";

/** `key`: of the record or list that holds the value. Nothing where values stay what they are. */
export function decodes(
  scope: Scope,
  schema: Schema,
  holder: Code,
  key: Code,
  place: Place,
): Statement[] {
  const custom = convertedOf(scope, schema);
  if (scope.mode === "answer" || custom === undefined) return [];
  const args = [holder, key, decoderOf(custom), placeCode(place)];
  return [plain(ts`${call(ts`${name("issues")}.decode`, args)};`)];
}
