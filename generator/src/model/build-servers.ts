/** Room `model`: the URLs that the document says it is served from. */
import type { JsonObject } from "../load/document.js";
import { isObject, listMember, objectMember, textMember } from "./member.js";

/** Variables are replaced by their defaults; those without one stay as they are written. */
export function buildServers(root: JsonObject): string[] {
  return listMember(root, "servers").flatMap((server) => {
    const url = isObject(server) ? textMember(server, "url") : undefined;
    if (!isObject(server) || url === undefined) return [];
    const variables = objectMember(server, "variables") ?? {};
    return url.replaceAll(/\{([^{}]*)\}/g, (written: string, name: string) => {
      const variable = objectMember(variables, name);
      return (variable && textMember(variable, "default")) ?? written;
    });
  });
}
