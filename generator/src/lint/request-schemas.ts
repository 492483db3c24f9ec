/** Room `lint`: the schemas that requests are checked against. */
import type { VisitStart } from "../load/document.js";
import { below } from "./below.js";
import { isObject, member } from "../load/member.js";
import type { RuleContext } from "./rule.js";

/** From parameters and request bodies, through all references. */
export function requestSchemas(context: RuleContext): Set<object> {
  const starts: VisitStart[] = [];
  for (const { node, origin, items } of context.operations) {
    for (const holder of [{ node, origin }, ...items]) {
      const list = member(holder.node, "parameters");
      if (!Array.isArray(list)) continue;
      list.forEach((each, index) => {
        if (!isObject(each)) return;
        const place = below(holder.origin, "parameters", index);
        starts.push({ node: each, kind: "parameter", origin: place });
      });
    }
    const body = member(node, "requestBody");
    if (isObject(body)) {
      const place = below(origin, "requestBody");
      starts.push({ node: body, kind: "requestBody", origin: place });
    }
  }
  const schemas = new Set<object>();
  context.document.visit((node, kind) => {
    if (kind === "schema") schemas.add(node);
  }, starts);
  return schemas;
}
