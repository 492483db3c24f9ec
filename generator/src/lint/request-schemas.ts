/** Room `lint`: the schemas that requests are checked against. */
import type { Json, NodeKind } from "../load/document.js";
import type { Place } from "../load/grammar.js";
import { isObject, member } from "../load/member.js";
import { walk } from "../load/walk.js";
import type { RuleContext } from "./rule.js";

/** From parameters and request bodies, through all references. */
export function requestSchemas(context: RuleContext): Set<object> {
  const { document } = context;
  const seen = new Map<object, NodeKind>();
  const queue: { value: Json; place: Place }[] = [];
  for (const { node, items } of context.operations) {
    for (const holder of [node, ...items.map((item) => item.node)]) {
      const list = member(holder, "parameters");
      if (Array.isArray(list)) {
        queue.push({ value: list, place: { form: "list", kind: "parameter" } });
      }
    }
    const body = member(node, "requestBody");
    if (body !== undefined) {
      queue.push({ value: body, place: { form: "one", kind: "requestBody" } });
    }
  }
  for (const { value, place } of queue) {
    // The queue grows by what references lead to.
    walk({ value, place, pointer: "" }, document.version, null, {
      enter(node, kind) {
        if (typeof node === "boolean" || seen.get(node) === kind) {
          return undefined;
        }
        seen.set(node, kind);
        for (const target of [
          document.target(node),
          document.dynamicTarget(node),
        ]) {
          if (target !== undefined && isObject(target.node)) {
            queue.push({ value: target.node, place: { form: "one", kind } });
          }
        }
        return null;
      },
    });
  }
  const schemas = new Set<object>();
  for (const [node, kind] of seen) if (kind === "schema") schemas.add(node);
  return schemas;
}
