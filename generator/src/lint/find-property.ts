/** Room `lint`: the declaration of a property in a schema, through references and compositions. */
import type { JsonObject } from "../load/document.js";
import { isObject, member } from "../load/member.js";
import { below } from "./below.js";
import type { Origin } from "./diagnostic.js";
import type { RuleContext, Standing } from "./rule.js";

/** `unknown`: a broken reference is in the way. */
export function findProperty(
  schema: JsonObject,
  origin: Origin,
  name: string,
  context: RuleContext,
): Standing | "unknown" | undefined {
  const seen = new Set<JsonObject>();
  // The document decides how many schemas lie on the way, so there is no recursion.
  const queue: Standing[] = [{ node: schema, origin }];
  for (const { node, origin: place } of queue) {
    if (seen.has(node)) continue;
    seen.add(node);
    const properties = member(node, "properties");
    const own = isObject(properties) ? member(properties, name) : undefined;
    if (isObject(own)) {
      return context.follow(own, below(place, "properties", name)) ?? "unknown";
    }
    if (Object.hasOwn(node, "$ref")) {
      const target = context.follow(node, place);
      if (target === undefined) return "unknown";
      queue.push(target);
    }
    for (const keyword of ["allOf", "oneOf", "anyOf"]) {
      const list = member(node, keyword);
      if (!Array.isArray(list)) continue;
      list.forEach((each, index) => {
        if (!isObject(each)) return;
        queue.push({ node: each, origin: below(place, keyword, index) });
      });
    }
  }
  return undefined;
}
