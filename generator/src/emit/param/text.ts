/** Room `emit/param`: where the text of a parameter comes from: its place, style and form. */
import type { Param } from "../../model/api.js";
import type { Scope } from "../check/scope.js";
import { possibleTypes } from "../check/types.js";
import { type Code, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { call } from "../syntax.js";
import { objectText } from "./object-text.js";
import { readingOf } from "./reading.js";
import { cookieStyle, separator } from "./style-arguments.js";
import { shapeConstant, shapeOf } from "./shape.js";

const raw = name("raw");

export function styledText(
  scope: Scope,
  param: Param,
  others: readonly Param[],
): Code {
  if (param.style === "deepObject") {
    return call(ts`${raw}.queryObject`, [
      ts`${param.name}`,
      ts`${"deepObject"}`,
      shapeConstant(scope, shapeOf(scope, param.schema)),
    ]);
  }
  switch (readingOf(possibleTypes(scope, param.schema))) {
    case "text":
      return scalarText(param);
    case "list":
      return listText(param);
    case "either":
      return call(rt.lone, [listText(param)]);
    case "object":
      return objectText(scope, param, others);
  }
}

export function scalarText({ in: place, style, name: key }: Param): Code {
  switch (place) {
    case "path":
      return call(ts`${raw}.path`, [ts`${key}`, ...pathStyle(style)]);
    case "header":
      return call(ts`${raw}.header`, [ts`${key.toLowerCase()}`]);
    case "cookie":
      return style === "cookie"
        ? call(ts`${raw}.cookieText`, [ts`${key}`])
        : call(ts`${raw}.cookie`, [ts`${key}`]);
    case "querystring":
      return call(ts`${raw}.queryText`, [ts`${key}`]);
    default:
      return call(ts`${raw}.query`, [ts`${key}`]);
  }
}

function pathStyle(style: Param["style"]): Code[] {
  return style === "label" || style === "matrix" ? [ts`${style}`] : [];
}

function listText({ in: place, style, explode, name: key }: Param): Code {
  switch (place) {
    case "path":
      return call(ts`${raw}.pathList`, [
        ts`${key}`,
        ts`${style}`,
        ts`${explode}`,
      ]);
    case "header":
      return call(ts`${raw}.headerSplit`, [ts`${key.toLowerCase()}`]);
    case "cookie": {
      const method = explode ? ts`${raw}.cookieAll` : ts`${raw}.cookieSplit`;
      return call(method, [ts`${key}`, ...cookieStyle(style)]);
    }
    default:
      return explode
        ? call(ts`${raw}.queryAll`, [ts`${key}`])
        : call(ts`${raw}.querySplit`, [ts`${key}`, ts`${separator(style)}`]);
  }
}
