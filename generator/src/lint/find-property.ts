/** Room `lint`: the declaration of a property in a schema, through references and compositions. */
import type { JsonObject } from "../load/document.js";
import { isObject, member } from "./member.js";
import { below } from "./below.js";
import type { Origin } from "./diagnostic.js";
import type { RuleContext, Standing } from "./rule.js";

/** `unknown`: a broken reference is in the way. */
export function findProperty(
  schema: JsonObject,
  origin: Origin,
  name: string,
  context: RuleContext,
  seen: Set<JsonObject> = new Set(),
): Standing | "unknown" | undefined {
  if (seen.has(schema)) return undefined;
  seen.add(schema);
  const properties = member(schema, "properties");
  const own = isObject(properties) ? member(properties, name) : undefined;
  if (isObject(own)) {
    const place = below(origin, "properties", name);
    return context.follow(own, place) ?? "unknown";
  }
  const next: Standing[] = [];
  if (Object.hasOwn(schema, "$ref")) {
    const target = context.follow(schema, origin);
    if (target === undefined) return "unknown";
    next.push(target);
  }
  for (const keyword of ["allOf", "oneOf", "anyOf"]) {
    const list = member(schema, keyword);
    if (!Array.isArray(list)) continue;
    list.forEach((each, index) => {
      if (!isObject(each)) return;
      next.push({ node: each, origin: below(origin, keyword, index) });
    });
  }
  for (const { node, origin: place } of next) {
    const found = findProperty(node, place, name, context, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
