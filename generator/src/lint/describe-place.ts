/** Room `lint`: JSON pointers as people call the places. */
import { pointerKeys } from "../load/pointer.js";

/** `GET /books`, `schema Book`, else the pointer itself. */
export function describePlace(pointer: string): string {
  const keys = pointerKeys(pointer);
  const [section = "", first = "", second = ""] = keys;
  if (section === "paths" && keys.length > 1) {
    const isMethod = /^(?:get|put|post|delete|options|head|patch|trace|query)$/;
    const path = short(first);
    return isMethod.test(second) ? `${second.toUpperCase()} ${path}` : path;
  }
  if (section === "webhooks" && keys.length > 1)
    return `webhook ${short(first)}`;
  if (section === "components" && keys.length > 2) {
    return `${SINGULAR.get(first) ?? first} ${short(second)}`;
  }
  return short(pointer);
}

const SINGULAR = new Map([
  ["schemas", "schema"],
  ["responses", "response"],
  ["parameters", "parameter"],
  ["examples", "example"],
  ["requestBodies", "request body"],
  ["headers", "header"],
  ["securitySchemes", "security scheme"],
  ["links", "link"],
  ["callbacks", "callback"],
  ["pathItems", "path item"],
  ["mediaTypes", "media type"],
]);

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
