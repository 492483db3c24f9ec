/** Room `emit/param`: what readers are told of a style. */
import type { Style } from "../../model/api.js";
import { type Code, ts } from "../code.js";

/** The character between the parts of one text. */
export function separator(style: Style): "," | " " | "|" {
  if (style === "spaceDelimited") return " ";
  return style === "pipeDelimited" ? "|" : ",";
}

/** Named only where it differs from `form`: the style `cookie` neither escapes nor joins. */
export function cookieStyle(style: Style): Code[] {
  return style === "cookie" ? [ts`${style}`] : [];
}
