/** Room `emit/param`: parameters whose style the specification does not define for their type, and how they are read. */
import type { Param } from "../../model/api.js";
import type { JsonType } from "../../model/schema.js";
import type { Scope } from "../check/scope.js";
import { possibleTypes } from "../check/types.js";
import { readingOf } from "./reading.js";

/** How the parameter is read all the same; `undefined` when the specification says it. */
export function undefinedStyle(
  scope: Pick<Scope, "model">,
  param: Param,
): string | undefined {
  if (param.content !== undefined) return undefined;
  const types = possibleTypes(scope, param.schema);
  const { style, explode } = param;
  if (style === "deepObject") {
    return types.has("object") ? undefined : "read as `form` is";
  }
  const reading = readingOf(types);
  if (style === "spaceDelimited" || style === "pipeDelimited") {
    return reading === "text" || explode ? "read as `form` is" : undefined;
  }
  if (reading === "text") return undefined;
  if (param.in === "cookie" && style === "form" && explode) {
    return "read from repeated cookies, and from one that is joined by `&`";
  }
  return isNested(scope, param, reading === "object" ? "object" : "array")
    ? "what is nested in it is read from one text"
    : undefined;
}

/** Lists of lists, and objects with lists or objects in them. */
function isNested(
  scope: Pick<Scope, "model">,
  { schema }: Param,
  type: JsonType,
): boolean {
  const parts =
    type === "array"
      ? [schema.array?.items, ...(schema.array?.prefix ?? [])]
      : (schema.object?.fields ?? []).map((field) => field.schema);
  return parts.some((part) => {
    if (part === undefined) return false;
    const reading = readingOf(possibleTypes(scope, part));
    return reading === "list" || reading === "object";
  });
}
